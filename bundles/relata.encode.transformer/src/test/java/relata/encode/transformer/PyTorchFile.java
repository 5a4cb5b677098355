package relata.encode.transformer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import relata.weights.Weight;

/** Writes a state dictionary as {@code torch.save} does: a zip of a pickle and one entry for each array. */
final class PyTorchFile {
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

    private PyTorchFile() {}

    static void write(Path file, List<Weight> weights) throws IOException {
        PyTorchFile state = new PyTorchFile();
        state.op(0x80, 2).global("collections", "OrderedDict").op(')', 'R', '(');
        for (int i = 0; i < weights.size(); i++) state.tensor(weights.get(i), String.valueOf(i));
        state.op('u', '.');
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            entry(zip, "archive/data.pkl", state.pickle.toByteArray());
            for (int i = 0; i < weights.size(); i++) {
                ByteBuffer bytes = ByteBuffer.allocate(weights.get(i).count() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(weights.get(i).values());
                entry(zip, "archive/data/" + i, bytes.array());
            }
            entry(zip, "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    private void tensor(Weight weight, String key) {
        text(weight.name()).global("torch._utils", "_rebuild_tensor_v2").op('(', '(').text("storage").global("torch", "FloatStorage").text(key).text("cpu").number(weight.count()).op('t', 'Q');
        number(0).op('(');
        weight.shape().forEach(d -> number(d.intValue()));
        op('t', '(');
        for (int i = 1; i <= weight.shape().size(); i++) number((int) weight.shape().subList(i, weight.shape().size()).stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b));
        op('t', 0x89).global("collections", "OrderedDict").op(')', 'R', 't', 'R');
    }

    private PyTorchFile op(int... codes) {
        for (int code : codes) pickle.write(code);
        return this;
    }

    private PyTorchFile global(String module, String name) {
        pickle.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private PyTorchFile text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        op('X').pickle.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
        pickle.writeBytes(bytes);
        return this;
    }

    private PyTorchFile number(int n) {
        op('J').pickle.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(n).array());
        return this;
    }
}
