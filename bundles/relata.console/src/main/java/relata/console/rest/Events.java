package relata.console.rest;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * What happens, told to all who listen. Whoever tells is never held up: each listener has a queue of its own that loses its oldest events when it is full, and
 * one thread writes what the connections take.
 */
@Component(service = Events.class)
public final class Events {
    /** Something that happened. @param id counts up @param type {@code run}, {@code stage}, {@code progress}, {@code metric} or {@code said} @param data goes out as JSON */
    record Event(long id, String type, String run, Object data) {}

    private static final int REMEMBERED = 1000;
    private static final int MOST_LISTENERS = 256;
    private static final int BEAT_SECONDS = 15;

    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread thread = new Thread(r, "relata-events");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final Deque<Event> latest = new ArrayDeque<>();
    private final AtomicBoolean waiting = new AtomicBoolean();
    private long count;

    /** Begins to write. */
    @Activate
    public Events() {
        // a vanished client shows itself when something is written
        writer.scheduleWithFixedDelay(() -> subscribers.forEach(Subscriber::beat), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends all connections. */
    @Deactivate
    public void close() {
        writer.shutdownNow();
        subscribers.forEach(Subscriber::end);
    }

    /** True if somebody listens. */
    boolean heard() {
        return !subscribers.isEmpty();
    }

    /** Tells everybody; returns at once. */
    void tell(String type, String run, Object data) {
        Event event;
        synchronized (latest) {
            event = new Event(++count, type, run, data);
            latest.addLast(event);
            if (latest.size() > REMEMBERED) latest.removeFirst();
            // inside, so that each gets them in order
            for (Subscriber s : subscribers) s.offer(event);
        }
        if (!waiting.getAndSet(true) && !writer.isShutdown()) writer.execute(this::write);
    }

    private void write() {
        waiting.set(false);
        subscribers.forEach(Subscriber::drain);
    }

    /**
     * What is wanted, from now on and, as far as it is remembered, since an event.
     *
     * @param last the id of the last event that was seen, as {@code Last-Event-ID}; empty: none
     * @throws Refusal if too many listen
     */
    Feed feed(Predicate<Event> wanted, String last) throws Refusal {
        if (subscribers.size() >= MOST_LISTENERS) throw new Refusal(503, "too-many-listeners", "There are " + MOST_LISTENERS + " listeners already. Close some, or ask again later.");
        long since = last.matches("\\d{1,18}") ? Long.parseLong(last) : Long.MAX_VALUE;
        return connection -> subscribe(connection, wanted, since);
    }

    private void subscribe(AsyncContext connection, Predicate<Event> wanted, long since) throws IOException {
        Subscriber subscriber = new Subscriber(connection, wanted, subscribers::remove);
        synchronized (latest) {
            List<Event> missed = new ArrayList<>();
            // ids begin anew with each process: a larger one than there is was of another
            if (since <= count) for (Event e : latest) if (e.id() > since) missed.add(e);
            missed.forEach(subscriber::replay);
            subscribers.add(subscriber);
        }
        subscriber.begin();
    }
}
