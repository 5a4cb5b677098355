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
 * The lock of a run, or of a group of runs: held by the process that works on it, and given back by the operating system when that process dies, however it
 * dies. Within this process a set keeps account, because closing any handle of a file drops all locks that the process has on it.
 */
final class RunLock implements AutoCloseable {
    private static final String NAME = ".lock";
    /** In a folder of runs: the locks of groups. The files stay, as one that is removed may just have been opened by another process. */
    private static final String GROUPS = ".groups";
    private static final int LONGEST = 200;
    /** Far behind the process number that the file holds, so that others may read it. */
    private static final long POSITION = 1L << 30;
    private static final Set<Path> HELD = new HashSet<>();
    /** Handles whose closing would drop a lock that is held elsewhere in this process. */
    private static final List<FileChannel> KEPT_OPEN = new ArrayList<>();

    private final Path file;
    private final FileChannel channel;
    private boolean closed;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The file of a run's lock. @param run its folder */
    static Path ofRun(Path run) throws IOException {
        return run.toRealPath().resolve(NAME);
    }

    /** The file of a group's lock. @param root the folder of its runs */
    static Path ofGroup(Path root, String group) throws IOException {
        String name = group.replaceAll("[^\\w.-]", "_");
        return Files.createDirectories(root.resolve(GROUPS)).toRealPath().resolve(name.substring(0, Math.min(LONGEST, name.length())) + NAME);
    }

    /** Takes a lock; empty if it is held, by another process or by this one. */
    static Optional<RunLock> take(Path file) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(file)) return Optional.empty();
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
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
            try {
                channel.truncate(0);
                WholeFile.writeAll(channel.position(0), ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            HELD.add(file);
            return Optional.of(new RunLock(file, channel));
        }
    }

    /** True if a process, this or another, holds the lock. */
    static boolean isHeld(Path file) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(file)) return true;
            if (!Files.exists(file)) return false;
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            Optional<FileLock> lock = tryLock(channel, true);
            if (!KEPT_OPEN.contains(channel)) channel.close();
            return lock.isEmpty();
        }
    }

    /** The number of the process that holds, or last held, the lock. */
    static String holder(Path file) {
        synchronized (HELD) {
            // reading the file here would drop the lock
            if (HELD.contains(file)) return Long.toString(ProcessHandle.current().pid());
            try {
                return Files.readString(file, StandardCharsets.US_ASCII).strip();
            } catch (IOException e) {
                return "unknown";
            }
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
            HELD.remove(file);
            channel.close();
        }
    }
}
