package relata.encode.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.Engine;
import relata.api.learn.Step;
import relata.api.view.View;
import relata.testkit.TestEngine;
import relata.text.InputFormat;

/** The network beside plain loops over doubles: values, and the gradients of all parameters by central differences. */
final class ConvolutionsTest {
    private static final List<Example> EXAMPLES = List.of(
            example("long", "the small mill grinds the corn of the whole valley", Entity.of("a", "", 1, 3), Entity.of("b", "", 5, 6)),
            example("turned", "corn fills the mill", Entity.of("a", "", 3, 4), Entity.of("b", "", 0, 1)),
            // shorter than a window, and without a middle and an end
            example("short", "mill", Entity.of("a", "", 0, 1), Entity.of("b", "", 0, 1)));

    private final Engine engine = TestEngine.engine();

    private static Example example(String id, String text, Entity... entities) {
        return new Example(id, new Passage(id, List.of(text.split(" ")), List.of(), List.of(entities), List.of()), List.of(new Pair(0, 1, List.of("r"))));
    }

    private static Architecture architecture(String type) {
        return new Architecture(type, 3, 2, 4, List.of(1, 2, 5), 4, true);
    }

    private interface Check {
        void on(Encoder encoder, NDManager manager) throws Exception;
    }

    private void begun(String type, Check check) throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Encoder encoder = new CnnLoader(architecture(type), InputFormat.PLAIN, 100, 1, Optional.empty()).begin(engine, manager, EXAMPLES, new SplittableRandom(4));
                // numbers of one size, biases too, so that no maximum is near another
                Random random = new Random(8);
                for (NDArray p : encoder.parameters().all().values()) {
                    float[] numbers = new float[Math.toIntExact(p.size())];
                    for (int i = 0; i < numbers.length; i++) numbers[i] = (float) (0.6 * random.nextGaussian());
                    p.set(numbers);
                }
                check.on(encoder, manager);
                return type;
            }
        });
    }

    private static Map<String, double[]> numbers(Encoder encoder) {
        Map<String, double[]> numbers = new TreeMap<>();
        encoder.parameters().all().forEach((name, array) -> {
            float[] floats = array.toFloatArray();
            double[] doubles = new double[floats.length];
            for (int i = 0; i < doubles.length; i++) doubles[i] = floats[i];
            numbers.put(name, doubles);
        });
        return numbers;
    }

    /** The relation vector of one sentence. */
    private static double[] plain(Architecture a, Map<String, double[]> p, Sentence sentence) {
        int l = sentence.words().length;
        Sentence.Row row = sentence.rows().get(0);
        double[][] x = new double[l][];
        for (int i = 0; i < l; i++) {
            double[] word = new double[a.inputs()];
            System.arraycopy(p.get("embeddings.words.weight"), sentence.words()[i] * 3, word, 0, 3);
            System.arraycopy(p.get("embeddings.head_distances.weight"), row.head()[i] * 2, word, 3, 2);
            System.arraycopy(p.get("embeddings.tail_distances.weight"), row.tail()[i] * 2, word, 5, 2);
            x[i] = word;
        }
        double[] vector = new double[a.dimension()];
        int at = 0;
        for (int width : a.widths())
            for (int piece = 0; piece < a.pieces(); piece++)
                for (int f = 0; f < a.filters(); f++) {
                    double max = Double.NEGATIVE_INFINITY;
                    for (int i = 0; i < l; i++) {
                        if (a.pieces() == 3 && row.piece()[i] != piece) continue;
                        double sum = p.get("convolutions." + width + ".bias")[f];
                        for (int k = 0; k < width; k++) {
                            int from = i - (width - 1) / 2 + k;
                            if (from < 0 || from >= l) continue;
                            for (int e = 0; e < a.inputs(); e++) sum += p.get("convolutions." + width + ".weight")[(f * a.inputs() + e) * width + k] * x[from][e];
                        }
                        max = Math.max(max, sum);
                    }
                    vector[at++] = max == Double.NEGATIVE_INFINITY ? 0 : Math.tanh(max);
                }
        return vector;
    }

    private static List<Sentence> sentences() {
        Map<String, Integer> counts = new TreeMap<>();
        EXAMPLES.forEach(e -> e.passage().tokens().forEach(t -> counts.merge(t, 1, Integer::sum)));
        Sentence.Reader reader = new Sentence.Reader(Vocabulary.of(counts, 1, Set.of(), true), InputFormat.PLAIN, 4, 100, new AtomicBoolean());
        return EXAMPLES.stream().map(View::of).map(reader::read).toList();
    }

    private static double weighted(Architecture a, Map<String, double[]> p, double[] weights) {
        double sum = 0;
        int at = 0;
        for (Sentence sentence : sentences()) for (double x : plain(a, p, sentence)) sum += weights[at++] * x;
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"cnn", "pcnn"})
    void followsThePlainLoop(String type) throws Exception {
        begun(type, (encoder, manager) -> {
            Map<String, double[]> p = numbers(encoder);
            Collated batch = encoder.collate(EXAMPLES.stream().map(View::of).toList());
            float[] actual = encoder.encode(batch, new Step(engine, manager, false)).relations().toFloatArray();
            int at = 0;
            for (Sentence sentence : sentences()) for (double expected : plain(architecture(type), p, sentence)) assertEquals(expected, actual[at++], 1e-5, "number " + at);
            assertEquals(actual.length, at);
        });
    }

    @ParameterizedTest
    @CsvSource({"cnn", "pcnn"})
    void gradientsAreThoseOfThePlainLoop(String type) throws Exception {
        Architecture a = architecture(type);
        begun(type, (encoder, manager) -> {
            Random random = new Random(3);
            double[] weights = random.doubles(3L * a.dimension(), -1, 1).toArray();
            float[] floats = new float[weights.length];
            for (int i = 0; i < floats.length; i++) floats[i] = (float) weights[i];
            try (NDManager step = manager.newSubManager(); Engine.Tape tape = engine.record()) {
                NDArray relations = encoder.encode(encoder.collate(EXAMPLES.stream().map(View::of).toList()), new Step(engine, step, true)).relations();
                tape.backward(relations.mul(step.create(floats, relations.getShape())).sum());
            }
            Map<String, double[]> p = numbers(encoder);
            int checked = 0;
            for (Map.Entry<String, double[]> e : p.entrySet()) {
                float[] gradient;
                try (NDArray handle = encoder.parameters().get(e.getKey()).getGradient()) {
                    gradient = handle.toFloatArray();
                }
                for (int i = 0; i < gradient.length; i++) {
                    double kept = e.getValue()[i], step = 1e-5;
                    e.getValue()[i] = kept + step;
                    double above = weighted(a, p, weights);
                    e.getValue()[i] = kept - step;
                    double below = weighted(a, p, weights);
                    e.getValue()[i] = kept;
                    assertEquals((above - below) / (2 * step), gradient[i], 1e-4, e.getKey() + " number " + i);
                    if (gradient[i] != 0) checked++;
                }
            }
            assertTrue(checked > 100, "only " + checked + " gradients are not 0");
        });
    }
}
