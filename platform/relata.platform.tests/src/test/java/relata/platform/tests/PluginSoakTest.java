package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import relata.api.run.Progress;
import relata.api.run.Recipe;
import relata.api.run.RecipeRunner;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;
import relata.api.run.Runs;

/**
 * Plug-ins come and go while a model is trained with one of them. {@code -Drelata.soak=200} asks for more rounds than a build has time for.
 */
@ExtendWith(WithEngine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginSoakTest {
    private static final int ROUNDS = Integer.getInteger("relata.soak", 20);
    /** With fewer, what is made once and kept looks like growth. */
    private static final int ROUNDS_THAT_TELL = 200;
    /** MiB a round, of the process: noise makes 0.03. */
    private static final double MOST = 0.25;
    /** MiB a round, of heap and of classes each: noise makes 0.001, one class loader that stays in each round 0.009. */
    private static final double MOST_OF_JAVA = 0.006;
    private static final int EXAMPLES = 16;
    private static final String SOFT = "return s.sub(s.mul(c.positive())).square().mean();";

    private Path folder = Path.of("");
    private Inside inside;

    @BeforeAll
    void start(@TempDir Path fresh, Inside running) throws Exception {
        folder = fresh;
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < EXAMPLES; i++)
            lines.append(String.format("{\"tokens\": [\"w%d\", \"is\", \"x%d\"], \"head\": {\"start\": 0, \"end\": 1}, \"tail\": {\"start\": 2, \"end\": 3}, \"relation\": \"r%d\"}%n", i, i, i % 2));
        for (String split : List.of("train", "dev", "test")) Files.writeString(Files.createDirectories(folder.resolve("data")).resolve(split + ".jsonl"), lines);
        inside = running;
    }

    private String loss(String version, String expression) throws IOException {
        return PluginJar.of("acme.loss", version).loss("acme-loss", expression).write(folder.resolve("jars/loss-" + version + "-" + expression.hashCode() + ".jar")).toString();
    }

    private String metric(String version) throws IOException {
        return PluginJar.of("acme.metric", version).metric("constant", 1).write(folder.resolve("jars/metric-" + version + ".jar")).toString();
    }

    private Recipe recipe(int epochs) throws Exception {
        return inside.service(Recipes.class).read("soak.yaml", """
                recipe: soak
                seed: 1
                corpus: { use: jsonl, with: { root: '%s' } }
                encoder: { use: transformer, with: { checkpoint: minilm-l6, maxLength: 16 } }
                stages:
                  train:
                    use: train
                    with:
                      views: [ { use: identity }, { use: identity } ]
                      batches: { use: shuffled, with: { size: 4 } }
                      freeze: -1
                      objectives: [ { use: contrastive, with: { pairing: { use: same-example }, project: { use: mlp }, loss: { use: acme-loss } } } ]
                      epochs: %d
                """.formatted(folder.resolve("data"), epochs), Map.of());
    }

    /** A run on a thread of its own. */
    private final class Training {
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicInteger steps = new AtomicInteger();
        private final CountDownLatch begun = new CountDownLatch(3);
        private final Semaphore stepped = new Semaphore(0);
        private final CompletableFuture<RunStatus> end = new CompletableFuture<>();
        private final RunFolder run;

        Training(int epochs) throws Exception {
            this(epochs, inside.service(Runs.class).create(folder.resolve("runs"), recipe(epochs)));
        }

        /** One that goes on. */
        Training(int epochs, RunFolder run) throws Exception {
            this.run = run;
            Recipe recipe = recipe(epochs);
            RecipeRunner runner = inside.service(RecipeRunner.class);
            Thread thread = new Thread(() -> {
                try {
                    end.complete(runner.run(recipe, run, stop::get, new RunListener() {
                        @Override
                        public void progress(String id, String stage, Progress progress) {
                            steps.incrementAndGet();
                            begun.countDown();
                            stepped.release();
                        }
                    }));
                } catch (Exception | LinkageError e) {
                    end.completeExceptionally(e);
                }
            }, "training");
            thread.start();
        }

        void awaitSteps() throws Exception {
            while (!begun.await(100, TimeUnit.MILLISECONDS)) if (end.isDone()) end.get();
        }

        /** Until there is one step more. */
        void awaitStep() throws Exception {
            stepped.drainPermits();
            while (!stepped.tryAcquire(100, TimeUnit.MILLISECONDS)) if (end.isDone()) end.get();
        }

        String failure() {
            return assertThrows(ExecutionException.class, () -> end.get(5, TimeUnit.MINUTES)).getCause().getMessage();
        }
    }

    @Test
    void pluginsComeAndGoDuringATraining() throws Exception {
        String first = loss("1.0.0", SOFT);
        inside.plugins().install(List.of(first));
        List<WeakReference<ClassLoader>> old = new ArrayList<>();
        ReferenceQueue<ClassLoader> freed = new ReferenceQueue<>();
        Bundle engine = inside.bundles("relata.engine.pytorch").get(0);
        Training training = new Training(1_000_000);
        training.awaitSteps();
        int classes = System.identityHashCode(engine.adapt(BundleWiring.class).getClassLoader());
        Set<String> natives = natives();
        String two = loss("2.0.0", "return s.mean();"), one = metric("1.0.0"), next = metric("1.1.0");
        MemoryTrend memory = new MemoryTrend();
        for (int round = 0; round < ROUNDS; round++) {
            inside.plugins().install(List.of(one));
            inside.plugins().update(List.of(two));
            inside.plugins().update(List.of(next));
            note(old, freed);
            inside.plugins().rollback(-1);
            inside.plugins().update(List.of(first));
            inside.plugins().remove(List.of("acme.metric"));
            assertTrue(!training.end.isDone(), () -> "the training ended: " + training.failure());
            training.awaitStep();
            memory.look();
        }
        // the run's own, and what new runs would get
        assertEquals(2, inside.bundles("acme.loss").size());
        assertEquals(List.of(), inside.bundles("acme.metric"));
        training.stop.set(true);
        assertEquals(RunStatus.STOPPED, training.end.get(5, TimeUnit.MINUTES));
        assertEquals(1, inside.bundles("acme.loss").size());
        assertTrue(training.steps.get() > ROUNDS, training.steps + " steps");
        assertEquals(classes, System.identityHashCode(inside.bundles("relata.engine.pytorch").get(0).adapt(BundleWiring.class).getClassLoader()), "the engine was loaded anew");
        assertEquals(natives, natives(), "natives were loaded anew");
        assertEquals(List.of(), inside.plugins().problems());
        assertEquals(0, leaked(old, freed), "class loaders are held by something");
        inside.plugins().remove(List.of("acme.loss"));
        System.out.println("soak: " + ROUNDS + " rounds, " + training.steps + " training steps, " + old.size() + " class loaders freed; " + memory);
        if (ROUNDS < ROUNDS_THAT_TELL) return;
        assertTrue(memory.slope(MemoryTrend.Look::resident) < MOST, () -> "the process grows: " + memory);
        assertTrue(memory.slope(MemoryTrend.Look::heap) < MOST_OF_JAVA, () -> "the heap grows: " + memory);
        assertTrue(memory.slope(MemoryTrend.Look::classes) < MOST_OF_JAVA, () -> "classes are kept: " + memory);
    }

    private void note(List<WeakReference<ClassLoader>> old, ReferenceQueue<ClassLoader> freed) {
        for (String name : List.of("acme.loss", "acme.metric"))
            for (Bundle b : inside.bundles(name))
                // the last is what stays installed
                if (b.getVersion().getMajor() == 2 || name.equals("acme.metric")) old.add(new WeakReference<>(b.adapt(BundleWiring.class).getClassLoader(), freed));
    }

    private static int leaked(List<WeakReference<ClassLoader>> old, ReferenceQueue<ClassLoader> freed) throws InterruptedException {
        int left = old.size();
        // freed within some collections, or never
        for (int i = 0; i < 40 && left > 0; i++) {
            System.gc();
            while (freed.remove(50) != null) left--;
        }
        return left;
    }

    /** The native libraries that this process has mapped. */
    private static Set<String> natives() throws IOException {
        Set<String> natives = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) if (line.endsWith(".so")) natives.add(line.replaceFirst("^\\S+ \\S+ \\S+ \\S+ \\S+\\s+", ""));
        return natives;
    }

    @Test
    void aLossThatThrowsIsNamed() throws Exception {
        String message = failing("3.0.0", "if (true) throw new IllegalStateException(\"cannot divide\"); return s;");
        assertTrue(message.contains("stage 'train' (train of relata.runtime " + Tree.VERSION + ", in loss 'acme-loss' of acme.loss 3.0.0) failed: cannot divide"), message);
    }

    @Test
    void aLossThatIsNoNumberIsNamed() throws Exception {
        String message = failing("3.1.0", "return s.mean().mul(Float.NaN);");
        assertTrue(message.contains("loss 'acme-loss' of acme.loss 3.1.0") && message.contains("gave NaN in epoch 1, batch 1"), message);
    }

    @Test
    void anErrorFailsItsRunAlone() throws Exception {
        String message = failing("3.2.0", "if (true) throw new NoClassDefFoundError(\"acme/Lost\"); return s;");
        assertTrue(message.contains("in loss 'acme-loss' of acme.loss 3.2.0") && message.contains("acme/Lost"), message);
        // and the next run is well
        inside.plugins().install(List.of(loss("1.0.0", SOFT)));
        assertEquals(RunStatus.DONE, new Training(1).end.get(5, TimeUnit.MINUTES));
        inside.plugins().remove(List.of("acme.loss"));
    }

    @Test
    void aLossWhoseShapesDoNotFitIsNamed() throws Exception {
        String message = failing("3.4.0", "return s.add(s.getManager().ones(new ai.djl.ndarray.types.Shape(3, 5))).mean();");
        assertTrue(message.contains("in loss 'acme-loss' of acme.loss 3.4.0) failed: "), message);
    }

    @Test
    void aLossThatLeavesArraysBehindIsNamed() throws Exception {
        System.setProperty("relata.leftovers", "50");
        try {
            String message = failing("4.0.0", "s.square().detach();" + SOFT, 15);
            assertTrue(message.contains("with loss 'acme-loss' of acme.loss 4.0.0) failed: the last 50 updates left arrays behind without a pause, 50 in all"), message);
        } finally {
            System.clearProperty("relata.leftovers");
        }
    }

    /** What was learnt before the failure is not lost, and a run that waited meanwhile is none the worse. */
    @Test
    void afterAnUpdateTheRunGoesOn() throws Exception {
        inside.plugins().install(List.of(loss("5.0.0", "int n = Integer.getInteger(\"acme.calls\", 0) + 1; System.setProperty(\"acme.calls\", \"\" + n); if (n > 6) throw new IllegalStateException(\"broke off\");" + SOFT)));
        Training broken = new Training(3);
        assertTrue(broken.failure().contains("in loss 'acme-loss' of acme.loss 5.0.0) failed: broke off"), broken.failure());
        assertEquals(RunStatus.FAILED, broken.run.status());
        inside.plugins().update(List.of(loss("5.1.0", SOFT)));
        Training again = new Training(3, broken.run);
        assertEquals(RunStatus.DONE, again.end.get(5, TimeUnit.MINUTES));
        // the first epoch was not done again
        assertTrue(again.steps.get() == 8, again.steps + " steps");
        String provenance = Files.readString(broken.run.path().resolve("provenance.json"));
        assertTrue(provenance.contains("acme.loss 5.1.0") && provenance.contains("acme.loss 5.0.0"), provenance);
        inside.plugins().remove(List.of("acme.loss"));
    }

    private String failing(String version, String expression) throws Exception {
        return failing(version, expression, 1);
    }

    private String failing(String version, String expression, int epochs) throws Exception {
        inside.plugins().install(List.of(loss(version, expression)));
        Training training = new Training(epochs);
        String message = training.failure();
        assertEquals(RunStatus.FAILED, training.run.status());
        inside.plugins().remove(List.of("acme.loss"));
        return message;
    }
}
