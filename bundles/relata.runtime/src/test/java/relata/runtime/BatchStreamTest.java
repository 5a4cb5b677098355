package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import relata.api.learn.Collated;

class BatchStreamTest {
    @Test
    void isClosedOnlyWhenNoBatchIsBeingMade() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean made = new AtomicBoolean();
        BatchStream stream = new BatchStream(0, 1, b -> {
            begun.countDown();
            // an interrupt of the one who closes must not cut the wait short
            for (long i = 0; i < 50_000_000L; i++) Thread.onSpinWait();
            made.set(true);
            return new Collated(List.of(), List.of(), 0, Map.of());
        });
        begun.await();
        Thread.currentThread().interrupt();
        stream.close();
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        assertTrue(made.get());
    }
}
