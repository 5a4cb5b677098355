package relata.console.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import relata.console.rest.Events.Event;

/**
 * A client that listens. What it is to be told waits in a queue that loses its oldest when it is full, and is written only when the connection takes it without
 * waiting: a client that reads slowly, or not at all, costs nobody else anything.
 */
final class Subscriber implements WriteListener, AsyncListener {
    /** Events that may wait. */
    static final int MOST = 256;

    /** How many events a client missed because it read too slowly. */
    record Lost(long events) {}

    private final AsyncContext connection;
    private final ServletOutputStream out;
    private final Predicate<Event> wanted;
    private final Consumer<Subscriber> leave;
    /** What goes out before all events that wait: the greeting, what was missed before the client came back, a sign of life. */
    private final Deque<String> first = new ArrayDeque<>();
    private final Deque<String> queue = new ArrayDeque<>();
    private long lost;
    private boolean flush;
    private boolean begun;
    private volatile boolean gone;

    /** @param leave told when the client is gone */
    Subscriber(AsyncContext connection, Predicate<Event> wanted, Consumer<Subscriber> leave) throws IOException {
        this.connection = connection;
        this.out = connection.getResponse().getOutputStream();
        this.wanted = wanted;
        this.leave = leave;
        first.add("retry: 2000\n\n");
    }

    /** Begins to write: nothing may be written before. A client with which that fails is let go. */
    synchronized void begin() {
        try {
            connection.addListener(this);
            begun = true;
            out.setWriteListener(this);
        } catch (RuntimeException e) {
            gone = true;
            leave.accept(this);
            throw e;
        }
    }

    /** Takes an event, if it is wanted; never waits. */
    void offer(Event event) {
        if (!wanted.test(event)) return;
        String text = text(event);
        synchronized (queue) {
            if (queue.size() >= MOST) {
                queue.removeFirst();
                lost++;
            }
            queue.addLast(text);
        }
    }

    /** Takes an event that was missed, if it is wanted; none of these is lost. Only before any is offered. */
    void replay(Event event) {
        if (!wanted.test(event)) return;
        synchronized (queue) {
            first.addLast(text(event));
        }
    }

    private static String text(Event event) {
        return "id: " + event.id() + "\nevent: " + event.type() + "\ndata: " + Json.write(event.data()) + "\n\n";
    }

    private @Nullable String next() {
        synchronized (queue) {
            if (!first.isEmpty()) return first.pollFirst();
            if (lost == 0) return queue.pollFirst();
            String text = "event: lost\ndata: " + Json.write(new Lost(lost)) + "\n\n";
            lost = 0;
            return text;
        }
    }

    /** Shows that the connection lives, and finds out if it does not. */
    void beat() {
        synchronized (queue) {
            if (queue.isEmpty() && first.isEmpty()) first.addLast(": \n\n");
        }
        drain();
    }

    /** Writes what the connection takes. */
    synchronized void drain() {
        if (gone || !begun) return;
        try {
            while (out.isReady()) {
                String text = next();
                if (text != null) {
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                    flush = true;
                } else if (flush) {
                    flush = false;
                    out.flush();
                } else return;
            }
        } catch (IOException | RuntimeException e) {
            end();
        }
    }

    /** Ends the connection. */
    void end() {
        if (gone) return;
        gone = true;
        leave.accept(this);
        try {
            connection.complete();
        } catch (RuntimeException e) {
            // it is complete already
        }
    }

    @Override
    public void onWritePossible() {
        drain();
    }

    @Override
    public void onError(Throwable trouble) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        gone = true;
        leave.accept(this);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
