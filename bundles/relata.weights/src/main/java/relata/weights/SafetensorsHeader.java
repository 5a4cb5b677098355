package relata.weights;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonArray;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file.
 *
 * @param dataStart where the numbers begin in the file; offsets count from here
 * @param entries the arrays, in the order of their numbers
 */
record SafetensorsHeader(long dataStart, List<Entry> entries, Map<String, String> metadata) {
    /** One array: its bytes are {@code begin} to {@code end - 1} of the data. */
    record Entry(String name, NumberType type, List<Long> shape, long begin, long end) {}

    /** As the format's own library: no honest header is longer. */
    private static final long LONGEST = 100_000_000;

    static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) throw new IOException(file + " has " + size + " bytes, but a safetensors file begins with 8 bytes of header length" + Mapped.hint(channel));
        long length = Mapped.map(channel, 0, 8).getLong();
        if (length < 2 || length > LONGEST)
            throw new IOException(file + " is no safetensors file: it would have a header of " + Long.toUnsignedString(length) + " bytes" + Mapped.hint(channel));
        if (length > size - 8) throw new IOException(file + " is cut off or no safetensors file: its header should have " + length + " bytes, but the file ends after " + (size - 8) + Mapped.hint(channel));
        String json;
        try {
            json = StandardCharsets.UTF_8.newDecoder().decode(Mapped.map(channel, 8, length)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": the safetensors header is not UTF-8", e);
        }
        SafetensorsHeader header;
        try {
            header = parse(file, json, 8 + length);
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            if (e instanceof WrongHeader wrong) throw wrong;
            throw new IOException(file + ": the safetensors header is not the JSON it should be (" + e.getMessage() + ")", e);
        }
        long at = 0;
        for (Entry e : header.entries) {
            if (e.begin != at)
                throw new WrongHeader(file, e.name, (e.begin < at ? "overlaps the array before it: it begins at byte " : "leaves a gap before it: it begins at byte ") + e.begin + ", but byte " + at + " is next");
            at = e.end;
        }
        long data = size - header.dataStart;
        if (at > data) throw new IOException(file + " is cut off: its header promises " + at + " bytes of numbers, but there are " + data);
        if (at < data) throw new IOException(file + " is longer than its header says: " + at + " bytes of numbers were expected, but there are " + data);
        return header;
    }

    private static SafetensorsHeader parse(Path file, String json, long dataStart) throws IOException {
        JsonReader in = new JsonReader(new StringReader(json));
        in.setStrictness(Strictness.STRICT);
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (name.equals("__metadata__")) {
                in.beginObject();
                while (in.hasNext()) metadata.put(in.nextName(), in.nextString());
                in.endObject();
            } else if (entries.put(name, entry(file, name, in)) != null) throw new WrongHeader(file, name, "is listed twice");
        }
        in.endObject();
        if (in.peek() != JsonToken.END_DOCUMENT) throw new IOException("text after the last bracket");
        List<Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        return new SafetensorsHeader(dataStart, sorted, metadata);
    }

    private static Entry entry(Path file, String name, JsonReader in) throws IOException {
        NumberType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        in.beginObject();
        while (in.hasNext()) {
            String key = in.nextName();
            switch (key) {
                case "dtype" -> type = type(file, name, in.nextString());
                case "shape" -> shape = numbers(file, name, in);
                case "data_offsets" -> offsets = numbers(file, name, in);
                default -> throw new WrongHeader(file, name, "has the key '" + key + "'; dtype, shape and data_offsets are known");
            }
        }
        in.endObject();
        if (type == null || shape == null || offsets == null) throw new WrongHeader(file, name, "needs dtype, shape and data_offsets");
        if (offsets.size() != 2) throw new WrongHeader(file, name, "needs two data_offsets, but has " + offsets);
        long begin = offsets.get(0);
        long end = offsets.get(1);
        long count = Sizes.product(shape);
        if (begin < 0 || end < begin || count < 0 || count > Integer.MAX_VALUE || end - begin != count * type.bytes)
            throw new WrongHeader(file, name, "of type " + type + " and shape " + shape + " cannot lie at bytes " + begin + " to " + end);
        if (end - begin > Integer.MAX_VALUE) throw new WrongHeader(file, name, "has " + (end - begin) + " bytes, but arrays of 2 GiB and more are not supported");
        return new Entry(name, type, shape, begin, end);
    }

    private static NumberType type(Path file, String name, String word) throws IOException {
        for (NumberType t : NumberType.values()) if (t.name().equals(word)) return t;
        throw new WrongHeader(file, name, "has the type '" + word + "'; known are " + List.of(NumberType.values()));
    }

    private static List<Long> numbers(Path file, String name, JsonReader in) throws IOException {
        List<Long> numbers = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            if (in.peek() != JsonToken.NUMBER) throw new WrongHeader(file, name, "has " + in.peek() + " where a number was expected");
            numbers.add(in.nextLong());
        }
        in.endArray();
        return numbers;
    }

    /** Header length and header of a file of these weights, padded by spaces so that the numbers begin at a multiple of 8. */
    static ByteBuffer bytes(Weights weights, Map<String, String> metadata) {
        JsonObject json = new JsonObject();
        JsonObject texts = new JsonObject();
        metadata.forEach(texts::addProperty);
        json.add("__metadata__", texts);
        long at = 0;
        for (Weight w : weights) {
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", NumberType.F32.name());
            entry.add("shape", array(w.shape()));
            long end = at + (long) Float.BYTES * w.count();
            entry.add("data_offsets", array(List.of(at, end)));
            json.add(w.name(), entry);
            at = end;
        }
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 7) / 8 * 8;
        ByteBuffer bytes = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(text);
        while (bytes.hasRemaining()) bytes.put((byte) ' ');
        return bytes.flip();
    }

    private static JsonArray array(List<Long> numbers) {
        JsonArray array = new JsonArray();
        numbers.forEach(n -> array.add(new JsonPrimitive(n)));
        return array;
    }

    private static final class WrongHeader extends IOException {
        private static final long serialVersionUID = 1;

        WrongHeader(Path file, String name, String what) {
            super(file + ": the array '" + name + "' " + what);
        }
    }
}
