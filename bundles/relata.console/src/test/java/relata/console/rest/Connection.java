package relata.console.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A client's connection that takes what is written, or takes nothing. */
final class Connection extends ServletOutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final AtomicBoolean complete = new AtomicBoolean();
    volatile boolean ready = true;
    volatile boolean broken;
    volatile boolean refuses;
    private volatile @Nullable WriteListener writes;

    AsyncContext context() {
        ServletResponse response = (ServletResponse) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ServletResponse.class}, (self, method, args) -> this);
        return (AsyncContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {AsyncContext.class}, (self, method, args) -> switch (method.getName()) {
            case "getResponse" -> response;
            case "complete" -> {
                complete.set(true);
                yield null;
            }
            default -> null;
        });
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    /** Tells who writes that it may go on. */
    void possible() throws IOException {
        Objects.requireNonNull(writes).onWritePossible();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        if (refuses) throw new IllegalStateException("it is over");
        writes = listener;
        try {
            listener.onWritePossible();
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    @Override
    public synchronized void write(int b) throws IOException {
        if (broken) throw new IOException("gone");
        bytes.write(b);
    }

    /** What was written. */
    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
