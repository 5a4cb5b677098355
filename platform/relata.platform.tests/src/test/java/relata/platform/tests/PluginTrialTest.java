package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.Ref;
import relata.api.plugin.Plugin;
import relata.api.run.Recipes;
import relata.api.run.Workbench;

/** What is tried without a run keeps its plug-ins too. */
@ExtendWith(WithEngine.class)
class PluginTrialTest {
    private static final String BEGUN = "acme.begun";
    private static final String GO = "acme.go";

    @TempDir
    private Path folder;

    /** A loss that waits in the middle, and afterwards needs a class that nobody has loaded yet. */
    private String waiting() throws Exception {
        return PluginJar.of("acme.loss", "1.0.0")
                .loss("acme-loss", latch(BEGUN) + ".countDown(); try { " + latch(GO) + ".await(); } catch (InterruptedException e) { throw new IllegalStateException(e); } return s.sum().mul(0).add(new Object() { float number() { return 3; } }.number());")
                .write(folder.resolve("jars/one.jar")).toString();
    }

    private static String latch(String name) {
        return "((java.util.concurrent.CountDownLatch) System.getProperties().get(\"" + name + "\"))";
    }

    @Test
    void aLossThatIsTriedOutlivesItsUpdateAndItsRemoval(Inside inside) throws Exception {
        CountDownLatch begun = new CountDownLatch(1), go = new CountDownLatch(1);
        System.getProperties().put(BEGUN, begun);
        System.getProperties().put(GO, go);
        try {
            inside.plugins().install(List.of(waiting()));
            Ref<?> loss = inside.service(Recipes.class).part("loss", "acme-loss", Map.of()), cosine = inside.service(Recipes.class).part("similarity", "cosine", Map.of());
            Workbench workbench = inside.service(Workbench.class);
            CompletableFuture<Double> value = new CompletableFuture<>();
            new Thread(() -> {
                try {
                    value.complete(workbench.loss(loss, cosine, new double[][] {{1, 0}, {0, 1}}, new int[] {0, 0}).value());
                } catch (Exception | LinkageError e) {
                    value.completeExceptionally(e);
                }
            }, "trial").start();
            while (!begun.await(100, TimeUnit.MILLISECONDS)) if (value.isDone()) value.get();
            inside.plugins().update(List.of(PluginJar.of("acme.loss", "2.0.0").loss("acme-loss", "return s.mean();").write(folder.resolve("jars/two.jar")).toString()));
            inside.plugins().remove(List.of("acme.loss"));
            assertEquals(List.of("acme.loss 1.0.0 in use by loss acme-loss"), inside.plugins().list().stream().map((Plugin p) -> p.title() + " " + p.remark()).toList());
            go.countDown();
            assertEquals(3, value.get(1, TimeUnit.MINUTES));
            assertEquals(List.of(), inside.bundles("acme.loss"));
        } finally {
            go.countDown();
            System.getProperties().remove(BEGUN);
            System.getProperties().remove(GO);
        }
    }
}
