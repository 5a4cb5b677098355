package ai.djl.pytorch.jni;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * A loaded TorchScript module whose methods are called with gradients.
 *
 * <p>It lives in DJL's package because the native call is package-private there, and the public way to it, {@link IValueUtils#runMethod},
 * always runs in inference mode: its results cannot take part in a backward pass. Here the thread's own gradient mode decides.
 *
 * <p>Arguments are {@link NDArray}, {@link List} of {@link NDArray}, {@link Double} or {@link Float}, {@link Long} or {@link Integer},
 * {@link Boolean} and {@link String}. May be called by several threads at once.
 */
@NullMarked
public final class Scripts implements AutoCloseable {
    private final PtSymbolBlock module;

    private Scripts(PtSymbolBlock module) {
        this.module = module;
    }

    /**
     * Loads a module.
     *
     * @param manager says for which device; closes the module with itself
     * @param archive the bytes of a TorchScript zip
     * @throws ai.djl.engine.EngineException if the text does not compile; the message shows line and candidates
     */
    public static Scripts load(NDManager manager, byte[] archive) {
        try {
            return new Scripts(JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), true, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls a method that returns a tensor, and gives the result to a manager. */
    public NDArray array(NDManager owner, String method, Object... arguments) {
        try (IValue result = run(method, arguments)) {
            return result.toTensor((PtNDManager) owner);
        }
    }

    /** Calls a method that returns a list of tensors, and gives them to a manager. */
    public List<NDArray> arrays(NDManager owner, String method, Object... arguments) {
        try (IValue result = run(method, arguments)) {
            return List.of(result.toTensorArray((PtNDManager) owner));
        }
    }

    /** Calls a method that returns a float. */
    public double number(String method, Object... arguments) {
        try (IValue result = run(method, arguments)) {
            return result.toDouble();
        }
    }

    /** Calls a method for its effect; what it returns is dropped. */
    public void act(String method, Object... arguments) {
        run(method, arguments).close();
    }

    @Override
    public void close() {
        module.close();
    }

    private IValue run(String method, Object... arguments) {
        List<IValue> values = new ArrayList<>(arguments.length);
        try {
            for (Object argument : arguments) values.add(value(argument));
            long[] handles = values.stream().mapToLong(IValue::getHandle).toArray();
            return new IValue(PyTorchLibrary.LIB.moduleRunMethod(module.getHandle(), method, handles, true, false));
        } finally {
            // the native side counts references: without this every argument would live as long as the process
            values.forEach(IValue::close);
        }
    }

    private static IValue value(Object argument) {
        if (argument instanceof NDArray array) return IValue.from(array(array));
        if (argument instanceof List<?> list) return IValue.listFrom(list.stream().map(Scripts::array).toArray(PtNDArray[]::new));
        if (argument instanceof Double || argument instanceof Float) return IValue.from(((Number) argument).doubleValue());
        if (argument instanceof Long || argument instanceof Integer) return IValue.from(((Number) argument).longValue());
        if (argument instanceof Boolean bool) return IValue.from(bool.booleanValue());
        if (argument instanceof String text) return IValue.from(text);
        throw new IllegalArgumentException("a script takes no " + argument.getClass().getName());
    }

    private static PtNDArray array(Object array) {
        if (array instanceof PtNDArray torch) return torch;
        throw new IllegalArgumentException("expected an array of the PyTorch engine, found " + array.getClass().getName());
    }
}
