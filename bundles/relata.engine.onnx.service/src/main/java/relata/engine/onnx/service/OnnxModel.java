package relata.engine.onnx.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import relata.api.learn.InferenceGraph;

/**
 * A model of ONNX that is being written, by the field numbers of {@code onnx.proto3}. Equal constants are kept once. With 8 bits, a linear layer is what ONNX
 * Runtime does in one step: its input brought to 8 bits by the range that it has, multiplied with whole numbers, and scaled back.
 */
final class OnnxModel implements InferenceGraph {
    /** Bytes that a message of Protocol Buffers may have. */
    static final long MOST_BYTES = Integer.MAX_VALUE;

    private static final long IR_VERSION = 8, OPERATORS = 17;
    private static final long FLOAT = 1, INT8 = 3, INT64 = 7;
    private static final long ATTRIBUTE_FLOAT = 1, ATTRIBUTE_INT = 2, ATTRIBUTE_STRING = 3, ATTRIBUTE_INTS = 7;

    private final boolean int8;
    private final Message nodes = new Message(), numbers = new Message(), inputs = new Message(), outputs = new Message();
    private final Map<String, String> constants = new HashMap<>();
    private final Map<String, List<String>> inEightBits = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    /** @param int8 whether linear layers are kept in 8 bits */
    OnnxModel(boolean int8) {
        this.int8 = int8;
    }

    @Override
    public String input(String name, String meaning, String... dimensions) {
        inputs.message(11, value(fresh(name), meaning, INT64, dimensions));
        return name;
    }

    @Override
    public void output(String name, String meaning, String value, String... dimensions) {
        node("Identity", Map.of(), List.of(value), List.of(fresh(name)));
        outputs.message(12, value(name, meaning, FLOAT, dimensions));
    }

    @Override
    public String weight(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return tensor(fresh(name), FLOAT, bytes, shape);
    }

    @Override
    public String scalar(float number) {
        return constants.computeIfAbsent("float " + number, key -> tensor(fresh("number"), FLOAT, ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(number).flip()));
    }

    @Override
    public String list(long... all) {
        return constants.computeIfAbsent("list " + Arrays.toString(all), key -> {
            ByteBuffer bytes = ByteBuffer.allocate(all.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(all);
            return tensor(fresh("list"), INT64, bytes, all.length);
        });
    }

    @Override
    public String linear(String x, String name, float[] weight, float[] bias) {
        if (bias.length == 0 || weight.length == 0 || weight.length % bias.length != 0)
            throw new IllegalArgumentException("the linear layer " + name + " has " + weight.length + " weights and " + bias.length + " numbers of bias, but must have a row of weights for each number of bias; a layer without a bias has zeros");
        int out = bias.length, in = weight.length / out;
        String product = int8 ? rounded(x, name, weight, in, out) : apply("MatMul", x, weight(name + ".weight", transposed(weight, in, out), in, out));
        return apply("Add", product, weight(name + ".bias", bias, out));
    }

    private static float[] transposed(float[] weight, int in, int out) {
        float[] turned = new float[weight.length];
        for (int o = 0; o < out; o++) for (int i = 0; i < in; i++) turned[i * out + o] = weight[o * in + i];
        return turned;
    }

    /** x Wᵀ with W in 8 bits, a scale for each output, and x in 8 bits, a scale for all of it (ONNX Runtime's dynamic quantisation). */
    private String rounded(String x, String name, float[] weight, int in, int out) {
        byte[] whole = new byte[weight.length];
        float[] scales = new float[out];
        for (int o = 0; o < out; o++) {
            float most = 0;
            for (int i = 0; i < in; i++) most = Math.max(most, Math.abs(weight[o * in + i]));
            scales[o] = most == 0 ? 1 : most / Byte.MAX_VALUE;
            for (int i = 0; i < in; i++) whole[i * out + o] = (byte) Math.round(weight[o * in + i] / scales[o]);
        }
        List<String> rounded = inEightBits.computeIfAbsent(x, key -> {
            List<String> three = List.of(fresh(key + ".int8"), fresh(key + ".scale"), fresh(key + ".zero"));
            node("DynamicQuantizeLinear", Map.of(), List.of(key), three);
            return three;
        });
        String w = tensor(fresh(name + ".weight.int8"), INT8, ByteBuffer.wrap(whole), in, out);
        String zero = tensor(fresh(name + ".weight.zero"), INT8, ByteBuffer.wrap(new byte[out]), out);
        String scale = apply("Mul", rounded.get(1), weight(name + ".weight.scale", scales, out));
        return apply("Mul", apply("Cast", Map.of("to", FLOAT), apply("MatMulInteger", rounded.get(0), w, rounded.get(2), zero)), scale);
    }

    @Override
    public String apply(String operator, Map<String, ?> attributes, String... values) {
        String made = fresh(operator);
        node(operator, attributes, List.of(values), List.of(made));
        return made;
    }

    private void node(String operator, Map<String, ?> attributes, List<String> from, List<String> to) {
        Message node = new Message();
        from.forEach(name -> node.text(1, name));
        to.forEach(name -> node.text(2, name));
        node.text(3, to.get(0)).text(4, operator);
        attributes.keySet().stream().sorted().forEach(name -> node.message(5, attribute(name, attributes.get(name))));
        nodes.message(1, node);
    }

    private static Message attribute(String name, Object value) {
        Message attribute = new Message().text(1, name);
        if (value instanceof Float f) return attribute.number(2, f).number(20, ATTRIBUTE_FLOAT);
        if (value instanceof Long i) return attribute.number(3, i).number(20, ATTRIBUTE_INT);
        if (value instanceof String s) return attribute.text(4, s).number(20, ATTRIBUTE_STRING);
        if (!(value instanceof long[] all)) throw new IllegalArgumentException("attribute '" + name + "' is a " + value.getClass().getSimpleName() + ", but must be a Long, Float, String or long[]");
        for (long i : all) attribute.number(8, i);
        return attribute.number(20, ATTRIBUTE_INTS);
    }

    private String tensor(String name, long type, ByteBuffer bytes, long... shape) {
        Message tensor = new Message();
        for (long d : shape) tensor.number(1, d);
        numbers.message(5, tensor.number(2, type).text(8, name).bytes(9, bytes));
        return name;
    }

    private static Message value(String name, String meaning, long type, String... dimensions) {
        Message shape = new Message();
        for (String dimension : dimensions) shape.message(1, new Message().text(2, dimension));
        Message tensor = new Message().number(1, type).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor)).text(3, meaning);
    }

    /** The name, or with a number behind it if it is taken. */
    private String fresh(String name) {
        String fresh = name;
        for (int i = 1; !names.add(fresh); i++) fresh = name + "." + i;
        return fresh;
    }

    /** Writes the file. @throws IOException if it would be too large */
    void write(Path file, String version, Map<String, String> properties) throws IOException {
        Message graph = new Message();
        graph.append(nodes).text(2, "relation").append(numbers).append(inputs).append(outputs);
        Message model = new Message().number(1, IR_VERSION).text(2, "Relata").text(3, version).message(7, graph).message(8, new Message().text(1, "").number(2, OPERATORS));
        properties.forEach((key, value) -> model.message(14, new Message().text(1, key).text(2, value)));
        if (model.size() > MOST_BYTES) throw new IOException("the model would have " + model.size() + " bytes; an ONNX file has less than 2 GiB");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            model.to(channel);
        }
    }
}
