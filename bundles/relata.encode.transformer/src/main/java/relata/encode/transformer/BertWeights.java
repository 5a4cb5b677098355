package relata.encode.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.learn.Allocator;
import relata.api.learn.Parameters;
import relata.weights.Weight;
import relata.weights.Weights;

/**
 * BERT's parameters from and to named weights. In memory the matrices of query, key and value are one of shape (3H, H), so that one
 * product serves all three; in files they are three, as other software has them.
 */
final class BertWeights {
    /** Name of the joint projection within a layer. */
    static final String QKV = "attention.self.qkv";

    private static final Logger LOG = LoggerFactory.getLogger(BertWeights.class);
    /** What is joined, in order. */
    static final List<String> PARTS = List.of("query", "key", "value");
    static final String WORDS = "embeddings.word_embeddings.weight";
    /** What the names of a language-modelling head begin with. */
    private static final String LANGUAGE_MODEL = "cls.predictions.";
    private static final String POOLER = "pooler.dense.";
    private static final double DEVIATION = 0.02;

    private final BertConfig config;
    private final Weights weights;
    private final NDManager manager;

    private BertWeights(BertConfig config, Weights weights, NDManager manager) {
        this.config = config;
        this.weights = weights;
        this.manager = manager;
    }

    /**
     * Makes the parameters.
     *
     * @param added tokens that the tokenizer got new, by number: each gets a row of normal numbers that depend on its text alone
     * @param pooler true if the pooler is used; made new if the weights have none
     * @throws IOException if a weight is missing or has a shape that the configuration does not ask for
     */
    static Parameters read(BertConfig config, Weights weights, SortedMap<Integer, String> added, boolean pooler, NDManager manager) throws IOException {
        return new BertWeights(config, named(weights), manager).read(added, pooler);
    }

    /** Names without the prefix of models with a head, and with the layer norms' present names. */
    static Weights named(Weights weights) throws IOException {
        return weights.renamed(name -> {
            String plain = name.startsWith("bert.") ? name.substring("bert.".length()) : name;
            return plain.replaceAll("LayerNorm\\.gamma$", "LayerNorm.weight").replaceAll("LayerNorm\\.beta$", "LayerNorm.bias");
        });
    }

    /** The pooler, copied out of the file, if there is one: to be handed on by an encoder that does not use it. */
    static List<Weight> pooler(Weights weights) throws IOException {
        List<Weight> pooler = new ArrayList<>();
        for (Weight w : named(weights)) if (w.name().startsWith(POOLER)) pooler.add(Weight.of(w.name(), w.shape(), w.toArray()));
        return pooler;
    }

    /** The language-modelling head, copied out of the file, if there is one; without its matrix, which is that of the word embeddings. */
    static Map<String, float[]> languageModel(Weights weights) throws IOException {
        Map<String, float[]> head = new HashMap<>();
        for (Weight w : named(weights)) if (w.name().startsWith(LANGUAGE_MODEL) && !w.name().endsWith("decoder.weight")) head.put(w.name(), w.toArray());
        return head;
    }

    private Parameters read(SortedMap<Integer, String> added, boolean pooler) throws IOException {
        long h = config.hidden(), wide = config.intermediate();
        Parameters all = new Parameters();
        words(all, added);
        add(all, "embeddings.position_embeddings.weight", config.positions(), h);
        add(all, "embeddings.token_type_embeddings.weight", config.types(), h);
        norm(all, "embeddings.LayerNorm");
        for (int i = 0; i < config.layers(); i++) {
            String layer = "encoder.layer." + i + ".";
            joint(all, layer, "weight", h, h);
            joint(all, layer, "bias", h);
            dense(all, layer + "attention.output.dense", h, h);
            norm(all, layer + "attention.output.LayerNorm");
            dense(all, layer + "intermediate.dense", wide, h);
            dense(all, layer + "output.dense", h, wide);
            norm(all, layer + "output.LayerNorm");
        }
        if (pooler && weights.find(POOLER + "weight").isPresent()) dense(all, "pooler.dense", h, h);
        else if (pooler) {
            LOG.info("{} has no pooler: a new one is made, to be trained", weights.source());
            Allocator allocator = new Allocator(manager, new SplittableRandom(POOLER.hashCode()));
            all.add(POOLER + "weight", allocator.truncatedNormal(DEVIATION, h, h)).add(POOLER + "bias", allocator.constant(0f, h));
        }
        return all;
    }

    private void words(Parameters all, SortedMap<Integer, String> added) throws IOException {
        int h = config.hidden();
        FloatBuffer old = weights.get(WORDS, config.vocabulary(), h).values();
        int rows = added.isEmpty() ? config.vocabulary() : Math.max(config.vocabulary(), added.lastKey() + 1);
        float[] numbers = new float[Math.multiplyExact(rows, h)];
        old.get(numbers, 0, config.vocabulary() * h);
        for (Map.Entry<Integer, String> token : added.entrySet()) {
            SplittableRandom random = new SplittableRandom(token.getValue().hashCode());
            for (int i = 0; i < h; i++) numbers[token.getKey() * h + i] = (float) (random.nextGaussian() * DEVIATION);
        }
        all.add(WORDS, array(FloatBuffer.wrap(numbers), rows, h));
    }

    private void dense(Parameters all, String name, long out, long in) throws IOException {
        add(all, name + ".weight", out, in);
        add(all, name + ".bias", out);
    }

    private void norm(Parameters all, String name) throws IOException {
        add(all, name + ".weight", config.hidden());
        add(all, name + ".bias", config.hidden());
    }

    private void add(Parameters all, String name, long... shape) throws IOException {
        all.add(name, array(weights.get(name, shape).values(), shape));
    }

    /** Query, key and value one below the other. */
    private void joint(Parameters all, String layer, String kind, long... shape) throws IOException {
        long[] joint = shape.clone();
        joint[0] *= PARTS.size();
        FloatBuffer numbers = FloatBuffer.allocate(Math.toIntExact(Arrays.stream(joint).reduce(1, Math::multiplyExact)));
        for (String part : PARTS) numbers.put(weights.get(layer + "attention.self." + part + "." + kind, shape).values());
        all.add(layer + QKV + "." + kind, array(numbers.flip(), joint));
    }

    private NDArray array(FloatBuffer numbers, long... shape) {
        return manager.create(numbers, new Shape(shape));
    }

    /** Parameters as weights with the names and shapes that other software expects. */
    static List<Weight> write(Parameters parameters) {
        List<Weight> written = new ArrayList<>();
        parameters.all().forEach((name, array) -> {
            Weight whole = Weight.of(name, Arrays.stream(array.getShape().getShape()).boxed().toList(), array.toFloatArray());
            Optional<List<Weight>> parts = parts(whole);
            if (parts.isPresent()) written.addAll(parts.get());
            else written.add(whole);
        });
        return written;
    }

    private static Optional<List<Weight>> parts(Weight whole) {
        int at = whole.name().indexOf(QKV);
        if (at < 0) return Optional.empty();
        List<Long> shape = new ArrayList<>(whole.shape());
        shape.set(0, shape.get(0) / PARTS.size());
        int size = whole.count() / PARTS.size();
        List<Weight> parts = new ArrayList<>();
        for (int p = 0; p < PARTS.size(); p++)
            parts.add(new Weight(whole.name().substring(0, at) + "attention.self." + PARTS.get(p) + whole.name().substring(at + QKV.length()), shape,
                    whole.values().slice(p * size, size)));
        return Optional.of(parts);
    }
}
