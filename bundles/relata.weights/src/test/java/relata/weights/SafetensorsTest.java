package relata.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafetensorsTest {
    @TempDir
    Path folder;

    private static Weights some() {
        return new Weights("test", List.of(
                Weight.of("b.weight", List.of(2L, 3L), 1, -2, 3.5f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY),
                Weight.of("a.bias", List.of(3L), 0, -0f, 1e30f), Weight.of("step", List.of(), 7), Weight.of("none", List.of(0L, 4L))));
    }

    @Test
    void whatIsWrittenIsReadBackToTheBit() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, some(), Map.of("note", "a \"text\" – ü"));
        Weights back = Safetensors.read(file);
        assertEquals(List.of("b.weight", "a.bias", "step", "none"), back.names());
        for (Weight w : some()) assertEquals(w, back.get(w.name()));
        assertEquals(Map.of("format", "pt", "note", "a \"text\" – ü"), Safetensors.metadata(file));
    }

    @Test
    void manyValuesGoThroughInChunks() throws IOException {
        float[] values = new float[1_000_003];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) values[i] = random.nextFloat();
        Path file = folder.resolve("large.safetensors");
        Safetensors.write(file, new Weights("test", List.of(Weight.of("w", List.of((long) values.length), values), Weight.of("v", List.of(1L), 3))), Map.of());
        assertArrayEquals(values, Safetensors.read(file).get("w").toArray());
        assertArrayEquals(new float[] {3}, Safetensors.read(file).get("v").toArray());
    }

    @Test
    void equalWeightsGiveEqualBytesInTheLayoutOfTheFormat() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Safetensors.write(one, some(), Map.of("x", "1", "y", "2", "a", "3"));
        Safetensors.write(two, some(), Map.of("a", "3", "y", "2", "x", "1"));
        byte[] bytes = Files.readAllBytes(one);
        assertArrayEquals(bytes, Files.readAllBytes(two));
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(0, header % 8);
        assertEquals(8 + header + 4 * 10, bytes.length);
        String expected = "{\"__metadata__\":{\"format\":\"pt\",\"a\":\"3\",\"x\":\"1\",\"y\":\"2\"},\"b.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},";
        assertEquals(expected, new String(bytes, 8, expected.length(), StandardCharsets.UTF_8));
    }

    @Test
    void aFailedWriteLeavesWhatWasThere() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Files.createDirectories(file.resolve("in-the-way"));
        String message = assertThrows(IOException.class, () -> Safetensors.write(file, some(), Map.of())).getMessage();
        assertTrue(message.contains(file.toString()), message);
        assertTrue(Files.isDirectory(file.resolve("in-the-way")));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
        Path nowhere = folder.resolve("absent").resolve("model.safetensors");
        assertThrows(IOException.class, () -> Safetensors.write(nowhere, some(), Map.of()));
    }

    @Test
    void aMappedFileMayBeReplacedWhileItIsRead() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, some(), Map.of());
        Weights before = Safetensors.read(file);
        Safetensors.write(file, new Weights("test", List.of(Weight.of("w", List.of(1L), 9))), Map.of());
        for (Weight w : some()) assertEquals(w, before.get(w.name()));
    }

    @Test
    void otherFloatTypesAreConvertedAndIntegersLeftOut() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(8 + 4 + 4 + 16 + 2).order(ByteOrder.LITTLE_ENDIAN);
        data.putDouble(-1.5).putShort((short) 0x3e00).putShort((short) 0x8001).putShort((short) 0x3fc0).putShort((short) 0xc000).putLong(1).putLong(2).put((byte) 1).put((byte) 0);
        Path file = write("""
                {"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"h":{"dtype":"F16","shape":[2],"data_offsets":[8,12]},
                 "b":{"dtype":"BF16","shape":[2,1],"data_offsets":[12,16]},"embeddings.position_ids":{"dtype":"I64","shape":[1,2],"data_offsets":[16,32]},
                 "mask":{"dtype":"BOOL","shape":[2],"data_offsets":[32,34]}}\s\s\s""", data.array());
        Weights weights = Safetensors.read(file);
        assertEquals(List.of("d", "h", "b"), weights.names());
        assertArrayEquals(new float[] {-1.5f}, weights.get("d").toArray());
        assertArrayEquals(new float[] {1.5f, -0x1p-24f}, weights.get("h").toArray());
        assertArrayEquals(new float[] {1.5f, -2}, weights.get("b").toArray());
    }

    @Test
    void everyHalfIsWhatItsBitsSay() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 31;
            double fraction = (bits & 1023) / 1024.0;
            double expected = exponent == 31 ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN) : exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
            if (bits >= 1 << 15) expected = -expected;
            assertEquals((float) expected, NumberType.half((short) bits), "bits " + bits);
        }
        assertEquals(Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(NumberType.half((short) 0x8000)));
    }

    @Test
    void aFileCutOffAnywhereOrTooLongIsAnError() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, some(), Map.of());
        byte[] whole = Files.readAllBytes(file);
        for (int n = 0; n < whole.length; n++) assertMessage(Files.write(file, Arrays.copyOf(whole, n)));
        assertMessage(Files.write(file, Arrays.copyOf(whole, whole.length + 1)), "longer");
    }

    @Test
    void whateverBitOfTheHeaderIsWrongTheAnswerIsWeightsOrAnError() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, some(), Map.of());
        byte[] whole = Files.readAllBytes(file);
        int errors = 0;
        for (int bit = 0; bit < 8 * (whole.length - 40); bit += 9) { // a bit of each byte, each time another
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            try {
                assertFalse(Safetensors.read(file).names().isEmpty());
            } catch (IOException e) {
                assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
                errors++;
            }
        }
        assertTrue(errors > whole.length / 2, "most flips must show, but only " + errors + " did");
    }

    @Test
    void wrongHeadersAreErrorsThatSayWhatIsWrong() throws IOException {
        byte[] data = new byte[16];
        String ok = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
        assertMessage(write("{" + ok + "," + entry("b", "F32", "[2]", 4, 12) + "}", data), "'b'", "overlaps");
        assertMessage(write("{" + ok + "," + entry("b", "F32", "[1]", 12, 16) + "}", data), "'b'", "gap");
        assertMessage(write("{" + ok + "," + entry("b", "F32", "[4]", 8, 24) + "}", data), "cut off", "24");
        assertMessage(write("{" + ok + "," + entry("b", "F32", "[3]", 8, 16) + "}", data), "'b'", "[3]", "8 to 16");
        assertMessage(write("{" + ok + "," + entry("b", "F32", "[-2]", 16, 8) + "}", data), "'b'");
        assertMessage(write("{" + ok + "," + entry("b", "F32", "[-1, -2]", 8, 16) + "}", data), "'b'");
        assertMessage(write("{" + ok + "," + entry("b", "F32", "[9223372036854775807,4]", 8, 16) + "}", data), "'b'");
        assertMessage(write("{" + ok + "," + entry("b", "F32", "[99999999999999999999]", 8, 16) + "}", data), "header");
        assertMessage(write("{" + ok + "," + entry("b", "F32", "[\"2\"]", 8, 16) + "}", data), "'b'", "number");
        assertMessage(write("{" + ok + "," + entry("b", "F31", "[2]", 8, 16) + "}", data), "'b'", "F31", "BF16");
        assertMessage(write("{" + ok + "," + ok + "}", data), "'a'", "twice");
        assertMessage(write("{" + ok + ",\"b\":{\"dtype\":\"F32\"}}", data), "'b'", "data_offsets");
        assertMessage(write("{" + ok + ",\"b\":{\"size\":3}}", data), "'b'", "size");
        assertMessage(write("{" + ok + ",\"b\":7}", data), "header");
        assertMessage(write("[1]     ", data), "header");
        assertMessage(write("{" + ok + "} x", data), "header");
        assertMessage(write("{'a':1}", data), "header");
        assertMessage(write("{\"a\":".repeat(5000), data), "'a'");
        assertMessage(Files.write(folder.resolve("x"), new byte[] {4, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xff, '"', '}'}), "UTF-8");
        assertMessage(Files.write(folder.resolve("x"), new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{', '}'}), "18446744073709551615");
        assertMessage(Files.writeString(folder.resolve("x"), "version https://git-lfs.github.com/spec/v1\n"), "git lfs pull");
        assertMessage(Files.writeString(folder.resolve("x"), "<html>not found</html>"), "web page");
        assertMessage(folder.resolve("absent"), "does not exist");
    }

    @Test
    void shardsAreReadAsOneModel() throws IOException {
        Safetensors.write(folder.resolve("1.safetensors"), new Weights("t", List.of(Weight.of("a", List.of(1L), 1), Weight.of("b", List.of(1L), 2))), Map.of());
        Safetensors.write(folder.resolve("2.safetensors"), new Weights("t", List.of(Weight.of("c", List.of(1L), 3))), Map.of());
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, "{\"metadata\":{\"total_size\":12},\"weight_map\":{\"a\":\"1.safetensors\",\"b\":\"1.safetensors\",\"c\":\"2.safetensors\"}}");
        assertEquals(List.of("a", "b", "c"), Safetensors.read(index).names());
        assertEquals(List.of("a", "b", "c"), ModelFiles.read(folder).names());
        assertMessage(Files.writeString(index, "{\"weight_map\":{\"a\":\"1.safetensors\",\"b\":\"2.safetensors\"}}"), "'b'");
        assertMessage(Files.writeString(index, "{\"weight_map\":{\"a\":\"1.safetensors\",\"z\":\"1.safetensors\"}}"), "'z'", "is not");
        assertMessage(Files.writeString(index, "{\"weight_map\":{\"a\":\"3.safetensors\"}}"), "3.safetensors");
        assertMessage(Files.writeString(index, "{\"weight_map\":{\"a\":\"../1.safetensors\"}}"), "../1.safetensors");
        assertMessage(Files.writeString(index, "{\"weights\":{}}"), "weight_map", "weights");
        assertMessage(Files.writeString(index, "{\"weight_map\":{\"a\""), "JSON");
    }

    @Test
    void missingWeightsAndWrongShapesAreNamed() throws IOException {
        Weights weights = some();
        assertTrue(assertThrows(IOException.class, () -> weights.get("c.bias")).getMessage().contains("a.bias"));
        assertTrue(assertThrows(IOException.class, () -> weights.get("a.bias", 4)).getMessage().contains("[3], but [4]"));
        assertEquals(List.of("x.b.weight", "x.a.bias", "x.step", "x.none"), weights.renamed(n -> "x." + n).names());
        assertThrows(IOException.class, () -> weights.renamed(n -> "x"));
        assertArrayEquals(new float[] {1, Float.MIN_VALUE, -2, Float.NaN, 3.5f, Float.NEGATIVE_INFINITY}, weights.get("b.weight").transposed().toArray());
    }

    private static String entry(String name, String type, String shape, long begin, long end) {
        return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + "," + end + "]}";
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return Files.write(folder.resolve("x"), ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).put(data).array());
    }

    private static void assertMessage(Path file, String... parts) {
        String message = assertThrows(IOException.class, () -> Safetensors.read(file)).getMessage();
        assertTrue(message.contains(file.getFileName().toString()), message);
        for (String part : parts) assertTrue(message.contains(part), message);
    }
}
