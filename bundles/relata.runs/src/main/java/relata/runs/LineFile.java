package relata.runs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A text file that only grows, line by line. A last line without its end was half-written when a process died: readers do not see it,
 * the next writer cuts it off.
 */
final class LineFile {
    private final Path file;

    LineFile(Path file) {
        this.file = file;
    }

    /** Appends a line, whole or not at all. @param forced whether it must outlive a power cut from now on */
    synchronized void append(String line, boolean forced) throws IOException {
        // opened anew each time: cut and moved files are never written through an old handle
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = wholeLines(channel);
            if (end < channel.size()) channel.truncate(end);
            try {
                channel.position(end);
                WholeFile.writeAll(channel, ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
                if (forced) channel.force(false);
            } catch (IOException e) {
                cutBack(channel, end, e);
                throw e;
            }
        }
    }

    private static void cutBack(FileChannel channel, long end, IOException cause) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Cuts off a half-written last line. */
    synchronized void cut() throws IOException {
        if (!Files.exists(file)) return;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = wholeLines(channel);
            if (end < channel.size()) channel.truncate(end);
        }
    }

    /** The whole lines, without their ends. */
    synchronized List<String> lines() throws IOException {
        if (!Files.exists(file)) return List.of();
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') end--;
        // split before decoding: the half-written line may end within a character
        return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    }

    /** Puts other lines in place of all, at once. */
    synchronized void replace(List<String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : lines) text.append(line).append('\n');
        WholeFile.write(file, text.toString());
    }

    /** Where the last whole line ends. */
    private static long wholeLines(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(4096);
        long end = channel.size();
        while (end > 0) {
            long start = Math.max(0, end - block.capacity());
            block.clear().limit((int) (end - start));
            while (block.hasRemaining() && channel.read(block, start + block.position()) >= 0) {}
            for (int i = block.position() - 1; i >= 0; i--) if (block.get(i) == '\n') return start + i + 1;
            end = start;
        }
        return 0;
    }
}
