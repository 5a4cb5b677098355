package relata.engine.onnx.service;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import relata.api.learn.GraphEngine;
import relata.api.learn.InferenceGraph;

/**
 * ONNX Runtime on the CPU. A graph that it runs uses the thread that asks and no other: on a machine of few cores, whoever asks from several threads gets more
 * answers than one operator with several threads gives, and a training beside it is not made to wait for two teams.
 */
@Component(service = GraphEngine.class)
public final class OnnxRuntime implements GraphEngine {
    /** The release in {@code relata.engine.onnx}; to be told without loading it. */
    static final String VERSION = "1.22.0";

    private final String release;
    private final Path cache;
    private @Nullable OrtEnvironment loaded;

    /** Outside of a platform: with the user's cache. */
    public OnnxRuntime() {
        this("", NativeFiles.standard());
    }

    /** Outside of a platform. @param cache Relata's, where libraries are unpacked */
    public static OnnxRuntime with(Path cache) {
        return new OnnxRuntime("", cache.toAbsolutePath());
    }

    /** In a platform. */
    // the only constructor of one parameter: Declarative Services tells constructors apart by their number of parameters
    @Activate
    public OnnxRuntime(BundleContext context) {
        this(context.getBundle().getVersion().toString(), context.getProperty("relata.cache") == null ? NativeFiles.standard() : Path.of(context.getProperty("relata.cache")));
    }

    private OnnxRuntime(String release, Path cache) {
        this.release = release;
        this.cache = cache;
    }

    @Override
    public String describe() {
        return "ONNX Runtime " + VERSION + ", cpu";
    }

    @Override
    public void write(Path file, boolean int8, Map<String, String> properties, Consumer<InferenceGraph> drawing) throws IOException {
        OnnxModel model = new OnnxModel(int8);
        drawing.accept(model);
        model.write(file, release, properties);
    }

    @Override
    public Runner open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) throw new IOException("there is no model " + file);
        // first: every other class of it would load the libraries from where it unpacks them itself
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // it would remember a plan for each size of a batch, and there are thousands of them
            options.setMemoryPatternOptimization(false);
            // without VNNI, 8-bit products would be added in 16 bits, which large weights overflow; with it, nothing changes
            options.addConfigEntry("session.x64quantprecision", "1");
            return open(environment, environment.createSession(file.toString(), options), file);
        } catch (OrtException e) {
            throw new IOException(file + " is cut off or no ONNX model that can be run: " + Objects.requireNonNullElse(e.getMessage(), e.toString()).strip(), e);
        }
    }

    private static Runner open(OrtEnvironment environment, OrtSession session, Path file) throws OrtException {
        try {
            return new OpenGraph(environment, session, file);
        } catch (OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private synchronized OrtEnvironment environment() throws IOException {
        OrtEnvironment known = loaded;
        if (known == null) {
            NativeFiles.unpack(cache.resolve("onnx").resolve(VERSION));
            try {
                loaded = known = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            } catch (LinkageError e) {
                throw new IOException("ONNX Runtime does not start (" + e.getMessage() + "); its libraries are unpacked to " + cache.resolve("onnx") + ", which must be on a file system that allows programs", e);
            }
        }
        return known;
    }
}
