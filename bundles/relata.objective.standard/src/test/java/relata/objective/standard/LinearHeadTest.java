package relata.objective.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.learn.Allocator;
import relata.api.learn.ProjectionHead;
import relata.api.learn.Step;
import relata.testkit.ProjectionHeadContract;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class LinearHeadTest extends ProjectionHeadContract<LinearHead.Config> {
    @Override
    public ComponentProvider<ProjectionHead, LinearHead.Config> provider() {
        return new LinearHead();
    }

    private static void check(Map<String, ?> with, Check check) throws Exception {
        TestEngine.engine().call(() -> {
            try (NDManager manager = TestEngine.engine().newManager(); NDManager step = manager.newSubManager()) {
                ProjectionHead.Projection head = TestParts.of().create(new LinearHead(), with).open(4, new Allocator(manager, new Random(2)));
                int before = manager.getManagedArrays().size();
                double[][] out = Rows.plain(head.project(Rows.array(step, Rows.random(3, 4)), new Step(TestEngine.engine(), step, true)));
                step.close();
                assertEquals(before, manager.getManagedArrays().size(), "arrays that outlive the step");
                check.of(head, out);
                return out;
            }
        });
    }

    private interface Check {
        void of(ProjectionHead.Projection head, double[][] out);
    }

    private static double[][] parameter(ProjectionHead.Projection head, String name) {
        return Rows.plain(head.parameters().get(name));
    }

    private static void close(double[][] expected, double[][] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], actual[i], 1e-5, "row " + i);
    }

    @Test
    void isOneLayer() throws Exception {
        check(Map.of("out", 3), (head, out) -> {
            assertEquals(List.of("projection.0.weight", "projection.0.bias"), List.copyOf(head.parameters().all().keySet()));
            close(Rows.dense(Rows.random(3, 4), parameter(head, "projection.0.weight"), parameter(head, "projection.0.bias")[0]), out);
            assertEquals(3, out[0].length);
        });
        check(Map.of("bias", false), (head, out) -> {
            assertEquals(List.of("projection.0.weight"), List.copyOf(head.parameters().all().keySet()));
            close(Rows.dense(Rows.random(3, 4), parameter(head, "projection.0.weight"), new double[4]), out);
        });
    }
}
