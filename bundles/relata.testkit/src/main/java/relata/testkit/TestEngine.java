package relata.testkit;

import relata.api.learn.Engine;
import relata.engine.pytorch.service.PyTorch;

/**
 * The tensor engine for tests on the plain class path, which needs what a platform has as bundles: {@code relata.engine.pytorch},
 * {@code relata.engine.pytorch.service}, DJL's {@code pytorch-engine}, {@code pytorch-jni} and {@code pytorch-native-cpu}.
 */
public final class TestEngine {
    private static final Engine ENGINE = new PyTorch();

    private TestEngine() {}

    /** The one engine of this process. Its native library loads when it is first used. */
    public static Engine engine() {
        return ENGINE;
    }
}
