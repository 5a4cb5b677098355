package relata.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights in the safetensors format: eight bytes of header length, a JSON header, the numbers. Files are mapped, not
 * copied; every length and offset is checked against the file's size before anything is read.
 */
public final class Safetensors {
    private Safetensors() {}

    /**
     * Reads the float arrays (F32, and F64, F16, BF16 converted) of a file, or of all files that a {@code *.index.json} names.
     * Integer arrays, such as position numbers, are checked but left out.
     *
     * @throws IOException if the file is cut off, empty or wrong in any place; the message says where
     */
    public static Weights read(Path file) throws IOException {
        if (file.getFileName().toString().endsWith(".index.json")) return SafetensorsIndex.read(file);
        try (FileChannel channel = Mapped.open(file)) {
            SafetensorsHeader header = SafetensorsHeader.read(file, channel);
            List<Weight> weights = new ArrayList<>();
            for (SafetensorsHeader.Entry e : header.entries())
                if (e.type().isWeight()) weights.add(new Weight(e.name(), e.shape(), e.type().floats(Mapped.map(channel, header.dataStart() + e.begin(), e.end() - e.begin()))));
            return new Weights(file.toString(), weights);
        }
    }

    /** The {@code __metadata__} of a file. @throws IOException as {@link #read} does */
    public static Map<String, String> metadata(Path file) throws IOException {
        try (FileChannel channel = Mapped.open(file)) {
            return SafetensorsHeader.read(file, channel).metadata();
        }
    }

    /**
     * Writes weights as F32, in their order. The file appears whole or not at all: it is written beside its place and then moved
     * there. Equal weights and metadata give equal bytes.
     *
     * @param metadata texts to keep in the file; {@code format: pt}, which other software asks for, is added
     * @throws IOException if it cannot be written; what was there before stays
     */
    public static void write(Path file, Weights weights, Map<String, String> metadata) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("format", "pt");
        metadata.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> texts.put(e.getKey(), e.getValue()));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                writeAll(out, SafetensorsHeader.bytes(weights, texts));
                ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
                for (Weight w : weights) {
                    for (var values = w.values(); values.hasRemaining();) {
                        var some = values.slice(values.position(), Math.min(values.remaining(), chunk.capacity() / Float.BYTES));
                        values.position(values.position() + some.capacity());
                        chunk.clear().asFloatBuffer().put(some);
                        writeAll(out, chunk.limit(some.capacity() * Float.BYTES));
                    }
                }
                out.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw new IOException(file + " could not be written (" + e.getMessage() + ")", e);
        }
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) out.write(bytes);
    }
}
