package relata.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** A running framework with the bundles of some features. Its bundle cache is temporary: commands may run side by side. */
public final class Platform implements AutoCloseable {
    /** slf4j lies on the launcher's class path: one binding for all, and no refresh of a bundle ever reaches what only imports slf4j. */
    private static final String SLF4J = Stream.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi").map(p -> p + ";version=2.0.17").reduce((a, b) -> a + "," + b).get();

    private final Framework framework;
    private final Path storage;

    private Platform(Framework framework, Path storage) {
        this.framework = framework;
        this.storage = storage;
    }

    /**
     * Starts the framework and all bundles. A bundle that does not start is no reason to fail: {@code relata doctor} says why.
     *
     * @param properties seen by all bundles through {@code BundleContext.getProperty}
     * @throws LaunchException if the framework itself cannot be started, or a file is no bundle
     */
    public static Platform start(Installation installation, Map<String, String> properties) throws LaunchException {
        return start(installation, properties, new Timing(false));
    }

    /** {@link #start(Installation, Map)}, telling how long it takes. */
    static Platform start(Installation installation, Map<String, String> properties, Timing timing) throws LaunchException {
        try {
            Path storage = Files.createTempDirectory("relata-");
            Map<String, String> settings = new HashMap<>(properties);
            settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
            settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SLF4J);
            settings.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
            // the doctor reports what these would log, in sentences
            settings.putIfAbsent("felix.log.level", "0");
            settings.putIfAbsent("ds.loglevel", "0");
            Framework framework = new FrameworkFactory().newFramework(settings);
            Platform platform = new Platform(framework, storage);
            framework.init();
            timing.mark("framework made");
            BundleContext context = framework.getBundleContext();
            for (Installation.Jar jar : installation.jars()) context.installBundle(jar.location());
            timing.mark(installation.jars().size() + " bundles installed");
            framework.start();
            for (Installation.Jar jar : installation.jars()) if (!jar.passive()) startQuietly(context.getBundle(jar.location()));
            timing.mark("bundles started");
            return platform;
        } catch (IOException | BundleException e) {
            throw new LaunchException("the platform does not start: " + e.getMessage());
        }
    }

    private static void startQuietly(Bundle bundle) {
        try {
            bundle.start();
        } catch (BundleException e) {
            if (Boolean.getBoolean("relata.debug")) System.err.println("relata: " + bundle.getSymbolicName() + " does not start: " + e.getMessage());
        }
    }

    /** The framework's own bundle context. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /**
     * The command line. The launcher and the bundles share no class, so it is known by a property.
     *
     * @throws LaunchException if no bundle offers it
     */
    ToIntFunction<String[]> commandLine() throws LaunchException {
        try {
            BundleContext context = framework.getBundleContext();
            Collection<ServiceReference<ToIntFunction<String[]>>> found = context.getServiceReferences(functions(), "(relata.cli=host)");
            for (ServiceReference<ToIntFunction<String[]>> reference : found) {
                ToIntFunction<String[]> host = context.getService(reference);
                if (host != null) return host;
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        List<String> asleep = Stream.of(framework.getBundleContext().getBundles())
                .filter(b -> b.getState() == Bundle.INSTALLED).map(Bundle::getSymbolicName).toList();
        throw new LaunchException("no feature that was started offers the command line; add the feature 'core'"
                + (asleep.isEmpty() ? "" : ". Bundles that do not resolve: " + String.join(", ", asleep)));
    }

    @SuppressWarnings("unchecked")
    private static Class<ToIntFunction<String[]>> functions() {
        return (Class<ToIntFunction<String[]>>) (Class<?>) ToIntFunction.class;
    }

    @Override
    public void close() throws LaunchException {
        try {
            framework.stop();
            framework.waitForStop(5_000);
            try (Stream<Path> files = Files.walk(storage)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
            }
        } catch (BundleException | IOException e) {
            throw new LaunchException("the platform does not stop cleanly: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
