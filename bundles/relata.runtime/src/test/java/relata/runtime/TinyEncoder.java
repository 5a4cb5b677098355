package relata.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import relata.api.learn.Allocator;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Encoding;
import relata.api.learn.Engine;
import relata.api.learn.GraphInputs;
import relata.api.learn.InferenceGraph;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.view.View;

/** A real encoder of 32 hashed word vectors: the mean over a view's words, with dropout. */
final class TinyEncoder implements Encoder {
    static final EncoderLoader LOADER = new EncoderLoader() {
        @Override
        public Encoder load(Engine engine, NDManager manager, Optional<Path> from) throws IOException {
            return new TinyEncoder(engine, manager, from);
        }

        @Override
        public Optional<GraphInputs> inputs(Path folder) {
            return Optional.of(new Counts());
        }
    };
    private static final int WORDS = 32, WIDTH = 6;

    private final Parameters parameters = new Parameters();

    TinyEncoder(Engine engine, NDManager manager, Optional<Path> from) throws IOException {
        parameters.add("words", new Allocator(manager, new SplittableRandom(3)).normal(0.5, WORDS, WIDTH));
        if (from.isPresent()) restore(from.get(), parameters);
    }

    @Override
    public int dimension() {
        return WIDTH;
    }

    @Override
    public int length(View view) {
        return view.passage().tokens().size();
    }

    @Override
    public Collated collate(List<View> views) {
        return new Collated(views, Collated.rows(views), WORDS, Map.of("counts", counts(views)));
    }

    private static Collated.Field counts(List<View> views) {
        long[] counts = new long[views.size() * WORDS];
        for (int v = 0; v < views.size(); v++)
            for (String token : views.get(v).passage().tokens()) counts[v * WORDS + Math.floorMod(token.hashCode(), WORDS)]++;
        return new Collated.Field(counts, views.size(), WORDS);
    }

    /** What a graph of it is given. */
    private static final class Counts implements GraphInputs {
        @Override
        public int length(View view) {
            return view.passage().tokens().size();
        }

        @Override
        public Map<String, Collated.Field> of(List<View> views) {
            return Map.of("counts", counts(views));
        }

        @Override
        public void close() {}
    }

    @Override
    public Optional<String> draw(InferenceGraph graph) {
        String counts = graph.apply("Cast", Map.of("to", 1L), graph.input("counts", "how often each word is there", "R", "W"));
        return Optional.of(graph.linear(counts, "words", turned(parameters.get("words")), new float[WIDTH]));
    }

    /** A matrix that is multiplied from the right, (in, out), as graphs want it: (out, in), row by row. */
    static float[] turned(NDArray matrix) {
        int in = Math.toIntExact(matrix.getShape().get(0)), out = Math.toIntExact(matrix.getShape().get(1));
        float[] numbers = matrix.toFloatArray(), turned = new float[numbers.length];
        for (int i = 0; i < in; i++) for (int o = 0; o < out; o++) turned[o * in + i] = numbers[i * out + o];
        return turned;
    }

    @Override
    public Encoding encode(Collated batch, Step step) {
        Collated.Field field = batch.field("counts");
        float[] counts = new float[field.values().length];
        for (int i = 0; i < counts.length; i++) counts[i] = field.values()[i];
        NDArray mean = step.manager().create(counts, new Shape(field.shape())).matMul(parameters.get("words"));
        return new Encoding(Dropout.dropout(mean, 0.3f, step.training()).singletonOrThrow(), Optional.empty());
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void freeze(int layers) {
        if (layers != 0) parameters.freeze(name -> true);
    }

    @Override
    public void save(Path folder, Parameters extra) throws IOException {
        Map<String, NDArray> all = new LinkedHashMap<>(parameters.all());
        all.putAll(extra.all());
        StateFile.write(folder.resolve("weights.bin"), all);
        Files.writeString(folder.resolve("names.txt"), String.join("\n", new ArrayList<>(all.keySet())));
    }

    @Override
    public void restore(Path folder, Parameters extra) throws IOException {
        if (extra.all().isEmpty()) return;
        try (NDManager manager = parameters.get("words").getManager().newSubManager()) {
            Map<String, NDArray> saved = StateFile.read(folder.resolve("weights.bin"), manager);
            extra.all().forEach((name, array) -> array.set(saved.get(name).toByteBuffer()));
        }
    }
}
