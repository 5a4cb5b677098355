package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import relata.api.learn.Allocator;
import relata.api.learn.Collated;
import relata.api.learn.Encoding;
import relata.api.learn.Objective;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.learn.Vocabulary;

/**
 * BERT's head for masked language modelling: E · norm(gelu(W h + b)) + c over the states h of the hidden sub-words, where E are the encoder's word
 * embeddings. W, b, the norm and c are called as in Hugging Face models, {@code cls.predictions.*}; they are those that came with the checkpoint, or
 * new if none did.
 */
final class WordPrediction implements Objective.Term {
    private static final String HEAD = "cls.predictions.";
    private static final double DEVIATION = 0.02;
    private static final float EPSILON = 1e-12f;

    private final Vocabulary vocabulary;
    private final Corruption corruption;
    private final Parameters parameters = new Parameters();
    private final long hidden;

    /** @throws IllegalArgumentException if the encoder has no vocabulary, or the checkpoint's head does not fit it */
    WordPrediction(MaskedLm.Config config, Objective.Setting setting) {
        vocabulary = setting.vocabulary().orElseThrow(() -> new IllegalArgumentException("masked-lm needs an encoder that reads sub-words of a vocabulary with [MASK] in it, but this one has none"));
        corruption = new Corruption(config.rate(), config.masked(), config.random(), vocabulary, number -> {
            Vocabulary.Role role = vocabulary.role(number);
            return role == Vocabulary.Role.SPECIAL || config.protect().covers(role);
        });
        Shape table = vocabulary.embeddings().getShape();
        hidden = table.get(1);
        Allocator allocator = setting.allocator();
        add("transform.dense.weight", allocator, () -> allocator.truncatedNormal(DEVIATION, hidden, hidden), hidden, hidden);
        add("transform.dense.bias", allocator, () -> allocator.constant(0, hidden), hidden);
        add("transform.LayerNorm.weight", allocator, () -> allocator.constant(1, hidden), hidden);
        add("transform.LayerNorm.bias", allocator, () -> allocator.constant(0, hidden), hidden);
        // a checkpoint knows no bias of the tokens that were added to it
        float[] bias = vocabulary.unused(HEAD + "bias").or(() -> vocabulary.unused(HEAD + "decoder.bias")).map(b -> b.length < table.get(0) ? Arrays.copyOf(b, (int) table.get(0)) : b)
                .orElseGet(() -> new float[(int) table.get(0)]);
        parameters.add(HEAD + "bias", allocator.copy(bias, table.get(0)));
    }

    private void add(String name, Allocator allocator, Supplier<NDArray> fresh, long... shape) {
        Optional<float[]> known = vocabulary.unused(HEAD + name);
        if (known.isPresent() && known.get().length != new Shape(shape).size())
            throw new IllegalArgumentException("the checkpoint's " + HEAD + name + " has " + known.get().length + " numbers, but the encoder's width asks for " + new Shape(shape).size());
        parameters.add(HEAD + name, known.map(numbers -> allocator.copy(numbers, shape)).orElseGet(fresh));
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Collated prepare(Collated batch, RandomGenerator random) {
        return corruption.of(batch, random);
    }

    @Override
    public NDArray loss(Encoding encoding, Collated batch, Step step) {
        NDArray tokens = encoding.tokens().orElseThrow(() -> new IllegalArgumentException("masked-lm needs an encoder that gives token states"));
        long[] places = batch.field(Corruption.PLACES).values();
        // nothing was drawn: nothing to learn, but still something with a gradient
        if (places.length == 0) return tokens.sum().mul(0f);
        NDManager m = step.manager();
        // a look-up, since its gradient adds up in a fixed order
        NDArray states = Embedding.embedding(m.create(places), tokens.reshape(-1, hidden), SparseFormat.DENSE).singletonOrThrow();
        return step.engine().kernels().crossEntropy(logits(states), m.create(batch.field(Corruption.WORDS).values()), 0);
    }

    /** (M, H) to (M, V). */
    private NDArray logits(NDArray states) {
        NDArray dense = Activation.gelu(Linear.linear(states, get("transform.dense.weight"), get("transform.dense.bias")).singletonOrThrow());
        NDArray normal = LayerNorm.layerNorm(dense, new Shape(hidden), get("transform.LayerNorm.weight"), get("transform.LayerNorm.bias"), EPSILON).singletonOrThrow();
        return Linear.linear(normal, vocabulary.embeddings(), get("bias")).singletonOrThrow();
    }

    private NDArray get(String name) {
        return parameters.get(HEAD + name);
    }
}
