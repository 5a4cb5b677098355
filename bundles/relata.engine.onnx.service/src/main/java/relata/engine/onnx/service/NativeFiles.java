package relata.engine.onnx.service;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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
            if (!isWhole(System.mapLibraryName(library), file)) unpack(System.mapLibraryName(library), file);
        }
        System.setProperty(WHERE, folder.toString());
    }

    /** A machine that lost its power may have left less of it than was written. */
    private static boolean isWhole(String name, Path file) throws IOException {
        URL inside = OrtEnvironment.class.getResource(FOLDER + name);
        return Files.isRegularFile(file) && (inside == null || Files.size(file) == size(inside));
    }

    private static long size(URL inside) throws IOException {
        URLConnection connection = inside.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            long told = connection.getContentLengthLong();
            return told >= 0 ? told : in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Beside, then moved: another process may be at the same. */
    private static void unpack(String name, Path file) throws IOException {
        Path beside = file.resolveSibling("." + name + "." + ProcessHandle.current().pid());
        // not the loader of this class: in a platform the libraries are in another bundle
        try (InputStream in = OrtEnvironment.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) throw new IOException("ONNX Runtime has no " + FOLDER + name + ": there are libraries for Linux on x86-64 only");
            Files.copy(in, beside, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
