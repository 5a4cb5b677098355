package relata.encode.transformer;

import java.util.Arrays;
import java.util.Map;
import relata.api.learn.InferenceGraph;
import relata.api.learn.Parameters;

/**
 * Writes BERT and the making of relation vectors as operators of ONNX: what {@link Bert} and {@link RelationVectors} do without training. Attention, GELU and sums
 * before layer norms are written step by step as PyTorch's exporter writes them, since that is what ONNX Runtime recognises and does in one.
 */
final class BertGraph {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TEXT = "pair_text";
    static final String HEAD = "head_positions";
    static final String TAIL = "tail_positions";

    /** Fills up positions of entities that have fewer than others. */
    static final long NONE = -1;

    /** In the shape that a value is brought to: as it was. */
    private static final long SAME = 0;

    private final BertConfig config;
    private final Parameters parameters;
    private final InferenceGraph graph;

    BertGraph(BertConfig config, Parameters parameters, InferenceGraph graph) {
        this.config = config;
        this.parameters = parameters;
        this.graph = graph;
    }

    /** @return (R, D) */
    String draw(Pool pool) {
        String ids = graph.input(IDS, "numbers of the sub-words of each text: [CLS] first, [SEP] last, then padding", "B", "L");
        String mask = graph.input(MASK, "1 at sub-words, 0 at padding", "B", "L");
        String text = graph.input(TEXT, "for each pair of entities asked about the row of input_ids that holds its text", "R");
        String seen = graph.apply("Cast", Map.of("to", 1L), mask); // (B, L), float
        String states = states(ids, seen);
        return switch (pool) {
            case CLS -> graph.apply("Gather", first(states), text);
            case POOLER -> graph.apply("Gather", graph.apply("Tanh", dense(first(states), "pooler.dense")), text);
            case MEAN -> graph.apply("Gather", mean(states, graph.apply("Unsqueeze", seen, graph.list(2))), text);
            case MENTION_STARTS, MENTION_MEAN -> {
                String which = pool == Pool.MENTION_STARTS ? "of the first sub-word, or marker, of each mention" : "of all sub-words of the mentions";
                String head = graph.input(HEAD, "for each pair the places in its text " + which + " of the head; " + NONE + " fills up", "R", "M");
                String tail = graph.input(TAIL, "likewise of the tail", "R", "N");
                String flat = graph.apply("Reshape", states, graph.list(-1, config.hidden())); // (B · L, H)
                String start = graph.apply("Unsqueeze", graph.apply("Mul", text, length(ids)), graph.list(1)); // (R, 1)
                yield graph.apply("Concat", Map.of("axis", -1L), entity(flat, start, head), entity(flat, start, tail));
            }
        };
    }

    /** L, a list of one number. */
    private String length(String ids) {
        return graph.apply("Shape", Map.of("start", 1L, "end", 2L), ids);
    }

    /** (B, H), the states of {@code [CLS]}. */
    private String first(String states) {
        return graph.apply("Squeeze", graph.apply("Slice", states, graph.list(0), graph.list(1), graph.list(1)), graph.list(1));
    }

    /** (N, H): of (N, T, H) the mean over the T with weight 1 in (N, T, 1), not 0. */
    private String mean(String states, String weights) {
        String axis = graph.list(1);
        String sum = graph.apply("ReduceSum", Map.of("keepdims", 0L), graph.apply("Mul", states, weights), axis);
        return graph.apply("Div", sum, graph.apply("ReduceSum", Map.of("keepdims", 0L), weights, axis));
    }

    /** (R, H): for each pair the mean of the states at an entity's positions. @param start (R, 1), where the pair's text begins among all states */
    private String entity(String states, String start, String positions) {
        String zero = graph.list(0);
        String there = graph.apply("Cast", Map.of("to", 1L), graph.apply("GreaterOrEqual", positions, zero));
        String rows = graph.apply("Gather", states, graph.apply("Add", start, graph.apply("Max", positions, zero))); // (R, M, H)
        return mean(rows, graph.apply("Unsqueeze", there, graph.list(2)));
    }

    /** (B, L, H). */
    private String states(String ids, String seen) {
        String hidden = graph.apply("Sub", graph.scalar(1f), graph.apply("Unsqueeze", seen, graph.list(1, 2))); // (B, 1, 1, L)
        String scores = graph.apply("Mul", hidden, graph.scalar(Bert.NEVER));
        String x = embeddings(ids);
        for (int layer = 0; layer < config.layers(); layer++) x = layer("encoder.layer." + layer + ".", x, scores);
        return x;
    }

    /** The type of all sub-words is the first: its row is added to the positions once and for all. */
    private String embeddings(String ids) {
        float[] positions = numbers("embeddings.position_embeddings.weight"), types = numbers("embeddings.token_type_embeddings.weight");
        for (int i = 0; i < positions.length; i++) positions[i] += types[i % config.hidden()];
        float[] table = numbers(BertWeights.WORDS);
        String words = graph.apply("Gather", graph.weight(BertWeights.WORDS, table, table.length / config.hidden(), config.hidden()), ids);
        String places = graph.apply("Slice", graph.weight("embeddings.position_embeddings.weight", positions, config.positions(), config.hidden()),
                graph.list(0), length(ids), graph.list(0));
        return norm(graph.apply("Add", words, places), "embeddings.LayerNorm");
    }

    private String layer(String layer, String x, String scores) {
        String attended = dense(attention(layer, x, scores), layer + "attention.output.dense");
        String middle = norm(graph.apply("Add", attended, x), layer + "attention.output.LayerNorm");
        String narrow = dense(gelu(dense(middle, layer + "intermediate.dense")), layer + "output.dense");
        return norm(graph.apply("Add", narrow, middle), layer + "output.LayerNorm");
    }

    private String attention(String layer, String x, String scores) {
        long d = config.hidden() / config.heads();
        String query = heads(part(layer, x, 0), 0, 2, 1, 3), key = heads(part(layer, x, 1), 0, 2, 3, 1), value = heads(part(layer, x, 2), 0, 2, 1, 3);
        String products = graph.apply("Div", graph.apply("MatMul", query, key), graph.scalar((float) Math.sqrt(d))); // (B, heads, L, L)
        String weights = graph.apply("Softmax", Map.of("axis", -1L), graph.apply("Add", products, scores));
        String mixed = graph.apply("Transpose", Map.of("perm", new long[] {0, 2, 1, 3}), graph.apply("MatMul", weights, value));
        return graph.apply("Reshape", mixed, graph.list(SAME, SAME, config.hidden()));
    }

    /** (B, L, H) to the heads, in another order of dimensions. */
    private String heads(String x, long... order) {
        return graph.apply("Transpose", Map.of("perm", order), graph.apply("Reshape", x, graph.list(SAME, SAME, config.heads(), config.hidden() / config.heads())));
    }

    /** Query, key or value, which lie below each other in one matrix. */
    private String part(String layer, String x, int part) {
        int h = config.hidden();
        float[] weight = Arrays.copyOfRange(numbers(layer + BertWeights.QKV + ".weight"), part * h * h, (part + 1) * h * h);
        float[] bias = Arrays.copyOfRange(numbers(layer + BertWeights.QKV + ".bias"), part * h, (part + 1) * h);
        return graph.linear(x, layer + "attention.self." + BertWeights.PARTS.get(part), weight, bias);
    }

    private String gelu(String x) {
        String erf = graph.apply("Erf", graph.apply("Div", x, graph.scalar((float) Math.sqrt(2))));
        return graph.apply("Mul", graph.apply("Mul", x, graph.apply("Add", erf, graph.scalar(1f))), graph.scalar(0.5f));
    }

    private String dense(String x, String name) {
        return graph.linear(x, name, numbers(name + ".weight"), numbers(name + ".bias"));
    }

    private String norm(String x, String name) {
        float[] weight = numbers(name + ".weight"), bias = numbers(name + ".bias");
        return graph.apply("LayerNormalization", Map.of("axis", -1L, "epsilon", config.epsilon()), x, graph.weight(name + ".weight", weight, weight.length), graph.weight(name + ".bias", bias, bias.length));
    }

    private float[] numbers(String name) {
        return parameters.get(name).toFloatArray();
    }
}
