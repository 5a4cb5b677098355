package relata.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What the file system said, in words that tell what to do. */
final class Trouble {
    private Trouble() {}

    /** @param doing what went wrong, e.g. {@code cannot write} */
    static IOException of(String doing, Path path, IOException cause) {
        return new IOException(doing + " " + path + ": " + reason(cause), cause);
    }

    /** The same for methods that declare no exception. */
    static UncheckedIOException unchecked(String doing, Path path, IOException cause) {
        return new UncheckedIOException(of(doing, path, cause).getMessage(), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) return "permission denied. Change the rights of the folder or choose another one.";
        if (cause instanceof NoSuchFileException missing) return missing.getFile() + " does not exist.";
        if (cause instanceof NotDirectoryException || cause instanceof FileAlreadyExistsException) return "a file of that name is in the way. Move it or choose another folder.";
        String reason = cause instanceof FileSystemException f && f.getReason() != null ? f.getReason() : String.valueOf(cause.getMessage());
        if (reason.startsWith("No space left") || reason.startsWith("Disk quota")) return reason + ". Free some space; what is complete is kept and the run can go on from there.";
        if (reason.startsWith("Read-only")) return reason + ". Choose a folder that can be written.";
        return reason + ".";
    }
}
