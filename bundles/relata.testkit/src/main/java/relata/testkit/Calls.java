package relata.testkit;

import java.util.concurrent.Callable;
import relata.api.learn.Engine;

/** Calls the engine from tests, whose methods need not declare what it may throw. */
final class Calls {
    private Calls() {}

    static <T> T on(Engine engine, Callable<T> work) {
        try {
            return engine.call(work);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
