package ai.djl.pytorch.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.ref.Reference;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Makes PyTorch's arrays; stands in the place of DJL's class of this name.
 *
 * <p>DJL's class lets an array that is made of Java numbers live in the Java buffer that brought them, and forgets the buffer with the array. But what PyTorch has made of the array can live on: a view of it, or
 * what a backward pass needs. DJL itself makes and closes such an array for every number in a formula, so the gradient of {@code x.mul(2f)} was read from memory that the
 * garbage collector might have taken meanwhile: wrong in silence, now and then. Here each array gets memory of its own.
 *
 * <p>It also counts, for {@link Arrays}, what comes to managers and what leaves them.
 *
 * <p>Its place in the class path is before DJL's jar; the engine service checks at its start that it is.
 */
public class PtNDManager extends BaseNDManager {
    private static final PtNDManager SYSTEM = new SystemManager();

    private PtNDManager(@Nullable NDManager parent, @Nullable Device device) {
        super(parent, device);
    }

    // the root, closed by nobody: DJL asks for it by this name
    static PtNDManager getSystemManager() {
        return SYSTEM;
    }

    private static final class SystemManager extends PtNDManager implements SystemNDManager {
        SystemManager() {
            super(null, null);
        }
    }

    @Override
    public synchronized void attachUncappedInternal(String resource, AutoCloseable what) {
        super.attachUncappedInternal(resource, what);
        if (what instanceof PtNDArray) Arrays.attached(resource);
    }

    @Override
    public synchronized void detachInternal(String resource) {
        AutoCloseable what = resources.get(resource);
        if (what instanceof PtNDArray array) Arrays.left(resource, array);
        else if (what == null) Arrays.leftNone(resource);
        super.detachInternal(resource);
    }

    @Override
    public ByteBuffer allocateDirect(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    }

    @Override
    public PtNDArray create(Buffer data, Shape shape, DataType type) {
        int size = Math.toIntExact(shape.size());
        validateBuffer(data, type, size);
        ByteBuffer bytes;
        if (data instanceof ByteBuffer own && own.isDirect()) {
            bytes = own;
        } else {
            bytes = allocateDirect(size * type.getNumOfBytes());
            copyBuffer(data, bytes);
        }
        PtNDArray lent = JniUtils.createNdFromByteBuffer(this, bytes, shape, type, SparseFormat.DENSE, device);
        // a GPU has copied it already
        if (device.isGpu()) return lent;
        try (lent) {
            return JniUtils.clone(lent);
        } finally {
            Reference.reachabilityFence(bytes);
        }
    }

    @Override
    public PtNDArray create(Shape shape, DataType type) {
        return JniUtils.createEmptyNdArray(this, shape, type, device, SparseFormat.DENSE);
    }

    @Override
    public NDArray create(String[] data, Charset charset, Shape shape) {
        return new PtNDArray(this, data, shape);
    }

    @Override
    public NDArray createCoo(Buffer data, long[][] indices, Shape shape) {
        try (PtNDArray values = create(data, new Shape(indices[0].length), DataType.fromBuffer(data)); NDArray places = create(indices)) {
            return JniUtils.createSparseCoo((PtNDArray) places, values, shape);
        }
    }

    @Override
    public @Nullable PtNDArray from(@Nullable NDArray array) {
        if (array == null || array instanceof PtNDArray) return (PtNDArray) array;
        PtNDArray copy = create(array.toByteBuffer(), array.getShape(), array.getDataType());
        copy.setName(array.getName());
        return copy;
    }

    @Override
    public NDArray zeros(Shape shape, DataType type) {
        return JniUtils.createZerosNdArray(this, shape, type, device, SparseFormat.DENSE);
    }

    @Override
    public NDArray ones(Shape shape, DataType type) {
        return JniUtils.createOnesNdArray(this, shape, type, device, SparseFormat.DENSE);
    }

    @Override
    public NDArray full(Shape shape, float value, DataType type) {
        return JniUtils.full(this, shape, value, type, device, SparseFormat.DENSE);
    }

    @Override
    public NDArray arange(int start, int stop, int step, DataType type) {
        return arange((float) start, (float) stop, (float) step, type);
    }

    @Override
    public NDArray arange(float start, float stop, float step, DataType type) {
        boolean away = Math.signum(stop - start) != Math.signum(step);
        return away ? create(new Shape(0), type) : JniUtils.arange(this, start, stop, step, type, device, SparseFormat.DENSE);
    }

    @Override
    public NDArray eye(int rows, int columns, int diagonal, DataType type) {
        if (diagonal != 0) throw new UnsupportedOperationException("PyTorch makes only the main diagonal, not diagonal " + diagonal);
        return JniUtils.eye(this, rows, columns, type, device, SparseFormat.DENSE);
    }

    @Override
    public NDArray linspace(float start, float stop, int number, boolean endpoint) {
        if (!endpoint) throw new UnsupportedOperationException("PyTorch's linspace contains its end");
        return JniUtils.linspace(this, start, stop, number, DataType.FLOAT32, device, SparseFormat.DENSE);
    }

    @Override
    public NDArray randomInteger(long low, long high, Shape shape, DataType type) {
        return JniUtils.randint(this, low, high, shape, type, device);
    }

    @Override
    public NDArray randomPermutation(long n) {
        return JniUtils.randperm(this, n, DataType.INT64, device);
    }

    @Override
    public NDArray randomUniform(float low, float high, Shape shape, DataType type) {
        return JniUtils.uniform(this, low, high, shape, type, device);
    }

    @Override
    public NDArray randomNormal(float mean, float deviation, Shape shape, DataType type) {
        return JniUtils.normal(this, mean, deviation, shape, type, device);
    }

    @Override
    public NDArray hanningWindow(long points) {
        return JniUtils.hannWindow(this, points, true, device);
    }

    @Override
    public PtNDManager newSubManager(Device device) {
        PtNDManager child = new PtNDManager(this, device);
        attachUncappedInternal(child.uid, child);
        return child;
    }

    @Override
    public final Engine getEngine() {
        return Engine.getEngine(PtEngine.ENGINE_NAME);
    }
}
