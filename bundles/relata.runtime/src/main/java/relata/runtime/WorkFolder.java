package relata.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hidden folder in which something is made beside its place, {@code .NAME-DIGITS}. Whoever works in it holds a lock of the operating system, which gives it back when the
 * process dies, however it dies: so others can tell what is of no more use. Within this process a set keeps account, because closing any handle of a file drops all locks
 * that the process has on it.
 */
final class WorkFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
    private static final String LOCK = ".export-lock";
    private static final Set<Path> OWN = new HashSet<>();
    /** Handles whose closing would drop a lock that another copy of this class holds. */
    private static final List<FileChannel> KEPT_OPEN = new ArrayList<>();

    private final Path folder;
    private final Path key;
    private final @Nullable FileChannel channel;

    private WorkFolder(Path folder, Path key, @Nullable FileChannel channel) {
        this.folder = folder;
        this.key = key;
        this.channel = channel;
    }

    /** A new one. @param name of what will be made */
    static WorkFolder make(Path parent, String name) throws IOException {
        synchronized (OWN) {
            while (true) {
                Path folder = Files.createTempDirectory(parent, "." + name + "-");
                Path lock = folder.resolve(LOCK);
                FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                try {
                    // another process that tidies may have been faster, between these two lines
                    if (channel.tryLock() != null && Files.exists(lock)) return own(folder, channel);
                    channel.close();
                } catch (IOException e) {
                    LOG.debug("The file system of {} has no locks, so nobody will know when it is of no more use: {}", parent, e.toString());
                    channel.close();
                    Files.delete(lock);
                    return own(folder, null);
                }
            }
        }
    }

    /** Those in which a process died, taken over. What has no lock is not known to be one, and what cannot be looked at stays. @param name of what was to be made */
    static List<WorkFolder> abandoned(Path parent, String name) {
        List<Path> named = named(parent, name);
        List<WorkFolder> taken = new ArrayList<>();
        synchronized (OWN) {
            for (Path folder : named) {
                try {
                    if (OWN.contains(folder.toRealPath())) continue;
                    FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                    Optional<WorkFolder> own = Optional.empty();
                    try {
                        if (isFree(channel)) own = Optional.of(own(folder, channel));
                    } finally {
                        if (own.isEmpty() && !KEPT_OPEN.contains(channel)) channel.close();
                    }
                    own.ifPresent(taken::add);
                } catch (IOException e) {
                    LOG.debug("{} stays: {}", folder, e.toString());
                }
            }
        }
        return taken;
    }

    private static List<Path> named(Path parent, String name) {
        try (Stream<Path> list = Files.list(parent)) {
            return list.filter(f -> isNamed(f, name) && Files.isRegularFile(f.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} cannot be looked through: {}", parent, e.toString());
            return List.of();
        }
    }

    private static boolean isNamed(Path folder, String name) {
        String start = "." + name + "-", all = folder.getFileName().toString();
        return all.startsWith(start) && all.substring(start.length()).matches("[0-9]+") && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            KEPT_OPEN.add(channel);
            return false;
        }
    }

    private static WorkFolder own(Path folder, @Nullable FileChannel channel) throws IOException {
        Path key = folder.toRealPath();
        OWN.add(key);
        return new WorkFolder(folder, key, channel);
    }

    /** What is made, until it is whole. */
    Path made() {
        return folder.resolve("new");
    }

    /** What was in its place before. */
    Path before() {
        return folder.resolve("old");
    }

    /** Deletes it, with all that is in it. */
    void delete() throws IOException {
        Folders.delete(folder);
    }

    /** The folder's name. */
    @Override
    public String toString() {
        return folder.toString();
    }

    /** From now on, if it is still there, it is of no more use. */
    @Override
    public void close() throws IOException {
        synchronized (OWN) {
            OWN.remove(key);
            if (channel != null) channel.close();
        }
    }
}
