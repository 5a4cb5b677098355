package relata.runtime;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import relata.api.learn.Collated;
import relata.api.learn.GraphEngine;
import relata.api.learn.InferenceGraph;

/** Writes graphs as text and works them out in plain Java: those of the operators that small parts draw. */
final class PaperGraphs implements GraphEngine {
    private static final Gson GSON = new Gson();

    /** What is multiplied before probabilities are made of it: by 1 in an engine that does what was drawn. */
    float scale = 1;
    /** Done when a graph has been written. */
    Runnable written = () -> {};
    /** Done before each question. */
    Runnable asked = () -> {};
    /** How many graphs are open. */
    int open;

    private record Node(String operator, String name, List<String> values, float[] weight, float[] bias) {}

    private record Paper(Map<String, String> properties, List<Node> nodes, Map<String, String> outputs) {}

    @Override
    public String describe() {
        return "plain Java";
    }

    @Override
    public void write(Path file, boolean int8, Map<String, String> properties, Consumer<InferenceGraph> drawing) throws IOException {
        Paper paper = new Paper(properties, new ArrayList<>(), new LinkedHashMap<>());
        drawing.accept(new Pen(paper));
        Files.writeString(file, GSON.toJson(paper));
        written.run();
    }

    @Override
    public Runner open(Path file) throws IOException {
        Paper paper = GSON.fromJson(Files.readString(file), Paper.class);
        open++;
        return new Runner() {
            @Override
            public Map<String, String> properties() {
                return paper.properties();
            }

            @Override
            public float[][] run(Map<String, Collated.Field> inputs, String output) {
                asked.run();
                Map<String, float[][]> values = new HashMap<>();
                for (Node node : paper.nodes()) values.put(node.name(), of(node, inputs, values));
                return Objects.requireNonNull(values.get(paper.outputs().get(output)));
            }

            @Override
            public void close() {
                open--;
            }
        };
    }

    private float[][] of(Node node, Map<String, Collated.Field> inputs, Map<String, float[][]> values) {
        if (node.operator().equals("input")) return numbers(Objects.requireNonNull(inputs.get(node.name())));
        float[][] x = Objects.requireNonNull(values.get(node.values().get(0))), made = new float[x.length][];
        for (int r = 0; r < x.length; r++)
            made[r] = switch (node.operator()) {
                case "Cast" -> x[r];
                case "Softmax" -> softmax(x[r]);
                case "linear" -> linear(x[r], node);
                default -> throw new IllegalArgumentException(node.operator());
            };
        return made;
    }

    private static float[] linear(float[] x, Node node) {
        float[] y = new float[node.bias().length];
        for (int out = 0; out < y.length; out++) {
            for (int in = 0; in < x.length; in++) y[out] += x[in] * node.weight()[out * x.length + in];
            y[out] += node.bias()[out];
        }
        return y;
    }

    private static float[][] numbers(Collated.Field field) {
        int rows = Math.toIntExact(field.shape()[0]), width = Math.toIntExact(field.shape()[1]);
        float[][] numbers = new float[rows][width];
        for (int r = 0; r < rows; r++) for (int c = 0; c < width; c++) numbers[r][c] = field.values()[r * width + c];
        return numbers;
    }

    private float[] softmax(float[] logits) {
        float[] scaled = logits.clone();
        for (int k = 0; k < scaled.length; k++) scaled[k] *= scale;
        double[] exact = Answers.softmax(scaled);
        for (int k = 0; k < scaled.length; k++) scaled[k] = (float) exact[k];
        return scaled;
    }

    /** Notes what is drawn. */
    private record Pen(Paper paper) implements InferenceGraph {
        private String node(String operator, String name, List<String> values, float[] weight, float[] bias) {
            paper.nodes().add(new Node(operator, name, values, weight, bias));
            return name;
        }

        @Override
        public String input(String name, String meaning, String... dimensions) {
            return node("input", name, List.of(), new float[0], new float[0]);
        }

        @Override
        public String weight(String name, float[] numbers, long... shape) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public String scalar(float number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String list(long... numbers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String linear(String x, String name, float[] weight, float[] bias) {
            return node("linear", name, List.of(x), weight, bias);
        }

        @Override
        public String apply(String operator, Map<String, ?> attributes, String... values) {
            return node(operator, operator + " " + paper.nodes().size(), List.of(values), new float[0], new float[0]);
        }

        @Override
        public void output(String name, String meaning, String value, String... dimensions) {
            paper.outputs().put(name, value);
        }
    }
}
