package relata.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named float32 arrays of an optimiser, one after the other: name, shape, little-endian numbers. Streams, since moments may be larger than the heap. */
final class StateFile {
    private static final int MAX_RANK = 8;

    private StateFile() {}

    static void write(Path file, Map<String, NDArray> arrays) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
            out.writeInt(arrays.size());
            for (Map.Entry<String, NDArray> e : arrays.entrySet()) {
                long[] shape = e.getValue().getShape().getShape();
                out.writeUTF(e.getKey());
                out.writeInt(shape.length);
                for (long d : shape) out.writeLong(d);
                ByteBuffer numbers = e.getValue().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                byte[] chunk = new byte[1 << 20];
                while (numbers.hasRemaining()) {
                    int n = Math.min(chunk.length, numbers.remaining());
                    numbers.get(chunk, 0, n);
                    out.write(chunk, 0, n);
                }
            }
        }
    }

    static Map<String, NDArray> read(Path file, NDManager manager) throws IOException {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new BufferedInputStream(raw, 1 << 20))) {
            int count = in.readInt();
            if (count < 0) throw new IOException(file + " is damaged: it claims " + count + " arrays");
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                Shape s = shape(in, file, name);
                ByteBuffer numbers = ByteBuffer.allocateDirect(Math.toIntExact(s.size() * 4)).order(ByteOrder.LITTLE_ENDIAN);
                byte[] chunk = new byte[1 << 20];
                while (numbers.hasRemaining()) {
                    int n = Math.min(chunk.length, numbers.remaining());
                    in.readFully(chunk, 0, n);
                    numbers.put(chunk, 0, n);
                }
                FloatBuffer floats = numbers.flip().asFloatBuffer();
                try (NDArray wrapped = manager.create(floats, s, DataType.FLOAT32)) {
                    arrays.put(name, wrapped.duplicate());
                }
            }
            if (in.read() >= 0) throw new IOException(file + " is damaged: it goes on after its " + count + " arrays");
        } catch (EOFException e) {
            throw new IOException(file + " is cut off", e);
        } catch (UTFDataFormatException e) {
            throw new IOException(file + " is damaged: the name of an array is unreadable", e);
        }
        return arrays;
    }

    private static Shape shape(DataInputStream in, Path file, String name) throws IOException {
        int rank = in.readInt();
        if (rank < 0 || rank > MAX_RANK) throw new IOException(file + " is damaged: '" + name + "' claims " + rank + " dimensions");
        long[] shape = new long[rank];
        long room = Files.size(file) / Float.BYTES;
        for (int d = 0; d < rank; d++) {
            shape[d] = in.readLong();
            // by division: a product of nonsense may overflow
            if (shape[d] < 0 || shape[d] > room) throw new IOException(file + " is damaged: '" + name + "' claims a dimension of " + shape[d]);
            if (shape[d] > 0) room /= shape[d];
        }
        return new Shape(shape);
    }
}
