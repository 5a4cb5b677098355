package relata.runtime;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What went wrong, in words for people. */
final class Words {
    private Words() {}

    /** An exception's message; of those whose message is a bare path or nothing, a sentence. */
    static String of(Throwable problem) {
        String message = message(problem);
        if (message == null) return problem.getClass().getName();
        if (problem instanceof NoSuchFileException e) return "there is no file " + e.getFile();
        if (problem instanceof AccessDeniedException e) return "not allowed to use " + e.getFile();
        if (problem instanceof NotDirectoryException e) return e.getFile() + " is not a folder";
        if (problem instanceof FileAlreadyExistsException e) return e.getFile() + " is there already";
        return message;
    }

    /** An exception of a plug-in may throw when it is asked. */
    private static @Nullable String message(Throwable problem) {
        try {
            return problem.getMessage();
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }

    /** With the place, which the system's own "No space left on device" lacks. */
    static IOException cannotWrite(Path path, IOException cause) {
        String reason = cause instanceof FileSystemException e && e.getReason() != null ? e.getReason() : of(cause);
        return new IOException("cannot write " + path + ": " + reason, cause);
    }
}
