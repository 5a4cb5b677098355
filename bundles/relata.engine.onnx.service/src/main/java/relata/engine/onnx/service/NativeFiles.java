package relata.engine.onnx.service;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The native libraries of ONNX Runtime: unpacked once, where it would unpack 20 MB into a new temporary folder for each process, and leave them there. */
final class NativeFiles {
    private static final String FOLDER = "/ai/onnxruntime/native/linux-x64/";
    private static final String WHERE = "onnxruntime.native.path";

    private NativeFiles() {}

    /** Relata's cache of this user. */
    static Path standard() {
        String base = System.getenv("XDG_CACHE_HOME");
        return (base == null || base.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base)).resolve("relata");
    }

    /** Sees to it that they are in a folder, and will be loaded from there, unless {@code onnxruntime.native.path} names another. */
    static void unpack(Path folder) throws IOException {
        if (System.getProperty(WHERE) != null) return;
        Files.createDirectories(folder);
        for (String library : new String[] {"onnxruntime", "onnxruntime4j_jni"}) {
            Path file = folder.resolve(System.mapLibraryName(library));
            if (!Files.exists(file)) unpack(System.mapLibraryName(library), file);
        }
        System.setProperty(WHERE, folder.toString());
    }

    /** Beside, then moved: another process may be at the same. */
    private static void unpack(String name, Path file) throws IOException {
        Path beside = file.resolveSibling("." + name + "." + ProcessHandle.current().pid());
        // not the loader of this class: in a platform the libraries are in another bundle
        try (InputStream in = OrtEnvironment.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) throw new IOException("ONNX Runtime has no " + FOLDER + name + ": there are libraries for Linux on x86-64 only");
            Files.copy(in, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
