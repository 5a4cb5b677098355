package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class TestEngineTest {
    @Test
    void computes() throws Exception {
        assertSame(TestEngine.engine(), TestEngine.engine());
        assertEquals(6f, TestEngine.engine().call(() -> {
            try (NDManager manager = TestEngine.engine().newManager()) {
                return manager.create(new float[] {1, 2, 3}).sum().getFloat();
            }
        }));
    }
}
