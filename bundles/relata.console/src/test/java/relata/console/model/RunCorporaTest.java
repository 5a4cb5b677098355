package relata.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import relata.api.run.RunFolder;

@Timeout(60)
class RunCorporaTest {
    @TempDir
    private Path root = Path.of("");

    private final CountDownLatch begun = new CountDownLatch(1), go = new CountDownLatch(1);
    private Lab lab = new Lab(root);
    private RunCorpora corpora = new RunCorpora(lab.recipes, lab, lab);

    @BeforeEach
    void begin() {
        lab = new Lab(root);
        corpora = new RunCorpora(lab.recipes, lab, lab);
    }

    /** The corpus of that size is slow: it is begun, and read once it may be. */
    private void slow(int size) {
        lab.reading = recipe -> {
            if (!recipe.yaml().contains("size: " + size)) return;
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
    }

    private FutureTask<RunCorpora.Known> asked(RunFolder run) {
        return new FutureTask<>(() -> corpora.of(run, "test"));
    }

    @Test
    void aSlowCorpusOfOneRunHoldsUpNoOther() throws Exception {
        RunFolder slow = lab.run("corpus.with.size=7"), quick = lab.run("corpus.with.size=8");
        slow(7);
        FutureTask<RunCorpora.Known> waiting = asked(slow);
        new Thread(waiting).start();
        begun.await();
        assertEquals(12, corpora.of(quick, "test").examples().size());
        assertSame(corpora.of(quick, "test"), corpora.of(quick, "test"), "what is known is kept");
        go.countDown();
        assertSame(waiting.get(), corpora.of(slow, "test"));
        assertEquals(2, lab.read.size());
        assertEquals(List.of(), lab.leased);
    }

    @Test
    void manyWhoAskForOneCorpusReadItOnce() throws Exception {
        RunFolder first = lab.run("corpus.with.size=7"), second = lab.run("corpus.with.size=7");
        slow(7);
        FutureTask<RunCorpora.Known> reads = asked(first), waits = asked(second);
        new Thread(reads).start();
        begun.await();
        Thread other = new Thread(waits);
        other.start();
        while (other.getState() != Thread.State.WAITING) Thread.onSpinWait();
        go.countDown();
        assertSame(reads.get(), waits.get());
        assertEquals(1, lab.read.size());
    }

    @Test
    void whatCannotBeReadIsTriedAnew() throws Exception {
        RunFolder run = lab.run();
        lab.reading = recipe -> {
            throw new IOException("the disk is away");
        };
        assertEquals("the disk is away", assertThrows(IOException.class, () -> corpora.of(run, "test")).getMessage());
        lab.reading = recipe -> {
            throw new IllegalStateException("the reader is broken");
        };
        assertEquals("the reader is broken", assertThrows(IllegalStateException.class, () -> corpora.of(run, "test")).getMessage());
        lab.reading = recipe -> {};
        assertEquals(12, corpora.of(run, "test").examples().size());
        assertEquals(List.of(), lab.leased);
    }

    @Test
    void noMoreThanAFewAreReadAtOnce() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        lab.reading = recipe -> {
            reads.incrementAndGet();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
        List<FutureTask<RunCorpora.Known>> all = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i <= RunCorpora.AT_ONCE; i++) {
            all.add(asked(lab.run("corpus.with.size=" + i)));
            threads.add(new Thread(all.get(i)));
            threads.get(i).start();
        }
        while (reads.get() < RunCorpora.AT_ONCE || threads.stream().anyMatch(t -> t.getState() != Thread.State.WAITING)) Thread.onSpinWait();
        assertEquals(RunCorpora.AT_ONCE, reads.get());
        go.countDown();
        for (FutureTask<RunCorpora.Known> task : all) task.get();
        assertEquals(all.size(), reads.get());
    }
}
