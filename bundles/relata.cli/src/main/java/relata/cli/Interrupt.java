package relata.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears Ctrl-C and the wish to terminate: the first asks for a clean stop, the second ends the process at once.
 * {@code sun.misc.Signal} is the only way to hear a signal without ending; it is called by reflection because the compiler
 * warns of it and bundles do not see it.
 */
final class Interrupt implements BooleanSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(Interrupt.class);
    private static final int HALTED = 130;
    private static final List<String> SIGNALS = List.of("INT", "TERM");

    private final AtomicBoolean wanted = new AtomicBoolean();
    private final Runnable first;

    private Interrupt(Runnable first) {
        this.first = first;
    }

    /** Ends the process at the first signal, after {@code cleaning}. */
    static void endAtOnce(Runnable cleaning) {
        for (String signal : SIGNALS) {
            Interrupt interrupt = new Interrupt(() -> {
                cleaning.run();
                end(signal);
            });
            interrupt.hear(signal);
        }
    }

    /** Listens from now on. @param first done at the first signal, on a thread of the system's */
    static Interrupt listen(Runnable first) {
        Interrupt interrupt = new Interrupt(first);
        for (String signal : SIGNALS) interrupt.hear(signal);
        return interrupt;
    }

    private void hear(String signal) {
        try {
            Class<?> handler = type("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(ClassLoader.getSystemClassLoader(), new Class<?>[] {handler}, (self, method, args) -> switch (method.getName()) {
                case "handle" -> heard(signal);
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> args != null && self == args[0];
                default -> "relata's " + signal;
            });
            handle(signal, proxy);
        } catch (ReflectiveOperationException e) {
            Throwable cause = e instanceof InvocationTargetException i ? i.getTargetException() : e;
            LOG.debug("the signal {} cannot be heard: {}", signal, cause.toString());
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, ClassLoader.getSystemClassLoader());
    }

    private static void handle(String signal, Object handler) throws ReflectiveOperationException {
        Class<?> type = type("sun.misc.Signal");
        type.getMethod("handle", type, type("sun.misc.SignalHandler")).invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
    }

    /** One more signal. */
    Object heard(String signal) {
        if (wanted.getAndSet(true)) end(signal);
        first.run();
        return this;
    }

    /**
     * Ends the process as the system does with one that does not listen. Even {@link Runtime#halt} would let native libraries clean up
     * first, under the threads that are still at work in them, and these crash.
     */
    static void end(String signal) {
        try {
            Class<?> type = type("sun.misc.Signal");
            handle(signal, type("sun.misc.SignalHandler").getField("SIG_DFL").get(null));
            type.getMethod("raise", type).invoke(null, type.getConstructor(String.class).newInstance(signal));
        } catch (ReflectiveOperationException e) {
            LOG.debug("the signal {} cannot be raised: {}", signal, e.toString());
        }
        Runtime.getRuntime().halt(HALTED);
    }

    /** True once a stop was asked for. */
    @Override
    public boolean getAsBoolean() {
        return wanted.get();
    }
}
