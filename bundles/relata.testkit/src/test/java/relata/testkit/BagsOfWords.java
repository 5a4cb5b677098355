package relata.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.Dropout;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Pair;
import relata.api.learn.Allocator;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Encoding;
import relata.api.learn.Engine;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.learn.Vocabulary;
import relata.api.view.View;

/** Encoders of a bag of words, for tests that make them wrong. */
final class BagsOfWords {
    static final int WORDS = 512;
    static final int H = 4;

    private BagsOfWords() {}

    /** A relation vector is the mean of all word vectors beside those of the first words of head and tail. */
    static class Bag implements Encoder {
        final Parameters parameters;

        Bag(Parameters parameters) {
            this.parameters = parameters;
        }

        @Override
        public int dimension() {
            return 3 * H;
        }

        @Override
        public int length(View view) {
            return view.passage().tokens().size();
        }

        @Override
        public Collated collate(List<View> views) {
            int b = views.size(), l = views.stream().mapToInt(v -> v.passage().tokens().size()).max().orElse(0);
            long[] ids = new long[b * l], mask = new long[b * l];
            List<Long> view = new ArrayList<>(), places = new ArrayList<>();
            for (int i = 0; i < b; i++) {
                List<String> tokens = views.get(i).passage().tokens();
                for (int j = 0; j < tokens.size(); j++) {
                    ids[i * l + j] = Math.floorMod(tokens.get(j).hashCode(), WORDS);
                    mask[i * l + j] = 1;
                }
                for (Pair pair : views.get(i).pairs()) {
                    view.add((long) i);
                    for (int e : new int[] {pair.head(), pair.tail()})
                        places.add((long) i * l + views.get(i).passage().entities().get(e).mentions().get(0).start());
                }
            }
            Map<String, Collated.Field> fields = new HashMap<>();
            fields.put("ids", new Collated.Field(ids, b, l));
            fields.put("mask", new Collated.Field(mask, b, l));
            fields.put("view", field(view));
            fields.put("places", field(places));
            return new Collated(views, Collated.rows(views), l, fields);
        }

        private static Collated.Field field(List<Long> values) {
            return new Collated.Field(values.stream().mapToLong(Long::longValue).toArray(), values.size());
        }

        @Override
        public Encoding encode(Collated batch, Step step) {
            NDManager m = step.manager();
            Shape shape = new Shape(batch.field("ids").shape());
            NDArray tokens = table(batch, m);
            if (step.training()) tokens = Dropout.dropout(tokens, 0.1f, true).singletonOrThrow();
            NDArray mask = m.create(batch.field("mask").values(), shape).toType(DataType.FLOAT32, false).expandDims(2);
            NDArray mean = rows(m.create(batch.field("view").values()), mean(tokens, mask));
            NDArray flat = tokens.reshape(-1, H);
            NDArray places = rows(m.create(batch.field("places").values()), flat).reshape(-1, 2 * H);
            return new Encoding(NDArrays.concat(new NDList(mean, places), -1), Optional.of(tokens));
        }

        NDArray table(Collated batch, NDManager m) {
            Shape shape = new Shape(batch.field("ids").shape());
            return rows(m.create(batch.field("ids").values(), shape), parameters.get("table")).add(parameters.get("bias"));
        }

        NDArray mean(NDArray tokens, NDArray mask) {
            return tokens.mul(mask).sum(new int[] {1}).div(mask.sum(new int[] {1}));
        }

        static NDArray rows(NDArray index, NDArray of) {
            return Embedding.embedding(index, of, SparseFormat.DENSE).singletonOrThrow();
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
            Map<String, NDArray> all = new TreeMap<>(parameters.all());
            all.putAll(extra.all());
            try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(folder.resolve("bag")))) {
                for (Map.Entry<String, NDArray> e : all.entrySet()) {
                    out.writeUTF(e.getKey() + " " + e.getValue().getShape());
                    float[] numbers = e.getValue().toFloatArray();
                    out.writeInt(numbers.length);
                    for (float x : numbers) out.writeFloat(x);
                }
            }
        }

        @Override
        public void restore(Path folder, Parameters extra) throws IOException {
            Map<String, float[]> saved = new HashMap<>();
            try (DataInputStream in = new DataInputStream(Files.newInputStream(folder.resolve("bag")))) {
                while (in.available() > 0) {
                    String key = in.readUTF();
                    float[] numbers = new float[in.readInt()];
                    for (int i = 0; i < numbers.length; i++) numbers[i] = in.readFloat();
                    saved.put(key, numbers);
                }
            }
            for (Map.Entry<String, NDArray> e : extra.all().entrySet()) {
                float[] numbers = saved.get(e.getKey() + " " + e.getValue().getShape());
                if (numbers == null) throw new IOException(folder + " has no " + e.getKey() + " " + e.getValue().getShape() + ", only " + saved.keySet());
                e.getValue().set(numbers);
            }
        }
    }

    record None() {}

    @ComponentName("bag")
    @Doc("Bag of words")
    @Source("")
    static class Bags implements ComponentProvider<EncoderLoader, None> {
        private final Change change;
        private final boolean vocabulary;

        Bags(Change change) {
            this(change, false);
        }

        Bags(Change change, boolean vocabulary) {
            this.change = change;
            this.vocabulary = vocabulary;
        }

        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public EncoderLoader create(None config, Parts parts) {
            return new EncoderLoader() {
                @Override
                public Encoder load(Engine engine, NDManager manager, Optional<Path> from) throws IOException {
                    Allocator allocator = new Allocator(manager, new SplittableRandom(1));
                    Parameters parameters = new Parameters().add("table", allocator.normal(1, WORDS, H)).add("bias", allocator.normal(1, H));
                    Bag bag = change.of(parameters, manager);
                    if (from.isPresent()) bag.restore(from.get(), parameters);
                    return bag;
                }

                @Override
                public boolean hasVocabulary() {
                    return vocabulary;
                }
            };
        }
    }

    /** The words of a bag; number 0 is padding, and hides words. */
    record Words(String field, int size, int mask, NDArray embeddings) implements Vocabulary {
        @Override
        public Role role(int number) {
            return number == 0 ? Role.SPECIAL : Role.TEXT;
        }
    }

    static Bag listing(Parameters parameters, Words words) {
        return new Bag(parameters) {
            @Override
            public Optional<Vocabulary> vocabulary() {
                return Optional.of(words);
            }
        };
    }

    /** Makes the encoder that is tried. */
    interface Change {
        Bag of(Parameters parameters, NDManager owner);
    }
}
