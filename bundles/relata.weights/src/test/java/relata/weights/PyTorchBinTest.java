package relata.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PyTorchBinTest {
    @TempDir
    Path folder;

    /** A pickle of protocol 2, opcode by opcode as Python's pickler writes a state dictionary. */
    private static final class Pickle {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Pickle op(int... codes) {
            for (int c : codes) out.write(c);
            return this;
        }

        Pickle line(String text) {
            out.writeBytes((text + "\n").getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Pickle text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            op('X').out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
            out.writeBytes(bytes);
            return this;
        }

        Pickle number(int n) {
            op('J').out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(n).array());
            return this;
        }

        Pickle numbers(int... ns) {
            op('(');
            for (int n : ns) number(n);
            return op('t');
        }

        Pickle global(String module, String name) {
            return op('c').line(module).line(name);
        }

        Pickle begin() {
            return op(0x80, 2).global("collections", "OrderedDict").op(')', 'R', '(');
        }

        Pickle tensor(String name, String storage, String key, int count, int offset, int[] shape, int[] strides) {
            return text(name).global("torch._utils", "_rebuild_tensor_v2").op('(')
                    .op('(').text("storage").global("torch", storage).text(key).text("cpu").number(count).op('t', 'Q')
                    .number(offset).numbers(shape).numbers(strides).op(0x89).global("collections", "OrderedDict").op(')', 'R').op('t', 'R');
        }

        byte[] end() {
            // the _metadata that PyTorch keeps as the dictionary's state
            return op('u', '}').text("_metadata").op('}', 's', 'b', '.').out.toByteArray();
        }
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** Entries alternate: name, bytes. */
    private Path zip(int method, Object... entries) throws IOException {
        Path file = folder.resolve("pytorch_model.bin");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < entries.length; i += 2) {
                ZipEntry entry = new ZipEntry((String) entries[i]);
                byte[] bytes = (byte[]) entries[i + 1];
                CRC32 sum = new CRC32();
                sum.update(bytes);
                entry.setMethod(method);
                entry.setSize(bytes.length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(bytes);
            }
        }
        return file;
    }

    private Path some() throws IOException {
        byte[] pickle = new Pickle().begin()
                .tensor("z.weight", "FloatStorage", "0", 6, 0, new int[] {2, 3}, new int[] {3, 1})
                .tensor("turned.weight", "FloatStorage", "0", 6, 0, new int[] {3, 2}, new int[] {1, 3})
                .tensor("part.bias", "FloatStorage", "0", 6, 4, new int[] {2}, new int[] {1})
                .tensor("half.bias", "HalfStorage", "1", 2, 0, new int[] {2}, new int[] {1})
                .tensor("embeddings.position_ids", "LongStorage", "2", 1, 0, new int[] {1, 1}, new int[] {1, 1})
                .text("number").number(7)
                .text("unknown").global("os", "system").op('(').text("rm -rf /").op('t', 'R')
                .end();
        return zip(ZipEntry.STORED, "archive/data.pkl", pickle, "archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII), "archive/data/0", floats(1, 2, 3, 4, 5, 6),
                "archive/data/1", new byte[] {0, 0x3c, 0, (byte) 0xc0}, "archive/data/2", new byte[8], "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void tensorsAreReadInTheirOrderAndNothingIsRun() throws IOException {
        Weights weights = PyTorchBin.read(some());
        assertEquals(List.of("z.weight", "turned.weight", "part.bias", "half.bias"), weights.names());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, weights.get("z.weight", 2, 3).toArray());
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, weights.get("turned.weight", 3, 2).toArray());
        assertArrayEquals(new float[] {5, 6}, weights.get("part.bias", 2).toArray());
        assertArrayEquals(new float[] {1, -2}, weights.get("half.bias", 2).toArray());
        assertEquals(4, ModelFiles.read(folder).size());
    }

    @Test
    void aStateDictionaryInsideATrainingCheckpointIsFound() throws IOException {
        byte[] inner = new Pickle().op('(').tensor("a", "FloatStorage", "0", 1, 0, new int[] {1}, new int[] {1}).op('u').out.toByteArray();
        Pickle outer = new Pickle().op(0x80, 2, '}', '(').text("epoch").number(3).text("state_dict").op('}');
        outer.out.writeBytes(inner);
        Path file = zip(ZipEntry.STORED, "x/data.pkl", outer.op('u', '.').out.toByteArray(), "x/data/0", floats(5));
        assertArrayEquals(new float[] {5}, PyTorchBin.read(file).get("a").toArray());
    }

    @Test
    void whatDoesNotFitIsAnErrorThatSaysWhat() throws IOException {
        int[] one = {1};
        assertMessage(archive(new Pickle().begin().tensor("a", "FloatStorage", "0", 3, 0, one, one).end(), floats(1, 2)), "'a'", "3 numbers", "8 bytes");
        assertMessage(archive(new Pickle().begin().tensor("a", "FloatStorage", "0", 2, 2, one, one).end(), floats(1, 2)), "'a'", "outside");
        assertMessage(archive(new Pickle().begin().tensor("a", "FloatStorage", "0", 2, -1, one, one).end(), floats(1, 2)), "'a'", "outside");
        assertMessage(archive(new Pickle().begin().tensor("a", "FloatStorage", "0", 2, 0, new int[] {2, 1000000}, new int[] {0, 0}).end(), floats(1, 2)), "'a'", "outside");
        assertMessage(archive(new Pickle().begin().tensor("a", "FloatStorage", "0", 2, 0, new int[] {2}, new int[] {-1}).end(), floats(1, 2)), "'a'", "outside");
        assertMessage(archive(new Pickle().begin().tensor("a", "FloatStorage", "0", 2, 0, new int[] {2}, new int[] {}).end(), floats(1, 2)), "'a'", "outside");
        assertMessage(archive(new Pickle().begin().tensor("a", "FloatStorage", "9", 2, 0, one, one).end(), floats(1, 2)), "data/9", "missing");
        assertMessage(archive(new Pickle().begin().tensor("a", "ComplexFloatStorage", "0", 2, 0, one, one).end(), floats(1, 2)), "ComplexFloatStorage");
        assertMessage(archive(new Pickle().begin().text("a").number(1).end(), floats(1, 2)), "no dictionary of tensors");
        assertMessage(archive(new Pickle().op(0x80, 2, ']', '.').out.toByteArray(), floats(1, 2)), "no dictionary of tensors");
        assertMessage(archive(new Pickle().op(0x80, 2, 'X', 0xff, 0xff, 0xff, 0x7f, 'a').out.toByteArray(), floats(1, 2)), "longer than the file");
        assertMessage(archive(new byte[0], floats(1)));
        assertMessage(archive(new byte[] {'.'}, floats(1)));
        assertMessage(zip(ZipEntry.STORED, "archive/other", floats(1)), "data.pkl");
        assertMessage(zip(ZipEntry.DEFLATED, "archive/data.pkl", new Pickle().begin().end()), "compressed");
        assertMessage(zip(ZipEntry.STORED, "archive/data.pkl", new Pickle().begin().end(), "archive/byteorder", "big".getBytes(StandardCharsets.US_ASCII)), "little-endian");
    }

    @Test
    void tensorsThatWouldTakeMoreRoomThanTheFileAreRefused() throws IOException {
        Pickle pickle = new Pickle().begin();
        for (int i = 0; i < 200; i++) pickle.tensor("t" + i, "FloatStorage", "0", 10000, 0, new int[] {100, 100}, new int[] {1, 100});
        assertMessage(archive(pickle.end(), floats(new float[10000])), "more room");
    }

    @Test
    void otherFilesAreNamedForWhatTheyAre() throws IOException {
        assertMessage(Files.write(folder.resolve("old.bin"), new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 'l'}), "before 1.6", "safetensors");
        assertMessage(Files.writeString(folder.resolve("pointer.bin"), "version https://git-lfs.github.com/spec/v1\n"), "git lfs pull");
        assertMessage(Files.writeString(folder.resolve("short.bin"), "PK"), "2 bytes");
        assertMessage(Files.writeString(folder.resolve("text.bin"), "hello, this is no model"), "no PyTorch checkpoint");
        assertMessage(folder.resolve("absent.bin"), "does not exist");
    }

    @Test
    void aFileCutOffAnywhereIsAnError() throws IOException {
        Path file = some();
        byte[] whole = Files.readAllBytes(file);
        for (int n = 0; n < whole.length; n++) assertMessage(Files.write(file, Arrays.copyOf(whole, n)));
    }

    @Test
    void whateverBitIsWrongTheAnswerIsWeightsOrAnError() throws IOException {
        Path file = some();
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * whole.length; bit += 9) { // a bit of each byte, each time another
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            try {
                assertFalse(PyTorchBin.read(file).names().isEmpty());
            } catch (IOException e) {
                assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
            }
        }
    }

    private Path archive(byte[] pickle, byte[] data) throws IOException {
        return zip(ZipEntry.STORED, "archive/data.pkl", pickle, "archive/data/0", data);
    }

    private static void assertMessage(Path file, String... parts) {
        String message = assertThrows(IOException.class, () -> PyTorchBin.read(file)).getMessage();
        assertTrue(message.contains(file.toString()), message);
        for (String part : parts) assertTrue(message.contains(part), message);
    }
}
