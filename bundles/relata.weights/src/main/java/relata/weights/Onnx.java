package relata.weights;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights out of an ONNX file as PyTorch's exporter writes it. Embeddings, biases and layer norms keep their names there;
 * the matrices of linear layers are anonymous and lie transposed. They get their names back from the graph: the bias that is
 * added next, else the scope in the node's name. Whatever float stays without a name is an error, since a model would lack it.
 */
public final class Onnx {
    private final Path file;
    private final GraphProto graph;
    private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
    private final Map<String, List<NodeProto>> consumers = new LinkedHashMap<>();
    private final Map<String, Weight> found = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    private Onnx(Path file, GraphProto graph) {
        this.file = file;
        this.graph = graph;
    }

    /**
     * Reads the float weights under Hugging Face names, linear layers as {@code [out, in]}.
     *
     * @throws IOException if the file is cut off, is no ONNX model, keeps its numbers elsewhere, or holds floats that have no name
     */
    public static Weights read(Path file) throws IOException {
        ModelProto model;
        try (FileChannel channel = Mapped.open(file)) {
            if (channel.size() == 0) throw new IOException(file + " is empty, but an ONNX model was expected");
            if (channel.size() > Integer.MAX_VALUE) throw new IOException(file + " has " + channel.size() + " bytes; an ONNX file has less than 2 GiB");
            CodedInputStream in = UnsafeByteOperations.unsafeWrap(Mapped.map(channel, 0, channel.size())).newCodedInput();
            in.enableAliasing(true);
            in.setSizeLimit(Integer.MAX_VALUE);
            try {
                model = ModelProto.parseFrom(in);
            } catch (InvalidProtocolBufferException e) {
                throw new IOException(file + " is cut off or no ONNX model (" + e.getMessage() + ")" + Mapped.hint(channel), e);
            }
            if (model.getGraph().getNodeCount() == 0 || model.getOpsetImportCount() == 0)
                throw new IOException(file + " is cut off or no ONNX model: it has " + model.getGraph().getNodeCount() + " nodes and names "
                        + model.getOpsetImportCount() + " operator sets" + Mapped.hint(channel));
        }
        return new Onnx(file, model.getGraph()).weights();
    }

    private Weights weights() throws IOException {
        for (TensorProto t : graph.getInitializerList())
            if (initializers.put(t.getName(), t) != null) throw new IOException(file + ": two initializers are called '" + t.getName() + "'");
        // An exporter that finds two equal arrays keeps one, and hands it on under the other's name.
        for (NodeProto n : graph.getNodeList()) {
            if (n.getOutputCount() == 0) continue;
            if (n.getOpType().equals("Identity") && n.getInputCount() == 1 && initializers.containsKey(n.getInput(0))) initializers.put(n.getOutput(0), initializers.get(n.getInput(0)));
            for (String input : n.getInputList()) consumers.computeIfAbsent(input, k -> new ArrayList<>()).add(n);
        }
        for (NodeProto n : graph.getNodeList()) {
            if (n.getInputCount() < 2 || n.getOutputCount() == 0 || !isFloat(n.getInput(1))) continue;
            if (n.getOpType().equals("MatMul") && initializers.get(n.getInput(1)).getDimsCount() == 2) matMul(n);
            if (n.getOpType().equals("Gemm")) gemm(n);
        }
        List<String> left = new ArrayList<>();
        for (Map.Entry<String, TensorProto> e : initializers.entrySet()) {
            if (used.contains(e.getKey()) || !isFloat(e.getKey())) continue;
            if (!isAnonymous(e.getKey())) add(e.getKey(), OnnxTensor.read(file, e.getKey(), e.getValue()));
            else if (Sizes.product(e.getValue().getDimsList()) > 1) left.add(e.getKey() + e.getValue().getDimsList());
        }
        if (!left.isEmpty())
            throw new IOException(file + ": " + left.size() + " float arrays have no name that the graph would tell: " + String.join(", ", left.subList(0, Math.min(5, left.size())))
                    + "; export the model again without optimisation, or use its safetensors file");
        if (found.isEmpty()) throw new IOException(file + " holds no float weights");
        return new Weights(file.toString(), found.values());
    }

    private void matMul(NodeProto n) throws IOException {
        String input = n.getInput(1);
        String name = isAnonymous(input) ? scope(n) : input;
        List<NodeProto> next = consumers.getOrDefault(n.getOutput(0), List.of());
        if (next.size() == 1 && next.get(0).getOpType().equals("Add"))
            for (String other : next.get(0).getInputList())
                if (other.endsWith(".bias") && initializers.containsKey(other)) name = weightOf(other);
        if (name.isEmpty()) return;
        used.add(input);
        add(name, OnnxTensor.read(file, name, initializers.get(input)).transposed());
    }

    private void gemm(NodeProto n) throws IOException {
        String input = n.getInput(1);
        String name = input;
        if (isAnonymous(input)) name = n.getInputCount() > 2 && n.getInput(2).endsWith(".bias") ? weightOf(n.getInput(2)) : scope(n);
        if (name.isEmpty()) return;
        boolean transposed = n.getAttributeList().stream().filter(a -> a.getName().equals("transB")).mapToLong(AttributeProto::getI).sum() != 0;
        Weight w = OnnxTensor.read(file, name, initializers.get(input));
        if (w.shape().size() != 2) throw new IOException(file + ": the matrix of " + n.getName() + " has shape " + w.shape());
        used.add(input);
        add(name, transposed ? w : w.transposed());
    }

    private void add(String name, Weight w) throws IOException {
        Weight before = found.put(name, w.named(name));
        if (before != null && !before.equals(w.named(name))) throw new IOException(file + ": the graph gives two arrays the name '" + name + "'");
    }

    private boolean isFloat(String name) {
        TensorProto t = initializers.get(name);
        return t != null && OnnxTensor.type(t).isPresent();
    }

    /** True for the names that exporters and optimisers make up. */
    private static boolean isAnonymous(String name) {
        return name.startsWith("onnx::") || name.contains("/") || !name.contains(".") || Character.isDigit(name.charAt(0));
    }

    private static String weightOf(String bias) {
        return bias.substring(0, bias.length() - "bias".length()) + "weight";
    }

    /** {@code /encoder/layer.0/output/dense/MatMul} to {@code encoder.layer.0.output.dense.weight}; empty if the name tells no scope. */
    private static String scope(NodeProto n) {
        String[] steps = n.getName().split("/");
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < steps.length - 1; i++) if (!steps[i].isEmpty()) name.append(steps[i]).append('.');
        return name.isEmpty() ? "" : name.append("weight").toString();
    }
}
