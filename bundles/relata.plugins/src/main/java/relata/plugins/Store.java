package relata.plugins;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

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
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.plugin.PluginException;

/**
 * Plug-ins on disk, under {@code plugins/.store}: {@code state.json}, which is replaced as a whole, {@code jars/SHA-256.jar}, {@code audit.jsonl}
 * and a lock that lets one process change them at a time. Made by the first change.
 */
final class Store {
    private static final long LOCK_WAIT_NANOS = 60_000_000_000L;
    private static final long LOCK_POLL_NANOS = 20_000_000L;
    private static final String PART = ".part";
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

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
        } catch (RuntimeException e) {
            // Gson wraps what the records' constructors throw in a bare RuntimeException
            throw new IOException(stateFile() + " is damaged (" + (e instanceof JsonParseException ? e.getMessage() : "something is missing in it") + "). Put back a copy of it, or delete it and install the plug-ins anew.", e);
        }
    }

    /** What a written state looks like from outside. @param file tells the file from the one that it replaced */
    record Stamp(FileTime time, long size, @Nullable Object file) {
        static final Stamp NONE = new Stamp(FileTime.fromMillis(0), -1, null);
    }

    /** Differs when another process has written the state. Two states may look alike within one tick of the file system's clock: under the lock, read. */
    Stamp stamp() {
        try {
            BasicFileAttributes seen = Files.readAttributes(stateFile(), BasicFileAttributes.class);
            return new Stamp(seen.lastModifiedTime(), seen.size(), seen.fileKey());
        } catch (IOException e) {
            return Stamp.NONE;
        }
    }

    void write(State state) throws IOException {
        writeWhole(stateFile(), gson.toJson(state).getBytes(StandardCharsets.UTF_8));
    }

    private static void writeWhole(Path file, byte[] bytes) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + PART);
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

    /** Moves a checked file to where its content belongs: on disk as a whole before any state names it. */
    void adopt(Path staged, String sha256) throws IOException {
        Path jar = jar(sha256);
        Files.createDirectories(jar.getParent());
        try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(staged, jar, ATOMIC_MOVE);
    }

    /** Deletes jars that no state which can be gone back to names, and what processes left that ended in the middle of a change. Under the lock. */
    void tidy(State state) {
        Set<String> named = new HashSet<>();
        Stream.concat(state.before().stream(), Stream.of(state.now())).forEach(s -> s.entries().forEach(e -> named.add(e.sha256() + ".jar")));
        try {
            delete(home().resolve("jars"), f -> !named.contains(f.getFileName().toString()));
            delete(home().resolve("staging"), f -> true);
            delete(home(), f -> f.getFileName().toString().endsWith(PART));
        } catch (IOException e) {
            // the change is made or refused by now; the next one tidies again
            LOG.warn("files that no plug-in needs stay in {}: {}", home(), words(e));
        }
    }

    private static void delete(Path folder, Predicate<Path> which) throws IOException {
        if (!Files.isDirectory(folder)) return;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(which).toList()) Files.deleteIfExists(file);
        }
    }

    /** The SHA-256 of a file, in lower-case hex. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Appends a line, which is on disk as a whole when this returns. One that a process left without an end, when it was ended, gets its end first. */
    void audit(String line) throws IOException {
        Path file = Files.createDirectories(home()).resolve("audit.jsonl");
        byte[] bytes = ((endsOpen(file) ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel log = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            // in one go: another process may append at the same time
            for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) log.write(rest);
            log.force(true);
        }
    }

    private static boolean endsOpen(Path file) throws IOException {
        if (!Files.exists(file)) return false;
        try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return log.size() > 0 && log.read(last, log.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /** Keeps other processes from changing anything until it is closed. @throws IOException if another process does not let go for a minute */
    AutoCloseable lock() throws IOException {
        Files.createDirectories(home());
        FileChannel channel = FileChannel.open(home().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long end = System.nanoTime() + LOCK_WAIT_NANOS;
        try {
            FileLock lock = tryLock(channel);
            while (lock == null && System.nanoTime() < end) {
                LockSupport.parkNanos(LOCK_POLL_NANOS);
                lock = tryLock(channel);
            }
            if (lock == null) throw new IOException("another process has been changing the plug-ins in " + folder + " for a minute; try again when it is done");
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another platform in this process
        }
    }

    /** Says that a plug-in's file is not there any more. */
    PluginException gone(State.Entry entry) {
        return new PluginException(entry.title() + " is gone: there is no " + jar(entry.sha256()) + ". Install it anew");
    }

    /** Says that a plug-in's file is not what it was. @param sha256 what it is now */
    PluginException changed(State.Entry entry, String sha256) {
        return new PluginException(entry.title() + " has been changed since it was installed: " + jar(entry.sha256()) + " has the SHA-256 " + sha256 + ". Install it anew");
    }

    /** What went wrong with a file: Java's own message is often its bare name. */
    static String words(IOException problem) {
        String message = String.valueOf(problem.getMessage());
        if (problem instanceof NoSuchFileException e) return "there is no file " + e.getFile();
        if (problem instanceof AccessDeniedException e) return "not allowed to use " + e.getFile();
        if (problem instanceof FileSystemException e && e.getReason() == null) return e.getFile() + ": " + e.getClass().getSimpleName();
        return message;
    }
}
