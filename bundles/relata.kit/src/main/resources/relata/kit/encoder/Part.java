package {{package}};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.learn.Allocator;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Encoding;
import relata.api.learn.Engine;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.view.View;
import relata.weights.ModelFiles;
import relata.weights.Safetensors;
import relata.weights.Weight;
import relata.weights.Weights;

/**
 * A bag of words: the mean of the vectors of the head's words, that of the tail's, and that of all words, side by side. Words are not listed but hashed: those of
 * equal hash share a vector (Weinberger et al. 2009). It is trained from nothing and gives no token states.
 */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Means of word vectors: of the head's words, of the tail's, of all.")
@Source("hashing: Weinberger et al. 2009, Feature Hashing for Large Scale Multitask Learning")
public final class {{class}} implements ComponentProvider<EncoderLoader, {{class}}.Config> {
    private static final String VECTORS = "embeddings.words.weight";
    /** The bags of a pair, which are also the fields of a batch. */
    private static final List<String> BAGS = List.of("head", "tail", "all");

    /** Settings. */
    public record Config(
            @Doc("V, number of word vectors.") @Default("4096") @Range("[2, inf)") int buckets,
            @Doc("H, numbers of a word vector; a relation vector has three times as many.") @Default("32") @Range("[1, inf)") int size) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public EncoderLoader create(Config config, Parts parts) {
        return new EncoderLoader() {
            @Override
            public Encoder load(Engine engine, NDManager manager, Optional<Path> from) throws IOException {
                Path folder = from.orElseThrow(() -> new IOException("the encoder '{{name}}' has no weights before it is trained: let a stage train it, and others start from that stage (from)"));
                Weight saved = ModelFiles.read(folder).get(VECTORS, config.buckets(), config.size());
                return new Bags(config, manager.create(saved.toArray(), new Shape(config.buckets(), config.size())));
            }

            @Override
            public Encoder begin(Engine engine, NDManager manager, List<Example> examples, RandomGenerator random) {
                return new Bags(config, new Allocator(manager, random).normal(0.1, config.buckets(), config.size()));
            }
        };
    }

    /** With its vectors. */
    private static final class Bags implements Encoder {
        private final Config config;
        private final NDArray vectors; // (V, H)
        private final Parameters parameters;

        Bags(Config config, NDArray vectors) {
            this.config = config;
            this.vectors = vectors;
            this.parameters = new Parameters().add(VECTORS, vectors);
        }

        @Override
        public int dimension() {
            return BAGS.size() * config.size();
        }

        @Override
        public int length(View view) {
            return view.passage().tokens().size();
        }

        /** Fields {@code head}, {@code tail} and {@code all}, (R, L): the bucket of each word of the bag, -1 elsewhere. */
        @Override
        public Collated collate(List<View> views) {
            int length = views.stream().mapToInt(this::length).max().orElse(0);
            int rows = views.stream().mapToInt(v -> v.pairs().size()).sum();
            Map<String, Collated.Field> fields = Map.of("head", empty(rows, length), "tail", empty(rows, length), "all", empty(rows, length));
            int row = 0;
            for (View view : views)
                for (Pair pair : view.pairs()) {
                    List<Entity> entities = view.passage().entities();
                    BitSet all = new BitSet();
                    all.set(0, length(view));
                    List<BitSet> bags = List.of(entities.get(pair.head()).tokens(), entities.get(pair.tail()).tokens(), all);
                    for (int bag = 0; bag < bags.size(); bag++) fill(fields.get(BAGS.get(bag)).values(), row * length, bags.get(bag), view.passage().tokens());
                    row++;
                }
            return new Collated(views, Collated.rows(views), length, fields);
        }

        private static Collated.Field empty(int rows, int length) {
            long[] values = new long[rows * length];
            Arrays.fill(values, -1);
            return new Collated.Field(values, rows, length);
        }

        private void fill(long[] values, int from, BitSet bag, List<String> tokens) {
            bag.stream().forEach(i -> values[from + i] = Math.floorMod(tokens.get(i).toLowerCase(Locale.ROOT).hashCode(), config.buckets()));
        }

        @Override
        public Encoding encode(Collated batch, Step step) {
            NDList means = new NDList();
            // shares of the buckets are the first operand, so that the result belongs to the step and not to the parameter
            for (String bag : BAGS) means.add(shares(batch.field(bag), step.manager()).matMul(vectors)); // (R, V) (V, H)
            return new Encoding(NDArrays.concat(means, 1), Optional.empty());
        }

        /** (R, V): of each row the share of its words that are in each bucket. */
        private NDArray shares(Collated.Field field, NDManager manager) {
            int rows = (int) field.shape()[0];
            int length = (int) field.shape()[1];
            float[] shares = new float[rows * config.buckets()];
            for (int row = 0; row < rows; row++) {
                long[] words = Arrays.stream(field.values(), row * length, (row + 1) * length).filter(w -> w >= 0).toArray();
                for (long word : words) shares[row * config.buckets() + (int) word] += 1f / words.length;
            }
            return manager.create(shares, new Shape(rows, config.buckets()));
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
            List<Weight> weights = new ArrayList<>();
            for (Parameters some : List.of(parameters, extra))
                some.all().forEach((name, array) -> weights.add(Weight.of(name, Arrays.stream(array.getShape().getShape()).boxed().toList(), array.toFloatArray())));
            Path file = folder.resolve("model.safetensors");
            Safetensors.write(file, new Weights(file.toString(), weights), Map.of());
        }

        @Override
        public void restore(Path folder, Parameters extra) throws IOException {
            if (extra.all().isEmpty()) return;
            Weights weights = ModelFiles.read(folder);
            for (Map.Entry<String, NDArray> e : extra.all().entrySet()) {
                NDArray here = e.getValue();
                try (NDArray saved = here.getManager().create(weights.get(e.getKey(), here.getShape().getShape()).toArray(), here.getShape())) {
                    here.subi(here).addi(saved);
                }
            }
        }
    }
}
