package relata.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files as memory. */
final class Mapped {
    private Mapped() {}

    /** Opens a file for reading, or says in words that it is not there. */
    static FileChannel open(Path file) throws IOException {
        if (Files.isDirectory(file)) throw new IOException(file + " is a folder, but a file was expected");
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        }
    }

    /** A part of a file, little-endian, read only. It stays valid after the channel is closed. */
    static ByteBuffer map(FileChannel channel, long offset, long size) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, offset, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Says more than a format could about files that are none of ours.
     *
     * @return what the file is in place of a model, with a leading {@code "; "}, or an empty text
     */
    static String hint(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(64);
        channel.read(start, 0);
        String text = new String(start.array(), 0, start.position(), StandardCharsets.ISO_8859_1);
        if (text.startsWith("version https://git-lfs")) return "; it is a Git LFS pointer: fetch the real file with 'git lfs pull'";
        if (text.stripLeading().startsWith("<")) return "; it looks like a web page saved in its place";
        return "";
    }
}
