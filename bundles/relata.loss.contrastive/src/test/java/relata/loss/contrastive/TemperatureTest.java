package relata.loss.contrastive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import relata.api.learn.Contrast;
import relata.api.learn.Engine;
import relata.api.learn.Loss;
import relata.testkit.PlainContrast;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class TemperatureTest {
    private final Engine engine = TestEngine.engine();

    @Test
    void dividesAndStaysWithinFloats() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                float[] scaled = Temperature.scale(manager.create(new float[] {1, -0.5f, 3e38f, -3e38f, Float.NaN}), 0.05).toFloatArray();
                assertArrayEquals(new float[] {20, -10, 1e29f, -1e29f, Float.NaN}, scaled, 1e-5f);
                return scaled;
            }
        });
    }

    @Test
    void lossesAreFiniteForEveryFloat() throws Exception {
        PlainContrast x = PlainContrast.ofGroups(new Random(1), 2, 2, 3);
        for (Loss loss : List.of(TestParts.of().create(new NtXent(), Map.of("temperature", 0.05)), TestParts.of().create(new SupCon(), Map.of("temperature", 0.05))))
            for (PlainContrast extreme : List.of(x.similar(s -> 3e38 * s), x.similar(s -> Math.copySign(Float.MAX_VALUE, s)), x.similar(s -> -Float.MAX_VALUE)))
                engine.call(() -> {
                    try (NDManager manager = engine.newManager(); Engine.Tape tape = engine.record()) {
                        Contrast contrast = extreme.on(manager);
                        contrast.similarity().setRequiresGradient(true);
                        NDArray value = loss.of(contrast);
                        tape.backward(value);
                        assertTrue(Float.isFinite(value.getFloat()), () -> "found " + value.getFloat());
                        try (NDArray gradient = contrast.similarity().getGradient()) {
                            for (float g : gradient.toFloatArray()) assertTrue(Float.isFinite(g), () -> "found " + g);
                        }
                        return value;
                    }
                });
    }
}
