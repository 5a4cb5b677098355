package relata.console.model;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is in a folder, by which file it is, when it was written and how long it is: tells whether anything in it was written, replaced or removed since, without reading it.
 *
 * @param entries by path; none if the folder is not there, or changes just now
 */
record FolderStamp(Map<Path, Entry> entries) {
    /** A model's folder, and that of its export within. */
    private static final int DEPTH = 2;

    /** A file or folder. @param key another one for a new file of the same name; null where the file system has none */
    private record Entry(@Nullable Object key, FileTime written, long size) {}

    FolderStamp {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    /** As the folder is now. */
    static FolderStamp of(Path folder) {
        Map<Path, Entry> entries = new TreeMap<>();
        try {
            Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    return visitFile(path, attributes);
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    entries.put(path, new Entry(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size()));
                    return FileVisitResult.CONTINUE;
                }
            });
            return new FolderStamp(entries);
        } catch (IOException e) {
            return new FolderStamp(Map.of());
        }
    }
}
