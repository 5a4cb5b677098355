package relata.runtime;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.evaluate.Prediction;
import relata.api.learn.Collated;
import relata.api.learn.InferenceGraph;

/** What an exported model is, for those who use it without Relata: in the file's own properties, and longer in {@code model.json} beside it. */
final class ModelDescription {
    /** Tells {@code model.json} from other files of that name. */
    static final String FORMAT = "relata-onnx-1";
    /** Property of the file: {@linkplain Fingerprint what tells} the weights from others. */
    static final String WEIGHTS = "relata.weights";

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final Gson LINE = new GsonBuilder().disableHtmlEscaping().create();

    /** An input or a result. @param type of its numbers @param dimensions equal letters are equal sizes */
    private record Value(String name, String type, List<String> dimensions, String meaning) {}

    private final ModelCard card;
    private final boolean int8;
    private final Optional<String> weights;
    private final List<Value> inputs = new ArrayList<>(), outputs = new ArrayList<>();

    /** @param weights their fingerprint, if there are any */
    ModelDescription(ModelCard card, boolean int8, Optional<String> weights) {
        this.card = card;
        this.int8 = int8;
        this.weights = weights;
    }

    /** For the ONNX file itself: names beginning with {@code relata.} say where it comes from. */
    Map<String, String> properties() {
        Map<String, String> all = properties(card);
        all.put(ExportedModel.INT8, String.valueOf(int8));
        weights.ifPresent(w -> all.put(WEIGHTS, w));
        return all;
    }

    /** Those that a model's card tells. */
    static Map<String, String> properties(ModelCard card) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("labels", LINE.toJson(card.labels()));
        if (card.negative() != null) all.put("negative", card.negative());
        all.put("encoder", card.encoder());
        all.put("relata.recipe", card.recipe());
        all.put("relata.run", card.run());
        all.put("relata.stage", card.stage());
        all.put("relata.seed", String.valueOf(card.seed()));
        return all;
    }

    /** The same graph, heard by this description: it notes inputs and results. */
    InferenceGraph listening(InferenceGraph graph) {
        return new InferenceGraph() {
            @Override
            public String input(String name, String meaning, String... dimensions) {
                inputs.add(new Value(name, "int64", List.of(dimensions), meaning));
                return graph.input(name, meaning, dimensions);
            }

            @Override
            public String weight(String name, float[] numbers, long... shape) {
                return graph.weight(name, numbers, shape);
            }

            @Override
            public String scalar(float number) {
                return graph.scalar(number);
            }

            @Override
            public String list(long... numbers) {
                return graph.list(numbers);
            }

            @Override
            public String linear(String x, String name, float[] weight, float[] bias) {
                return graph.linear(x, name, weight, bias);
            }

            @Override
            public String apply(String operator, Map<String, ?> attributes, String... values) {
                return graph.apply(operator, attributes, values);
            }

            @Override
            public void output(String name, String meaning, String value, String... dimensions) {
                outputs.add(new Value(name, "float32", List.of(dimensions), meaning));
                graph.output(name, meaning, value, dimensions);
            }
        };
    }

    /** Writes {@code model.json}, with an example that the model has just answered. */
    void write(Path file, ExportedModel model) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("format", FORMAT);
        all.put("labels", card.labels());
        if (card.negative() != null) all.put("negative", card.negative());
        all.put("encoder", card.encoder());
        all.put(ExportedModel.INT8, int8);
        all.put("inputs", inputs);
        all.put("outputs", outputs);
        all.put("example", example(model));
        all.put("provenance", Map.of("recipe", card.recipe(), "run", card.run(), "stage", card.stage(), "seed", card.seed()));
        Files.writeString(file, GSON.toJson(all) + "\n", StandardCharsets.UTF_8);
    }

    /** One sentence in words, in numbers, and its answer: for trying one's own way from the one to the other. */
    private static Map<String, Object> example(ExportedModel model) {
        List<String> tokens = List.of("Aspirin", "inhibits", "COX-2", ".");
        Passage passage = new Passage("example", tokens, List.of(0), List.of(Entity.of("head", "CHEMICAL", 0, 1), Entity.of("tail", "PROTEIN", 2, 3)), List.of());
        Example question = new Example("example", passage, List.of(new Pair(0, 1, List.of())));
        Prediction answer = model.predict(List.of(question)).items().get(0);
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("tokens", tokens);
        example.put("head", Map.of("start", 0, "end", 1, "type", "CHEMICAL"));
        example.put("tail", Map.of("start", 2, "end", 3, "type", "PROTEIN"));
        Map<String, Object> numbers = new TreeMap<>();
        model.numbers(question).forEach((name, field) -> numbers.put(name, rows(field)));
        example.put("inputs", numbers);
        example.put("label", answer.label());
        example.put(ExportedModel.SCORES, answer.scores());
        return example;
    }

    private static Object rows(Collated.Field field) {
        if (field.shape().length == 1) return field.values();
        int width = Math.toIntExact(field.shape()[1]);
        List<long[]> rows = new ArrayList<>();
        for (int from = 0; from < field.values().length; from += width) rows.add(Arrays.copyOfRange(field.values(), from, from + width));
        return rows;
    }
}
