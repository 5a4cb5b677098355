package relata.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Weights out of a PyTorch checkpoint ({@code pytorch_model.bin}) as PyTorch 1.6 and later write it: an uncompressed zip archive with a
 * pickle that describes the tensors, and their numbers. Nothing in the file is executed.
 */
public final class PyTorchBin {
    /** Names and shapes; the numbers lie elsewhere. A longer one is none. */
    private static final long LONGEST_PICKLE = 1 << 28;

    private final Path file;
    private final ZipFile zip;
    private final String root;
    private final Map<Checkpoint.Storage, FloatBuffer> storages = new HashMap<>();
    private long left;

    private PyTorchBin(Path file, ZipFile zip, String root, long size) {
        this.file = file;
        this.zip = zip;
        this.root = root;
        this.left = size;
    }

    /**
     * Reads the float tensors of a state dictionary. Integer tensors are left out.
     *
     * @throws IOException if the file is cut off, of the format before PyTorch 1.6, or wrong in any place
     */
    public static Weights read(Path file) throws IOException {
        long size;
        try (FileChannel channel = Mapped.open(file)) {
            size = channel.size();
            ByteBuffer start = ByteBuffer.allocate(4);
            channel.read(start, 0);
            if (start.position() < 4) throw new IOException(file + " has " + start.position() + " bytes, but a PyTorch checkpoint was expected");
            if (start.get(0) == (byte) 0x80) throw new IOException(file + " is in PyTorch's format before 1.6; load it once in Python and save it again: torch.save(torch.load(f), f), or save it as safetensors");
            if (start.get(0) != 'P' || start.get(1) != 'K') throw new IOException(file + " is no PyTorch checkpoint" + Mapped.hint(channel));
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> pickles = zip.stream().filter(e -> e.getName().equals("data.pkl") || e.getName().endsWith("/data.pkl")).toList();
            if (pickles.size() != 1) throw new IOException("it should hold one data.pkl, but holds " + pickles.size());
            String name = pickles.get(0).getName();
            return new PyTorchBin(file, zip, name.substring(0, name.length() - "data.pkl".length()), size).weights();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new IOException(file + " is cut off or no PyTorch checkpoint that can be read: " + e.getMessage(), e);
        }
    }

    private Weights weights() throws IOException {
        ZipEntry order = zip.getEntry(root + "byteorder");
        if (order != null && !new String(bytes(order), StandardCharsets.US_ASCII).equals("little")) throw new IOException("its numbers are not little-endian");
        Object dictionary = Checkpoint.read(bytes(entry("data.pkl")));
        Map<String, Checkpoint.Tensor> tensors = Checkpoint.tensors(dictionary).orElseThrow(() -> new IOException("it holds no dictionary of tensors"));
        List<Weight> weights = new ArrayList<>();
        for (Map.Entry<String, Checkpoint.Tensor> e : tensors.entrySet()) {
            Checkpoint.Tensor t = e.getValue();
            if (t.storage().type().isWeight()) weights.add(new Weight(e.getKey(), t.shape(), values(e.getKey(), t)));
        }
        return new Weights(file.toString(), weights);
    }

    private FloatBuffer values(String name, Checkpoint.Tensor t) throws IOException {
        FloatBuffer all = storage(name, t.storage());
        long count = Sizes.product(t.shape());
        if (count < 0 || count > all.capacity() || t.strides().size() != t.shape().size()) throw outside(name, t);
        if (count == 0) return FloatBuffer.allocate(0);
        long last = t.offset();
        long dense = 1;
        boolean contiguous = true;
        for (int d = t.shape().size() - 1; d >= 0; d--) {
            long size = t.shape().get(d);
            long stride = t.strides().get(d);
            if (size == 1) continue;
            if (stride < 0 || stride > all.capacity()) throw outside(name, t);
            last += (size - 1) * stride;
            contiguous &= stride == dense;
            dense *= size;
        }
        if (t.offset() < 0 || last < 0 || last >= all.capacity()) throw outside(name, t);
        return contiguous ? all.slice((int) t.offset(), (int) count) : gather(all, t, (int) count);
    }

    /** The elements of a transposed or otherwise strided view, in its own order. */
    private FloatBuffer gather(FloatBuffer all, Checkpoint.Tensor t, int count) throws IOException {
        take((long) count * Float.BYTES);
        FloatBuffer values = Weight.space(count);
        long[] index = new long[t.shape().size()];
        long at = t.offset();
        for (int i = 0; i < count; i++) {
            values.put(i, all.get((int) at));
            for (int d = index.length - 1; d >= 0; d--) {
                at += t.strides().get(d);
                if (++index[d] < t.shape().get(d)) break;
                at -= index[d] * t.strides().get(d);
                index[d] = 0;
            }
        }
        return values;
    }

    private FloatBuffer storage(String name, Checkpoint.Storage storage) throws IOException {
        FloatBuffer known = storages.get(storage);
        if (known != null) return known;
        ZipEntry entry = entry("data/" + storage.key());
        if (storage.count() < 0 || storage.count() > Integer.MAX_VALUE || entry.getSize() != storage.count() * storage.type().bytes)
            throw new IOException("the tensor '" + name + "' has " + storage.count() + " numbers of " + storage.type() + ", but its entry " + entry.getName() + " has " + entry.getSize() + " bytes");
        if (entry.getSize() > Integer.MAX_VALUE) throw new IOException("the tensor '" + name + "' has " + entry.getSize() + " bytes, but tensors of 2 GiB and more are not supported");
        take(entry.getSize());
        ByteBuffer bytes = ByteBuffer.allocateDirect((int) entry.getSize());
        try (InputStream in = zip.getInputStream(entry); ReadableByteChannel channel = Channels.newChannel(in)) {
            while (bytes.hasRemaining())
                if (channel.read(bytes) < 0) throw new IOException("its entry " + entry.getName() + " ends after " + bytes.position() + " of " + entry.getSize() + " bytes");
        }
        FloatBuffer values = storage.type().floats(bytes.flip());
        storages.put(storage, values);
        return values;
    }

    /** No honest archive gives more than its own size, each number used once. */
    private void take(long bytes) throws IOException {
        left -= bytes;
        if (left < 0) throw new IOException("its tensors would take more room than the file has");
    }

    private ZipEntry entry(String name) throws IOException {
        ZipEntry entry = zip.getEntry(root + name);
        if (entry == null) throw new IOException("its entry " + root + name + " is missing");
        if (entry.getMethod() != ZipEntry.STORED) throw new IOException("its entry " + entry.getName() + " is compressed, which PyTorch never does");
        return entry;
    }

    private byte[] bytes(ZipEntry entry) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() > LONGEST_PICKLE) throw new IOException("its entry " + entry.getName() + " is compressed or has " + entry.getSize() + " bytes");
        take(entry.getSize());
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static IOException outside(String name, Checkpoint.Tensor t) {
        return new IOException("the tensor '" + name + "' of shape " + t.shape() + ", strides " + t.strides() + " and offset " + t.offset() + " lies outside its storage of " + t.storage().count() + " numbers");
    }
}
