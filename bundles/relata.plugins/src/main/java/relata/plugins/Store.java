package relata.plugins;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import relata.api.plugin.PluginException;

/**
 * Plug-ins on disk, under {@code plugins/.store}: {@code state.json}, which is replaced as a whole, {@code jars/SHA-256.jar}, {@code audit.jsonl}
 * and a lock that lets one process change them at a time. Made by the first change.
 */
final class Store {
    private static final long LOCK_WAIT_NANOS = 60_000_000_000L;
    private static final long LOCK_POLL_NANOS = 20_000_000L;

    private final Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private final Path folder;

    /** @param folder the watched folder, which holds the store too */
    Store(Path folder) {
        this.folder = folder;
    }

    /** The watched folder. */
    Path folder() {
        return folder;
    }

    Path home() {
        return folder.resolve(".store");
    }

    Path jar(String sha256) {
        return home().resolve("jars").resolve(sha256 + ".jar");
    }

    private Path stateFile() {
        return home().resolve("state.json");
    }

    /** @throws IOException if it cannot be read, or was written by a newer platform */
    State read() throws IOException {
        try {
            State state = gson.fromJson(Files.readString(stateFile()), State.class);
            if (state == null) throw new IOException(stateFile() + " is empty. Put back a copy of it, or delete it and install the plug-ins anew.");
            if (state.format() != State.FORMAT) throw new IOException(stateFile() + " has format " + state.format() + ", but this platform knows " + State.FORMAT + ": a newer platform wrote it.");
            return state;
        } catch (NoSuchFileException e) {
            return State.EMPTY;
        } catch (JsonParseException | NullPointerException e) {
            throw new IOException(stateFile() + " is damaged (" + e.getMessage() + "). Put back a copy of it, or delete it and install the plug-ins anew.", e);
        }
    }

    /** Changes when another process has written the state. */
    long stamp() {
        try {
            return Files.getLastModifiedTime(stateFile()).to(TimeUnit.NANOSECONDS) ^ Files.size(stateFile());
        } catch (IOException e) {
            return 0;
        }
    }

    void write(State state) throws IOException {
        writeWhole(stateFile(), gson.toJson(state).getBytes(StandardCharsets.UTF_8));
    }

    private static void writeWhole(Path file, byte[] bytes) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) channel.write(rest);
                channel.force(true);
            }
            Files.move(beside, file, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** A copy in the staging folder that nobody else has: it is checked, and it is what will be installed. @throws PluginException if it is larger than the limit, in bytes */
    Path stage(Path source, long limit) throws IOException, PluginException {
        Path staging = Files.createDirectories(home().resolve("staging"));
        Path staged = Files.createTempFile(staging, "new-", ".jar");
        try (InputStream in = Files.newInputStream(source);
                OutputStream out = Files.newOutputStream(staged)) {
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > limit) throw new PluginException(source + " is larger than " + (limit >> 20) + " MiB, the limit for plug-ins ('max-size' in etc/plugins.properties)");
                out.write(buffer, 0, n);
            }
            return staged;
        } catch (IOException | PluginException e) {
            Files.deleteIfExists(staged);
            throw e;
        }
    }

    /** Moves a checked file to where its content belongs. */
    void adopt(Path staged, String sha256) throws IOException {
        Path jar = jar(sha256);
        Files.createDirectories(jar.getParent());
        if (Files.exists(jar) && sha256(jar).equals(sha256)) return;
        try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.copy(staged, jar.resolveSibling("." + sha256 + ".part"), REPLACE_EXISTING);
        Files.move(jar.resolveSibling("." + sha256 + ".part"), jar, ATOMIC_MOVE);
    }

    /** Deletes jars that no state which can be gone back to names, and what earlier processes left in staging. */
    void tidy(State state) throws IOException {
        Set<String> named = new HashSet<>();
        Stream.concat(state.before().stream(), Stream.of(state.now())).forEach(s -> s.entries().forEach(e -> named.add(e.sha256() + ".jar")));
        delete(home().resolve("jars"), f -> !named.contains(f.getFileName().toString()));
        delete(home().resolve("staging"), f -> true);
    }

    private static void delete(Path folder, Predicate<Path> which) throws IOException {
        if (!Files.isDirectory(folder)) return;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(which).toList()) Files.deleteIfExists(file);
        }
    }

    /** The SHA-256 of a file, in lower-case hex. */
    static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Appends a line that is whole or not there. */
    void audit(String line) throws IOException {
        Files.createDirectories(home());
        Files.writeString(home().resolve("audit.jsonl"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** All lines of the audit log. */
    List<String> audit() throws IOException {
        Path file = home().resolve("audit.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Keeps other processes from changing anything until it is closed. @throws IOException if another process does not let go for a minute */
    AutoCloseable lock() throws IOException {
        Files.createDirectories(home());
        FileChannel channel = FileChannel.open(home().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long end = System.nanoTime() + LOCK_WAIT_NANOS;
        FileLock lock = tryLock(channel);
        while (lock == null && System.nanoTime() < end) {
            LockSupport.parkNanos(LOCK_POLL_NANOS);
            lock = tryLock(channel);
        }
        if (lock == null) {
            channel.close();
            throw new IOException("another process has been changing the plug-ins in " + folder + " for a minute; try again when it is done");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another platform in this process
        }
    }
}
