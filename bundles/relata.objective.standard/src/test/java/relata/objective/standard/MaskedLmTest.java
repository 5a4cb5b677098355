package relata.objective.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.learn.Allocator;
import relata.api.learn.Collated;
import relata.api.learn.Encoding;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.learn.Step;
import relata.api.learn.Vocabulary;
import relata.api.view.View;
import relata.testkit.ObjectiveContract;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;

class MaskedLmTest extends ObjectiveContract<MaskedLm.Config> {
    static final int PAD = 0, MASK = 1, START = 2, END = 3, SIZE = 20, H = 4;

    private static final List<String> NAMES = List.of("cls.predictions.transform.dense.weight", "cls.predictions.transform.dense.bias", "cls.predictions.transform.LayerNorm.weight",
            "cls.predictions.transform.LayerNorm.bias", "cls.predictions.bias");

    private final Engine engine = TestEngine.engine();

    @Override
    public ComponentProvider<Objective, MaskedLm.Config> provider() {
        return new MaskedLm();
    }

    @Override
    protected Optional<Vocabulary> vocabulary(NDManager manager) {
        return Optional.of(Words.of(manager, Map.of()));
    }

    /** A sub-word for each token. */
    @Override
    protected Collated collate(List<View> views) {
        int length = views.stream().mapToInt(v -> v.passage().tokens().size()).max().orElse(0);
        long[] pieces = new long[views.size() * length];
        for (int v = 0; v < views.size(); v++) {
            List<String> tokens = views.get(v).passage().tokens();
            for (int i = 0; i < tokens.size(); i++) pieces[v * length + i] = 4 + Math.floorMod(tokens.get(i).hashCode(), SIZE - 4);
        }
        return new Collated(views, Collated.rows(views), length, Map.of("pieces", new Collated.Field(pieces, views.size(), length)));
    }

    /** The states of all tokens of a view are made of its relation vector, so that what the tokens teach is seen there. */
    @Override
    protected Encoding encoding(NDArray relations, Collated batch, Step step) {
        double[][] spread = Rows.random(WIDTH, batch.length() * H);
        NDArray tokens = relations.matMul(Rows.array(step.manager(), spread)).reshape(batch.views().size(), batch.length(), H);
        return new Encoding(relations, Optional.of(tokens));
    }

    /** 20 sub-words, the first four of which are no text; the table has two more rows. */
    record Words(NDArray embeddings, Map<String, float[]> checkpoint) implements Vocabulary {
        static Words of(NDManager manager, Map<String, float[]> checkpoint) {
            NDArray table = Rows.array(manager, Rows.random(SIZE + 2, H));
            table.setRequiresGradient(true);
            return new Words(table, checkpoint);
        }

        @Override
        public String field() {
            return "pieces";
        }

        @Override
        public int size() {
            return SIZE;
        }

        @Override
        public int mask() {
            return MASK;
        }

        @Override
        public Role role(int number) {
            return number == START ? Role.START_MARKER : number == END ? Role.END_MARKER : number < START ? Role.SPECIAL : Role.TEXT;
        }

        @Override
        public Optional<float[]> unused(String name) {
            return Optional.ofNullable(checkpoint.get(name));
        }
    }

    static Objective.Term term(Map<String, ?> with, NDManager manager, Optional<Vocabulary> vocabulary) {
        return TestParts.of().create(new MaskedLm(), with).open(new Objective.Setting(TestEngine.engine(), new Allocator(manager, new Random(1)), 2 * H, List.of(), Optional.empty(), vocabulary));
    }

    static Objective.Term term(Map<String, ?> with, NDManager manager) {
        return term(with, manager, Optional.of(Words.of(manager, Map.of())));
    }

    /** Views of some sub-words. */
    static Collated batch(int views, long... pieces) {
        View view = View.of(Rows.example("x"));
        List<View> all = new ArrayList<>();
        for (int v = 0; v < views; v++) all.add(view);
        int length = pieces.length / views;
        return new Collated(all, Collated.rows(all), length, Map.of("pieces", new Collated.Field(pieces, views, length), "other", new Collated.Field(new long[] {7}, 1)));
    }

    /** So many of START TEXT END PAD one after the other. */
    static Collated units(int units) {
        return batch(1, LongStream.range(0, 4L * units).map(i -> new long[] {START, 4 + i / 4 % (SIZE - 4), END, PAD}[(int) (i % 4)]).toArray());
    }

    /** erf by its series, enough for small x. */
    private static double erf(double x) {
        double term = x, sum = x;
        for (int n = 1; n < 100; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    /** BERT's head and cross-entropy over the states at some places, by plain loops. */
    private static double plain(double[][] tokens, int[] places, int[] words, double[][] w, double[] b, double[] gain, double[] shift, double[][] table, double[] bias) {
        double total = 0;
        for (int m = 0; m < places.length; m++) {
            double[] x = Rows.dense(new double[][] {tokens[places[m]]}, w, b)[0];
            for (int k = 0; k < x.length; k++) x[k] *= 0.5 * (1 + erf(x[k] / Math.sqrt(2)));
            double mean = Arrays.stream(x).average().orElseThrow();
            double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
            for (int k = 0; k < x.length; k++) x[k] = (x[k] - mean) / Math.sqrt(variance + 1e-12) * gain[k] + shift[k];
            double[] logits = Rows.dense(new double[][] {x}, table, bias)[0];
            total += Math.log(Arrays.stream(logits).map(Math::exp).sum()) - logits[words[m]];
        }
        return total / places.length;
    }

    @Test
    void isTheFormulaInValueAndGradient() throws Exception {
        double[][] states = Rows.random(6, H);
        Map<String, float[]> checkpoint = new HashMap<>();
        Random random = new Random(9);
        NAMES.forEach(name -> {
            float[] numbers = new float[name.endsWith("dense.weight") ? H * H : name.equals("cls.predictions.bias") ? SIZE : H];
            for (int i = 0; i < numbers.length; i++) numbers[i] = (float) (0.5 * random.nextGaussian());
            checkpoint.put(name, numbers);
        });
        engine.call(() -> {
            try (NDManager manager = engine.newManager(); NDManager step = manager.newSubManager(); Engine.Tape tape = engine.record()) {
                Words vocabulary = Words.of(manager, checkpoint);
                Objective.Term term = term(Map.of(), manager, Optional.of(vocabulary));
                assertEquals(NAMES, List.copyOf(term.parameters().all().keySet()));
                // two views of three sub-words; drawn are the second of the first, and the first and third of the second
                int[] places = {1, 3, 5}, words = {7, 19, 4};
                Collated batch = batch(2, 4, 5, 6, 7, 8, 9).with(Map.of(Corruption.PLACES, new Collated.Field(new long[] {1, 3, 5}, 3), Corruption.WORDS, new Collated.Field(new long[] {7, 19, 4}, 3)));
                NDArray tokens = Rows.array(step, states).reshape(2, 3, H);
                tokens.setRequiresGradient(true);
                NDArray loss = term.loss(new Encoding(step.zeros(new Shape(2, 2 * H)), Optional.of(tokens)), batch, new Step(engine, step, true));
                tape.backward(loss);
                List<double[][]> p = NAMES.stream().map(name -> Rows.plain(term.parameters().get(name))).toList();
                assertEquals(SIZE + 2, p.get(4)[0].length, "tokens that were added to a checkpoint get a bias");
                assertArrayEquals(new double[] {checkpoint.get("cls.predictions.bias")[SIZE - 1], 0, 0}, Arrays.copyOfRange(p.get(4)[0], SIZE - 1, SIZE + 2));
                double[][] table = Rows.plain(vocabulary.embeddings());
                DoubleSupplier formula = () -> plain(states, places, words, p.get(0), p.get(1)[0], p.get(2)[0], p.get(3)[0], table, p.get(4)[0]);
                assertEquals(new Shape(), loss.getShape());
                assertEquals(formula.getAsDouble(), loss.getFloat(), 1e-5);
                for (int i = 0; i < NAMES.size(); i++) close(Rows.slopes(p.get(i), formula), Rows.gradient(term.parameters().get(NAMES.get(i))), NAMES.get(i));
                close(Rows.slopes(table, formula), Rows.gradient(vocabulary.embeddings()), "word embeddings");
                close(Rows.slopes(states, formula), Rows.gradient(tokens), "token states");
                return loss;
            }
        });
    }

    private static void close(double[][] expected, double[][] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) assertArrayEquals(expected[i], actual[i], 1e-4, what + ", row " + i);
    }

    @Test
    void withoutACheckpointsHeadItStartsAsBertDoes() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Map<String, NDArray> all = term(Map.of(), manager).parameters().all();
                for (float x : all.get(NAMES.get(0)).toFloatArray()) assertTrue(x != 0 && Math.abs(x) <= 0.04f, "weight " + x);
                assertArrayEquals(new float[H], all.get(NAMES.get(1)).toFloatArray());
                assertArrayEquals(new float[] {1, 1, 1, 1}, all.get(NAMES.get(2)).toFloatArray());
                assertArrayEquals(new float[H], all.get(NAMES.get(3)).toFloatArray());
                assertArrayEquals(new float[SIZE + 2], all.get(NAMES.get(4)).toFloatArray());
                return all;
            }
        });
    }

    @Test
    void withoutADrawnSubWordTheLossIsNothing() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager(); NDManager step = manager.newSubManager(); Engine.Tape tape = engine.record()) {
                Objective.Term term = term(Map.of(), manager);
                NDArray tokens = step.ones(new Shape(1, 2, H));
                tokens.setRequiresGradient(true);
                NDArray loss = term.loss(new Encoding(step.zeros(new Shape(1, 1)), Optional.of(tokens)), term.prepare(batch(1, START, END), new SplittableRandom(1)), new Step(engine, step, true));
                tape.backward(loss);
                assertEquals(0, loss.getFloat());
                assertArrayEquals(new double[H], Rows.gradient(tokens)[0]);
                return loss;
            }
        });
    }

    @Test
    void whatItNeedsIsNamed() throws Exception {
        assertTrue(part().needsVocabulary());
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                assertTrue(assertThrows(IllegalArgumentException.class, () -> term(Map.of(), manager, Optional.empty())).getMessage().contains("masked-lm needs an encoder"));
                Words narrow = Words.of(manager, Map.of(NAMES.get(1), new float[3]));
                String message = assertThrows(IllegalArgumentException.class, () -> term(Map.of(), manager, Optional.of(narrow))).getMessage();
                assertTrue(message.contains(NAMES.get(1)) && message.contains("3") && message.contains("4"), message);
                Objective.Term term = term(Map.of(), manager);
                Collated batch = term.prepare(batch(1, 4, 5), new SplittableRandom(1));
                assertThrows(IllegalArgumentException.class, () -> term.loss(Rows.encoding(manager.zeros(new Shape(1, 1))), batch, new Step(engine, manager, true)));
                return term;
            }
        });
        assertThrows(RuntimeException.class, () -> TestParts.of().create(new MaskedLm(), Map.of("masked", 0.8, "random", 0.3)));
    }

    @Test
    void stepsLeaveNothingBehind() throws Exception {
        engine.call(() -> {
            try (NDManager manager = engine.newManager()) {
                Objective.Term term = term(Map.of("rate", 0.5), manager);
                int before = manager.getManagedArrays().size();
                for (int i = 0; i < 3; i++) {
                    try (NDManager step = manager.newSubManager(); Engine.Tape tape = engine.record()) {
                        NDArray tokens = Rows.array(step, Rows.random(8, H)).reshape(1, 8, H);
                        tokens.setRequiresGradient(true);
                        tape.backward(term.loss(new Encoding(step.zeros(new Shape(1, 1)), Optional.of(tokens)), term.prepare(batch(1, 4, 5, 6, 7, 8, 9, 10, 11), new SplittableRandom(i)), new Step(engine, step, true)));
                    }
                    assertEquals(before, manager.getManagedArrays().size(), "arrays that outlive the step");
                }
                return term;
            }
        });
    }
}
