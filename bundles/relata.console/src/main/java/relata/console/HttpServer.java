package relata.console;

import java.io.IOException;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/** Felix HTTP with Jetty: its bundle lies resolved in every platform, and is started only where something is served. */
final class HttpServer implements AutoCloseable {
    private static final String BUNDLE = "org.apache.felix.http.jetty12";
    private static final String RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";
    private static final String ENDPOINTS = "osgi.http.endpoint";
    private static final int PATIENCE_SECONDS = 30;

    private final Bundle jetty;
    private final URI address;

    private HttpServer(Bundle jetty, URI address) {
        this.jetty = jetty;
        this.address = address;
    }

    /**
     * Starts it, and waits until the console answers.
     *
     * @param port 0: any that is free
     * @throws IOException if the port is taken, or nothing answers
     */
    static HttpServer start(BundleContext context, int port) throws IOException {
        Optional<Bundle> jetty = Arrays.stream(context.getBundles()).filter(b -> BUNDLE.equals(b.getSymbolicName())).findFirst();
        if (jetty.isEmpty()) throw new IOException("the HTTP server is not installed; is the feature console-libraries started?");
        probe(port);
        // it reads them when it starts, from the framework, which knows those of the system
        System.setProperty("org.apache.felix.http.host", InetAddress.getLoopbackAddress().getHostAddress());
        System.setProperty("org.osgi.service.http.port", String.valueOf(port));
        // paths that can be read in two ways are refused by the guard, in the shape of all errors
        System.setProperty("org.eclipse.jetty.UriComplianceMode", "UNSAFE");
        try {
            jetty.get().start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            throw new IOException("the HTTP server does not start: " + e.getMessage() + ". 'relata doctor' says what is missing.", e);
        }
        HttpServer server = new HttpServer(jetty.get(), address(context));
        server.await();
        return server;
    }

    /** Jetty itself would log a stack trace. */
    private static void probe(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (BindException e) {
            throw new IOException("port " + port + " cannot be used: " + e.getMessage() + ". Choose another with --port; 0 takes one that is free.", e);
        }
    }

    private static URI address(BundleContext context) throws IOException {
        ServiceReference<?> runtime = context.getServiceReference(RUNTIME);
        Object endpoints = runtime == null ? null : runtime.getProperty(ENDPOINTS);
        if (endpoints instanceof String[] all && all.length > 0) return URI.create(all[0]);
        throw new IOException("the HTTP server does not listen; with --debug its log may say why");
    }

    /** The port is open before the last servlet is there. */
    private void await() throws IOException {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (status() != 200) {
            if (System.nanoTime() > end) throw new IOException("the console does not answer at " + address + " after " + PATIENCE_SECONDS + " seconds; 'relata doctor' may say what is missing");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private int status() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.resolve("/ready").toURL().openConnection(Proxy.NO_PROXY);
        connection.setReadTimeout(PATIENCE_SECONDS * 1000);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    /** Where it listens. */
    URI address() {
        return address;
    }

    @Override
    public void close() throws BundleException {
        jetty.stop(Bundle.STOP_TRANSIENT);
    }
}
