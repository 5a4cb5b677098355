package relata.runtime;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors and labels that a classifier was fitted on, in {@code vectors.bin}: two ints R and D, then for each row the label (modified
 * UTF-8 with length) and D floats, all big-endian.
 */
record TrainingVectors(float[][] rows, List<String> labels) {
    private static final String FILE = "vectors.bin";

    void write(Path folder) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(folder.resolve(FILE))))) {
            out.writeInt(rows.length);
            out.writeInt(rows.length == 0 ? 0 : rows[0].length);
            for (int r = 0; r < rows.length; r++) {
                out.writeUTF(labels.get(r));
                for (float x : rows[r]) out.writeFloat(x);
            }
        }
    }

    static TrainingVectors read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int size = in.readInt(), width = in.readInt();
            if (size < 1 || width < 1 || (long) size * width * 4 > Files.size(file)) throw new IOException(file + " is damaged: it claims " + size + " vectors of " + width + " numbers");
            float[][] rows = new float[size][width];
            List<String> labels = new ArrayList<>();
            for (float[] row : rows) {
                labels.add(in.readUTF());
                for (int d = 0; d < width; d++) row[d] = in.readFloat();
            }
            return new TrainingVectors(rows, labels);
        } catch (EOFException e) {
            throw new IOException(file + " is cut off", e);
        }
    }
}
