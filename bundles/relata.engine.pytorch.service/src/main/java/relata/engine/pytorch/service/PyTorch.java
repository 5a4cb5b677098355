package relata.engine.pytorch.service;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.Arrays;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.Scripts;
import ai.djl.util.Utils;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import relata.api.learn.Engine;
import relata.api.learn.Kernels;

/**
 * PyTorch through DJL. Nothing native is loaded before the first call of a method.
 *
 * <p>System properties: {@code relata.threads}, the number of threads of an operator, else all cores; {@code DJL_CACHE_DIR}, also as an
 * environment variable, where the native libraries are unpacked once, else {@code relata/djl} in the user's cache folder.
 */
@Component(service = Engine.class)
public final class PyTorch implements Engine {
    // there is one native library and so one recording, however many engines
    private static final AtomicReference<GradientTape> TAPE = new AtomicReference<>();
    // does not initialise the class: that must happen under this loader as context class loader, or DJL finds no engine, for good
    private static final ClassLoader LOADER = ai.djl.engine.Engine.class.getClassLoader();
    // kept: java.util.logging forgets the level of a logger that nobody holds. It warns of every machine without a CUDA driver
    private static final Logger CUDA = Logger.getLogger("ai.djl.util.cuda");

    private static final Path ROOT = Path.of("/");

    private @Nullable Loaded loaded;

    /** A loaded native library. */
    private record Loaded(ai.djl.engine.Engine djl, NDManager manager, Scripts scripts, Kernels kernels) {}

    private final boolean cuda;

    /** For the CPU. Loads nothing yet. */
    public PyTorch() {
        cuda = false;
    }

    /** For CUDA if the feature {@code engine-cuda} is started. Loads nothing yet. */
    // the only constructor of one parameter: Declarative Services tells constructors apart by their number of parameters
    @Activate
    public PyTorch(BundleContext context) {
        cuda = List.of(Objects.requireNonNullElse(context.getProperty("relata.features"), "").split(",")).contains("engine-cuda");
    }

    @Override
    public String gpu() {
        return CudaTorch.search(System.getenv(), ROOT).words(cuda);
    }

    @Override
    public String describe() {
        ai.djl.engine.Engine djl = loaded().djl();
        // DJL writes cpu() and gpu(0)
        String device = djl.defaultDevice().toString().replace("()", "");
        int threads = JniUtils.getNumThreads();
        return djl.getEngineName() + " " + djl.getVersion() + ", " + device + ", " + threads + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public NDManager newManager() {
        return loaded().djl().newBaseManager();
    }

    @Override
    public long arrays() {
        return Arrays.open();
    }

    @Override
    public Kernels kernels() {
        return loaded().kernels();
    }

    @Override
    public void seed(long seed) {
        loaded();
        JniUtils.setSeed(seed);
    }

    @Override
    public <T> T call(Callable<T> work) throws Exception {
        loaded();
        // a thread starts with gradients on, whatever another thread has set
        boolean gradients = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        plainScripts();
        try {
            return under(work);
        } finally {
            JniUtils.setGradMode(gradients);
        }
    }

    @Override
    public Tape record() {
        loaded();
        plainScripts();
        return GradientTape.open(TAPE);
    }

    /** Lets go of the kernels; the native library stays until the process ends. */
    @Deactivate
    public synchronized void close() {
        Loaded old = loaded;
        loaded = null;
        if (old != null) {
            old.scripts().close();
            old.manager().close();
        }
    }

    private synchronized Loaded loaded() {
        Loaded known = loaded;
        if (known == null) {
            try {
                loaded = known = under(this::load);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("the tensor engine does not start", e);
            }
        }
        return known;
    }

    private Loaded load() {
        if (cuda) {
            CudaTorch found = CudaTorch.search(System.getenv(), ROOT);
            if (found.library().isEmpty()) throw new IllegalStateException("the feature engine-cuda is started, but CUDA cannot be used: " + String.join("; ", found.said()) + ". Without that feature, the CPU is used");
            found.use();
        }
        int threads = threads();
        // without these two DJL asks the network where it runs
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        if (System.getenv("DJL_CACHE_DIR") == null && System.getProperty("DJL_CACHE_DIR") == null)
            System.setProperty("DJL_CACHE_DIR", cache().toString());
        CUDA.setLevel(Level.OFF);
        ai.djl.engine.Engine djl = start();
        if (cuda && !djl.defaultDevice().isGpu()) throw new IllegalStateException("the feature engine-cuda is started and " + System.getProperty("PYTORCH_LIBRARY_PATH") + " is loaded, but it sees no GPU. Without that feature, the CPU is used");
        JniUtils.setNumThreads(threads);
        NDManager manager = djl.newBaseManager();
        ownMemory(manager);
        Scripts scripts = Scripts.load(manager, TorchScript.archive(TorchScript.resource("kernels.torchscript")));
        return new Loaded(djl, manager, scripts, new TorchKernels(scripts));
    }

    // DJL's own class of arrays would read gradients from memory that Java has taken back: see PtNDManager
    private static void ownMemory(NDManager manager) {
        ByteBuffer bytes = manager.allocateDirect(Float.BYTES).putFloat(0, 1);
        try (NDArray one = manager.create(bytes, new Shape(1), DataType.FLOAT32)) {
            bytes.putFloat(0, 2);
            if (one.getFloat() != 1)
                throw new IllegalStateException("the jar of DJL's pytorch-engine stands before relata.engine.pytorch in the class path; it must come after it");
        }
    }

    private static ai.djl.engine.Engine start() {
        try {
            return ai.djl.engine.Engine.getEngine("PyTorch");
        } catch (EngineException | LinkageError e) {
            String reason = e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause().getMessage());
            throw new IllegalStateException("PyTorch does not start (" + reason + "). Its native libraries come from the bundle relata.engine.pytorch.linux,"
                    + " or from a folder that PYTORCH_LIBRARY_PATH names beside PYTORCH_FLAVOR=cpu; those of the bundle are unpacked once to "
                    + Utils.getEngineCacheDir() + ", which must be writable and needs 500 MB", e);
        }
    }

    // profiling and fusing cost more time and memory than they save, and the switch is the thread's own
    private static void plainScripts() {
        JniUtils.setGraphExecutorOptimize(false);
    }

    private static <T> T under(Callable<T> work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(LOADER);
        try {
            return work.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static int threads() {
        String given = System.getProperty("relata.threads");
        if (given == null) return Runtime.getRuntime().availableProcessors();
        try {
            int threads = Integer.parseInt(given.strip());
            if (threads >= 1) return threads;
        } catch (NumberFormatException e) {
            // told below, as a number out of range is
        }
        throw new IllegalArgumentException("relata.threads must be a whole number from 1 but is '" + given + "'");
    }

    private static Path cache() {
        String base = System.getenv("XDG_CACHE_HOME");
        return (base == null || base.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base)).resolve("relata").resolve("djl");
    }
}
