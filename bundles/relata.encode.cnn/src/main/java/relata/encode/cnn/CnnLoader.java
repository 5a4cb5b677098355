package relata.encode.cnn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.corpus.Example;
import relata.api.learn.Allocator;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.learn.Parameters;
import relata.text.InputFormat;
import relata.weights.ModelFiles;
import relata.weights.Weights;

/**
 * Makes a network from nothing, or from a folder that one was saved in.
 *
 * @param minCount words that occur less often are unknown
 * @param vectors word vectors to start from; a saved network holds its own
 */
record CnnLoader(Architecture architecture, InputFormat format, int maxLength, int minCount, Optional<Path> vectors) implements EncoderLoader {
    private static final Logger LOG = LoggerFactory.getLogger(CnnLoader.class);
    /** Standard deviation of new word and position vectors. */
    private static final double DEVIATION = 0.1;

    @Override
    public Encoder load(Engine engine, NDManager manager, Optional<Path> from) throws IOException {
        Path folder = from.orElseThrow(() -> new IOException("the encoder '" + architecture.modelType() + "' has no weights before it is trained: let a stage train it, and others start from that stage (from)"));
        return in(engine, () -> {
            architecture.expectIn(folder);
            Vocabulary vocabulary = Vocabulary.read(folder, architecture.lowercase());
            Weights weights = ModelFiles.read(folder);
            Parameters parameters = new Parameters();
            for (Map.Entry<String, long[]> e : shapes(vocabulary).entrySet()) parameters.add(e.getKey(), manager.create(weights.get(e.getKey(), e.getValue()).values(), new Shape(e.getValue())));
            return encoder(vocabulary, parameters);
        });
    }

    @Override
    public Encoder begin(Engine engine, NDManager manager, List<Example> examples, RandomGenerator random) throws IOException {
        return in(engine, () -> {
            Map<String, Integer> counts = new HashMap<>();
            for (Example example : examples)
                for (String word : format.mark(example.passage(), example.pairs()).tokens()) counts.merge(Vocabulary.key(word, architecture.lowercase()), 1, Integer::sum);
            Map<String, float[]> given = vectors.isPresent() ? WordVectors.read(vectors.get(), architecture.wordSize(), counts.keySet(), architecture.lowercase()) : Map.of();
            if (vectors.isPresent()) LOG.info("{} of the {} words of the training examples have a vector in {}", given.size(), counts.size(), vectors.get());
            Set<String> always = new HashSet<>(given.keySet());
            format.markers().forEach(marker -> always.add(Vocabulary.key(marker, architecture.lowercase())));
            Vocabulary vocabulary = Vocabulary.of(counts, minCount, always, architecture.lowercase());
            return encoder(vocabulary, fresh(vocabulary, given, new Allocator(manager, random), manager));
        });
    }

    /** New parameters; filters as Glorot and Bengio (2010) would draw them from a normal distribution. */
    private Parameters fresh(Vocabulary vocabulary, Map<String, float[]> given, Allocator allocator, NDManager manager) {
        Parameters parameters = new Parameters();
        shapes(vocabulary).forEach((name, shape) -> {
            if (name.endsWith(".bias")) parameters.add(name, allocator.constant(0f, shape));
            else if (shape.length == 3) parameters.add(name, allocator.truncatedNormal(Math.sqrt(2.0 / ((shape[0] + shape[1]) * shape[2])), shape));
            else if (name.equals(Convolutions.WORDS)) parameters.add(name, words(vocabulary, given, allocator.normal(DEVIATION, shape), manager));
            else parameters.add(name, allocator.normal(DEVIATION, shape));
        });
        return parameters;
    }

    /** The table of word vectors, those that are given in place of the random ones. */
    private NDArray words(Vocabulary vocabulary, Map<String, float[]> given, NDArray random, NDManager manager) {
        if (given.isEmpty()) return random;
        float[] numbers = random.toFloatArray();
        random.close();
        int size = architecture.wordSize();
        given.forEach((word, vector) -> System.arraycopy(vector, 0, numbers, vocabulary.number(word) * size, size));
        return manager.create(numbers, new Shape(vocabulary.size(), size));
    }

    /** Names and shapes of the parameters, from the lowest to the highest. */
    private Map<String, long[]> shapes(Vocabulary vocabulary) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(Convolutions.WORDS, new long[] {vocabulary.size(), architecture.wordSize()});
        for (String table : List.of(Convolutions.HEAD, Convolutions.TAIL)) shapes.put(table, new long[] {architecture.distances(), architecture.positionSize()});
        for (int width : architecture.widths()) {
            shapes.put(Convolutions.filters(width) + ".weight", new long[] {architecture.filters(), architecture.inputs(), width});
            shapes.put(Convolutions.filters(width) + ".bias", new long[] {architecture.filters()});
        }
        return shapes;
    }

    private Encoder encoder(Vocabulary vocabulary, Parameters parameters) {
        Sentence.Reader reader = new Sentence.Reader(vocabulary, format, architecture.maxDistance(), maxLength, new AtomicBoolean());
        return new CnnEncoder(architecture, vocabulary, reader, parameters);
    }

    private static Encoder in(Engine engine, Callable<Encoder> work) throws IOException {
        try {
            return engine.call(work);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the encoder cannot be made: " + e.getMessage(), e);
        }
    }
}
