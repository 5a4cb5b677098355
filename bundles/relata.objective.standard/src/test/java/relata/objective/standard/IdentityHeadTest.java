package relata.objective.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.learn.Allocator;
import relata.api.learn.ProjectionHead;
import relata.api.learn.Step;
import relata.testkit.ProjectionHeadContract;
import relata.testkit.TestEngine;

class IdentityHeadTest extends ProjectionHeadContract<IdentityHead.Config> {
    @Override
    public ComponentProvider<ProjectionHead, IdentityHead.Config> provider() {
        return new IdentityHead();
    }

    @Test
    void givesWhatItGets() throws Exception {
        TestEngine.engine().call(() -> {
            try (NDManager manager = TestEngine.engine().newManager()) {
                ProjectionHead.Projection head = part().open(4, new Allocator(manager, new Random(1)));
                NDArray relations = Rows.array(manager, Rows.random(3, 4));
                assertEquals(Map.of(), head.parameters().all());
                assertSame(relations, head.project(relations, new Step(TestEngine.engine(), manager, true)));
                return head;
            }
        });
    }
}
