package relata.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptTest {
    @Test
    void theFirstSignalAsksForAStop() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Interrupt interrupt = Interrupt.listen(told::countDown);
        assertFalse(interrupt.getAsBoolean());
        // TERM, since a shell that runs the tests in the background may have INT ignored; were it not heard, this would end the process
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal).invoke(null, signal.getConstructor(String.class).newInstance("TERM"));
        assertTrue(told.await(10, TimeUnit.SECONDS));
        assertTrue(interrupt.getAsBoolean());
    }
}
