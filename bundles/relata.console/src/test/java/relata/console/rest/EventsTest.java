package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relata.api.run.Progress;
import relata.api.run.RunStatus;
import relata.console.rest.Events.Event;

class EventsTest {
    private final Events events = new Events();

    @AfterEach
    void close() {
        events.close();
    }

    private static Event event(long id) {
        return new Event(id, "said", "r", new Broadcast.Spoken("r", "s", "line\nfeed " + id));
    }

    @Test
    void eventsAreWrittenAsTheStandardSays() throws IOException {
        Connection connection = new Connection();
        Subscriber subscriber = new Subscriber(connection.context(), e -> true, s -> {});
        subscriber.begin();
        subscriber.offer(event(7));
        subscriber.drain();
        assertEquals("retry: 2000\n\nid: 7\nevent: said\ndata: {\"run\":\"r\",\"stage\":\"s\",\"text\":\"line\\nfeed 7\"}\n\n", connection.text());
    }

    @Test
    void aClientThatTakesNothingLosesTheOldestAndIsToldSo() throws IOException {
        Connection connection = new Connection();
        connection.ready = false;
        Subscriber subscriber = new Subscriber(connection.context(), e -> true, s -> {});
        subscriber.begin();
        for (int i = 1; i <= Subscriber.MOST + 100; i++) {
            subscriber.offer(event(i));
            subscriber.drain();
        }
        assertEquals("", connection.text());
        connection.ready = true;
        subscriber.onWritePossible();
        assertTrue(connection.text().startsWith("retry: 2000\n\nevent: lost\ndata: {\"events\":100}\n\nid: 101\n"), connection.text().substring(0, 100));
        assertTrue(connection.text().contains("feed " + (Subscriber.MOST + 100)));
    }

    @Test
    void signsOfLifeAreNoEventsThatAreLost() throws IOException {
        Connection connection = new Connection();
        Subscriber subscriber = new Subscriber(connection.context(), e -> true, s -> {});
        subscriber.begin();
        connection.ready = false;
        subscriber.beat();
        for (int i = 1; i <= Subscriber.MOST; i++) subscriber.offer(event(i));
        connection.ready = true;
        subscriber.drain();
        assertTrue(connection.text().startsWith("retry: 2000\n\n: \n\nid: 1\n"), connection.text().substring(0, 100));
    }

    @Test
    void allThatIsRememberedIsBroughtBackAndWaitsBesideWhatIsNew() throws Exception {
        for (int i = 1; i <= 1001; i++) events.tell("run", "a", new Broadcast.RunChanged("a", "running"));
        Connection connection = new Connection();
        connection.ready = false;
        events.feed(e -> true, "1").begin(connection.context());
        events.tell("run", "a", new Broadcast.RunChanged("a", "done"));
        connection.ready = true;
        connection.possible();
        List<Long> ids = connection.text().lines().filter(l -> l.startsWith("id: ")).map(l -> Long.parseLong(l.substring(4))).toList();
        assertEquals(LongStream.rangeClosed(2, 1002).boxed().toList(), ids);
        assertFalse(connection.text().contains("event: lost"));
    }

    @Test
    void nothingIsWrittenBeforeTheConnectionTakesIt() throws IOException {
        Connection connection = new Connection();
        Set<Subscriber> gone = new HashSet<>();
        Subscriber subscriber = new Subscriber(connection.context(), e -> true, gone::add);
        subscriber.offer(event(7));
        subscriber.drain();
        assertEquals("", connection.text());
        assertEquals(Set.of(), gone);
        subscriber.begin();
        assertTrue(connection.text().startsWith("retry: 2000\n\nid: 7\n"), connection.text());
    }

    @Test
    void whoCannotBeginDoesNotListen() throws Exception {
        Connection connection = new Connection();
        connection.refuses = true;
        Feed feed = events.feed(e -> true, "");
        assertThrows(IllegalStateException.class, () -> feed.begin(connection.context()));
        assertFalse(events.heard());
    }

    @Test
    void aVanishedClientIsLetGo() throws IOException {
        Connection connection = new Connection();
        Set<Subscriber> gone = new HashSet<>();
        Subscriber subscriber = new Subscriber(connection.context(), e -> true, gone::add);
        subscriber.begin();
        connection.broken = true;
        subscriber.beat();
        assertEquals(Set.of(subscriber), gone);
        assertTrue(connection.complete.get());
    }

    @Test
    void whoComesBackGetsWhatWasMissed() throws Exception {
        assertFalse(events.heard());
        for (String run : List.of("a", "b", "a")) events.tell("run", run, new Broadcast.RunChanged(run, "running"));
        Connection connection = new Connection();
        events.feed(e -> e.run().equals("a"), "1").begin(connection.context());
        assertTrue(events.heard());
        assertEquals("retry: 2000\n\nid: 3\nevent: run\ndata: {\"run\":\"a\",\"status\":\"running\"}\n\n", connection.text());
        Connection fresh = new Connection();
        events.feed(e -> true, "").begin(fresh.context());
        Connection fromElsewhere = new Connection();
        events.feed(e -> true, "999").begin(fromElsewhere.context());
        for (Connection c : List.of(fresh, fromElsewhere)) assertEquals("retry: 2000\n\n", c.text());
        events.close();
        for (Connection c : List.of(connection, fresh, fromElsewhere)) assertTrue(c.complete.get());
        assertFalse(events.heard());
    }

    @Test
    void thereAreNoMoreListenersThanThereMayBe() throws Exception {
        for (int i = 0; i < 256; i++) events.feed(e -> true, "").begin(new Connection().context());
        assertEquals(503, assertThrows(Refusal.class, () -> events.feed(e -> true, "")).status());
    }

    @Test
    void progressSaysHowLongItTakes() {
        long[] now = {0};
        Broadcast broadcast = new Broadcast(events, () -> now[0]);
        broadcast.stageStarted("r", "train", false);
        List<Long> left = new ArrayList<>();
        for (int step = 0; step <= 40; step += 10) {
            broadcast.progress("r", "train", new Progress("epoch " + (step / 20 + 1) + " of 3", step, 40, "steps", ""));
            now[0] += 2_000_000_000L;
            left.add(broadcast.progress("r").flatMap(Broadcast.Progressed::secondsLeft).orElse(-1L));
        }
        assertEquals(List.of(-1L, 6L, 4L, 2L, 0L), left);
        assertEquals("train", broadcast.stage("r").orElse(""));
        broadcast.metric("r", "train", Map.of("loss", 1.0));
        broadcast.runFinished("r", RunStatus.DONE);
        assertTrue(broadcast.progress("r").isEmpty() && broadcast.stage("r").isEmpty());
    }
}
