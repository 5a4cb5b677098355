package relata.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writing so that nothing half-written is ever taken for whole: beside, then moved. */
final class Folders {
    /** Fills a folder. */
    interface Filling {
        void fill(Path folder) throws IOException;
    }

    private Folders() {}

    /** Makes or replaces a folder: filled beside, synced, moved. A crash leaves the old one, the new one, or (between two moves) the old one under {@code NAME.old}. */
    static void replace(Path folder, Filling filling) throws IOException {
        Path beside = folder.resolveSibling(folder.getFileName() + ".new"), old = folder.resolveSibling(folder.getFileName() + ".old");
        try {
            delete(beside);
            Files.createDirectories(beside);
            filling.fill(beside);
            sync(beside);
            delete(old);
            if (Files.exists(folder)) Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
        } catch (IOException e) {
            discardAfter(e, beside);
            throw Words.cannotWrite(folder, e);
        } catch (RuntimeException e) {
            discardAfter(e, beside);
            throw e;
        }
    }

    /** Frees the space of what could not be completed; that this fails too must not hide why. */
    private static void discardAfter(Exception cause, Path beside) {
        try {
            delete(beside);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Undoes what a crash left: brings back {@code NAME.old} if {@code NAME} is missing. */
    static void recover(Path folder) throws IOException {
        Path old = folder.resolveSibling(folder.getFileName() + ".old");
        if (!Files.exists(folder) && Files.exists(old)) Files.move(old, folder, StandardCopyOption.ATOMIC_MOVE);
        delete(old);
        delete(folder.resolveSibling(folder.getFileName() + ".new"));
    }

    /** Writes a text file beside, then moves it. */
    static void write(Path file, String text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(beside, text, StandardCharsets.UTF_8);
            force(beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discardAfter(e, beside);
            throw Words.cannotWrite(file, e);
        }
    }

    /** Copies the files of a folder (no folders in it) into another. */
    static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(from)) {
            files = list.toList();
        }
        for (Path file : files) Files.copy(file, to.resolve(file.getFileName().toString()));
    }

    /** Deletes a folder: first its name, at once, then what was in it. */
    static void discard(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        Path gone = folder.resolveSibling(folder.getFileName() + ".gone");
        delete(gone);
        Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
        delete(gone);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path p : all) Files.deleteIfExists(p);
    }

    /** Sees to it that the disk has all of it. */
    static void sync(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) force(file);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
