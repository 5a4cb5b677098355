package relata.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxTest {
    @TempDir
    Path folder;

    /** The 16 parameters of a BERT layer, the 5 of its embeddings. */
    private static void assertBert(Weights weights, int layers) throws IOException {
        weights.get("embeddings.word_embeddings.weight", 30522, 384);
        weights.get("embeddings.position_embeddings.weight", 512, 384);
        weights.get("embeddings.token_type_embeddings.weight", 2, 384);
        weights.get("embeddings.LayerNorm.weight", 384);
        weights.get("embeddings.LayerNorm.bias", 384);
        for (int i = 0; i < layers; i++) {
            String layer = "encoder.layer." + i + ".";
            for (String part : List.of("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")) {
                weights.get(layer + part + ".weight", 384, 384);
                weights.get(layer + part + ".bias", 384);
            }
            weights.get(layer + "intermediate.dense.weight", 1536, 384);
            weights.get(layer + "intermediate.dense.bias", 1536);
            weights.get(layer + "output.dense.weight", 384, 1536);
            weights.get(layer + "output.dense.bias", 384);
            for (String part : List.of("attention.output.LayerNorm", "output.LayerNorm")) {
                weights.get(layer + part + ".weight", 384);
                weights.get(layer + part + ".bias", 384);
            }
        }
        for (Weight w : weights) for (float v : w.toArray()) assertTrue(Math.abs(v) < 100, () -> w.name() + " holds " + v);
    }

    private Path unpacked(String resource) throws IOException {
        Path file = folder.resolve(resource);
        try (InputStream in = getClass().getResourceAsStream("/" + resource)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    @Test
    void allParametersOfMiniLmGetTheirNames() throws IOException {
        Weights weights = Onnx.read(unpacked("all-minilm-l6-v2.onnx"));
        assertEquals(103, weights.size());
        assertBert(weights, 6);
        weights.get("pooler.dense.weight", 384, 384);
        weights.get("pooler.dense.bias", 384);
    }

    @Test
    void allParametersOfBgeGetTheirNames() throws IOException {
        Weights weights = Onnx.read(unpacked("bge-small-en-v1.5.onnx"));
        assertEquals(5 + 16 * 12, weights.size());
        assertBert(weights, 12);
    }

    @Test
    void anonymousMatricesAreTurnedAndNamedByTheBiasThatFollows() throws IOException {
        Path file = write(model(graph()
                .addInitializer(floats("onnx::MatMul_9", List.of(3L, 2L), 1, 2, 3, 4, 5, 6))
                .addInitializer(floats("encoder.dense.bias", List.of(2L), 7, 8))
                .addNode(node("MatMul", "/wrong/MatMul", "y", "x", "onnx::MatMul_9"))
                .addNode(node("Add", "/wrong/Add", "z", "encoder.dense.bias", "y"))));
        Weights weights = Onnx.read(file);
        assertEquals(2, weights.size());
        assertEquals(Weight.of("encoder.dense.weight", List.of(2L, 3L), 1, 3, 5, 2, 4, 6), weights.get("encoder.dense.weight"));
        assertEquals(Weight.of("encoder.dense.bias", List.of(2L), 7, 8), weights.get("encoder.dense.bias"));
    }

    @Test
    void withoutABiasTheNodesScopeGivesTheName() throws IOException {
        Path file = write(model(graph()
                .addInitializer(floats("12", List.of(1L, 2L), 1, 2))
                .addNode(node("MatMul", "/encoder/layer.0/query/MatMul", "y", "x", "12"))));
        assertEquals(List.of("encoder.layer.0.query.weight"), Onnx.read(file).names());
    }

    @Test
    void gemmIsTurnedOnlyIfItIsNotAlready() throws IOException {
        for (boolean transB : new boolean[] {true, false}) {
            NodeProto gemm = node("Gemm", "/pooler/Gemm", "y", "x", "onnx::Gemm_1", "pooler.dense.bias").toBuilder()
                    .addAttribute(ai.onnx.proto.OnnxMl.AttributeProto.newBuilder().setName("transB").setI(transB ? 1 : 0)).build();
            Path file = write(model(graph().addInitializer(floats("onnx::Gemm_1", List.of(1L, 2L), 1, 2)).addInitializer(floats("pooler.dense.bias", List.of(1L), 0)).addNode(gemm)));
            assertEquals(transB ? List.of(1L, 2L) : List.of(2L, 1L), Onnx.read(file).get("pooler.dense.weight").shape());
        }
    }

    @Test
    void equalArraysThatTheExporterSharedAreBothThere() throws IOException {
        Path file = write(model(graph()
                .addInitializer(floats("a.bias", List.of(2L), 1, 2))
                .addNode(node("Identity", "Identity_1", "b.bias", "a.bias"))));
        assertEquals(Weight.of("b.bias", List.of(2L), 1, 2), Onnx.read(file).get("b.bias"));
    }

    @Test
    void integersAndConstantsAreIgnored() throws IOException {
        TensorProto positions = TensorProto.newBuilder().setName("embeddings.position_ids").setDataType(TensorProto.DataType.INT64_VALUE).addDims(2).addInt64Data(0).addInt64Data(1).build();
        Path file = write(model(graph().addInitializer(positions).addInitializer(floats("onnx::Div_3", List.of(), 8)).addInitializer(floats("a.bias", List.of(1L), 1))
                .addNode(node("Div", "/Div", "y", "x", "onnx::Div_3"))));
        assertEquals(List.of("a.bias"), Onnx.read(file).names());
    }

    @Test
    void aFloatArrayWithoutANameIsAnError() throws IOException {
        Path file = write(model(graph().addInitializer(floats("onnx::Mul_3", List.of(2L), 8, 9)).addInitializer(floats("a.bias", List.of(1L), 1)).addNode(node("Mul", "/Mul", "y", "x", "onnx::Mul_3"))));
        assertMessage(file, "onnx::Mul_3[2]", "no name");
    }

    @Test
    void halvesAndListsOfNumbersAreRead() throws IOException {
        TensorProto half = TensorProto.newBuilder().setName("half.bias").setDataType(TensorProto.DataType.FLOAT16_VALUE).addDims(2).addInt32Data(0x3c00).addInt32Data(0xc000).build();
        TensorProto list = TensorProto.newBuilder().setName("list.bias").setDataType(TensorProto.DataType.FLOAT_VALUE).addDims(2).addFloatData(1).addFloatData(-2).build();
        TensorProto wide = TensorProto.newBuilder().setName("wide.bias").setDataType(TensorProto.DataType.DOUBLE_VALUE).addDims(2).addDoubleData(1).addDoubleData(-2).build();
        Weights weights = Onnx.read(write(model(graph().addInitializer(half).addInitializer(list).addInitializer(wide).addNode(node("Add", "/a", "b", "c")))));
        for (Weight w : weights) assertEquals(Weight.of(w.name(), List.of(2L), 1, -2), w);
        assertEquals(3, weights.size());
    }

    @Test
    void wrongSizesAndValuesElsewhereAreErrors() throws IOException {
        TensorProto.Builder t = floats("a.bias", List.of(2L), 1, 2).toBuilder();
        assertMessage(write(model(graph().addInitializer(t.clone().clearDims().addDims(3)).addNode(node("Add", "/a", "b", "c")))), "a.bias", "[3]", "8 bytes");
        assertMessage(write(model(graph().addInitializer(t.clone().clearDims().addDims(Long.MAX_VALUE).addDims(4)).addNode(node("Add", "/a", "b", "c")))), "a.bias");
        assertMessage(write(model(graph().addInitializer(t.clone().clearDims().addDims(-2)).addNode(node("Add", "/a", "b", "c")))), "a.bias");
        assertMessage(write(model(graph().addInitializer(t.clone().setDataLocation(TensorProto.DataLocation.EXTERNAL)).addNode(node("Add", "/a", "b", "c")))), "a.bias", "another file");
    }

    @Test
    void aFileCutOffAnywhereIsAnError() throws IOException {
        byte[] whole = model(graph()
                .addInitializer(floats("onnx::MatMul_9", List.of(3L, 2L), 1, 2, 3, 4, 5, 6))
                .addInitializer(floats("encoder.dense.bias", List.of(2L), 7, 8))
                .addNode(node("MatMul", "/wrong/MatMul", "y", "x", "onnx::MatMul_9"))
                .addNode(node("Add", "/wrong/Add", "z", "encoder.dense.bias", "y"))).toByteArray();
        Path file = folder.resolve("cut.onnx");
        for (int n = 0; n < whole.length; n++) {
            Files.write(file, Arrays.copyOf(whole, n));
            assertMessage(file);
        }
        Files.write(file, whole);
        assertEquals(2, Onnx.read(file).size());
    }

    @Test
    void whateverByteIsWrongTheAnswerIsWeightsOrAnError() throws IOException {
        byte[] whole = model(graph()
                .addInitializer(floats("onnx::MatMul_9", List.of(1L, 2L), 1, 2))
                .addInitializer(floats("encoder.dense.bias", List.of(2L), 7, 8))
                .addNode(node("MatMul", "/wrong/MatMul", "y", "x", "onnx::MatMul_9"))
                .addNode(node("Add", "/wrong/Add", "z", "encoder.dense.bias", "y"))).toByteArray();
        Path file = folder.resolve("flipped.onnx");
        for (int bit = 0; bit < 8 * whole.length; bit += 9) { // a bit of each byte, each time another
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            try {
                assertFalse(Onnx.read(file).names().isEmpty());
            } catch (IOException e) {
                assertTrue(e.getMessage().contains("flipped.onnx"), e.getMessage());
            }
        }
    }

    @Test
    void otherFilesAreNamedForWhatTheyAre() throws IOException {
        assertMessage(Files.writeString(folder.resolve("pointer.onnx"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 90984153\n"), "git lfs pull");
        assertMessage(Files.writeString(folder.resolve("page.onnx"), "<!doctype html><title>404</title>"), "web page");
        assertMessage(Files.writeString(folder.resolve("empty.onnx"), ""), "is empty");
        assertMessage(folder.resolve("absent.onnx"), "does not exist");
        assertMessage(folder, "is a folder");
    }

    private void assertMessage(Path file, String... parts) {
        String message = assertThrows(IOException.class, () -> Onnx.read(file)).getMessage();
        assertTrue(message.contains(file.toString()), message);
        for (String part : parts) assertTrue(message.contains(part), message);
    }

    private Path write(ModelProto model) throws IOException {
        return Files.write(folder.resolve("model.onnx"), model.toByteArray());
    }

    private static ModelProto model(GraphProto.Builder graph) {
        return ModelProto.newBuilder().setIrVersion(8).setGraph(graph).addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(14)).build();
    }

    private static GraphProto.Builder graph() {
        return GraphProto.newBuilder().setName("main");
    }

    private static NodeProto node(String operator, String name, String output, String... inputs) {
        return NodeProto.newBuilder().setOpType(operator).setName(name).addOutput(output).addAllInput(List.of(inputs)).build();
    }

    private static TensorProto floats(String name, List<Long> shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return TensorProto.newBuilder().setName(name).addAllDims(shape).setDataType(TensorProto.DataType.FLOAT_VALUE).setRawData(ByteString.copyFrom(bytes)).build();
    }
}
