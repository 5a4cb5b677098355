package relata.runs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of a run: held by the process that works on it, and given back by the operating system when that process dies, however it
 * dies. Within this process a set keeps account, because closing any handle of a file drops all locks that the process has on it.
 */
final class RunLock implements AutoCloseable {
    private static final String NAME = ".lock";
    /** Far behind the process number that the file holds, so that others may read it. */
    private static final long POSITION = 1L << 30;
    private static final Set<Path> HELD = new HashSet<>();
    /** Handles whose closing would drop a lock that is held elsewhere in this process. */
    private static final List<FileChannel> KEPT_OPEN = new ArrayList<>();

    private final Path key;
    private final FileChannel channel;
    private boolean closed;

    private RunLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /** Takes the lock; empty if it is held, by another process or by this one. */
    static Optional<RunLock> take(Path run) throws IOException {
        Path key = run.toRealPath();
        synchronized (HELD) {
            if (HELD.contains(key)) return Optional.empty();
            FileChannel channel = FileChannel.open(key.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Optional<FileLock> lock = tryLock(channel, false);
            // someone may just be asking whether the run is alive, which takes the lock for an instant
            for (int i = 0; lock.isEmpty() && i < 20 && channel.isOpen() && !KEPT_OPEN.contains(channel); i++) {
                LockSupport.parkNanos(10_000_000);
                lock = tryLock(channel, false);
            }
            if (lock.isEmpty()) {
                if (!KEPT_OPEN.contains(channel)) channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            WholeFile.writeAll(channel.position(0), ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            HELD.add(key);
            return Optional.of(new RunLock(key, channel));
        }
    }

    /** True if a process, this or another, holds the lock. */
    static boolean isHeld(Path run) throws IOException {
        Path key = run.toRealPath();
        synchronized (HELD) {
            if (HELD.contains(key)) return true;
            if (!Files.exists(key.resolve(NAME))) return false;
            FileChannel channel = FileChannel.open(key.resolve(NAME), StandardOpenOption.READ);
            Optional<FileLock> lock = tryLock(channel, true);
            if (!KEPT_OPEN.contains(channel)) channel.close();
            return lock.isEmpty();
        }
    }

    /** The number of the process that holds, or last held, the lock. */
    static String holder(Path run) {
        try {
            return Files.readString(run.resolve(NAME), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock(POSITION, 1, shared));
        } catch (OverlappingFileLockException e) {
            // held in this process, but through another copy of this class
            KEPT_OPEN.add(channel);
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (closed) return;
            closed = true;
            HELD.remove(key);
            channel.close();
        }
    }
}
