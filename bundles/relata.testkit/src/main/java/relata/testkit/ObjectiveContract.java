package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.learn.Allocator;
import relata.api.learn.Collated;
import relata.api.learn.Encoding;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.learn.Step;
import relata.api.learn.Vocabulary;
import relata.api.view.View;

/**
 * What holds for every objective. Extend it and name the provider. The objective is shown random relation vectors of two views of each of nine
 * examples, three of each of three relations, in batches that it has prepared; what it wants beside that comes from {@link #examples}, {@link #collate},
 * {@link #vocabulary} and {@link #encoding}.
 *
 * @param <C> the record of its settings
 */
public abstract class ObjectiveContract<C extends Record> implements ProviderContract<Objective, C> {
    /** D, the width of a relation vector. */
    protected static final int WIDTH = 6;

    private final Engine engine = TestEngine.engine();

    /** A loss, and its gradients by what they are of: {@code relations}, and the parameters by name. */
    private record Outcome(double value, Map<String, float[]> gradients) {}

    /** The examples of a batch. */
    protected List<Example> examples() {
        List<Example> train = TinyCorpus.corpus().splits().get("train");
        return List.of(train.get(0), train.get(4), train.get(8), train.get(1), train.get(5), train.get(9), train.get(2), train.get(6), train.get(10));
    }

    /** The encoder's vocabulary, if the objective needs one. */
    protected Optional<Vocabulary> vocabulary(NDManager manager) {
        return Optional.empty();
    }

    /** What an encoder makes of a batch, given its relation vectors. */
    protected Encoding encoding(NDArray relations, Collated batch, Step step) {
        return new Encoding(relations, Optional.empty());
    }

    /** A batch as the encoder makes it. */
    protected Collated collate(List<View> views) {
        return new Collated(views, Collated.rows(views), 2, Map.of());
    }

    /** False if the relation vectors get no gradient, as under an objective over tokens; unless {@link #encoding} makes the tokens of them. */
    protected boolean teachesRelations() {
        return true;
    }

    /** True if a loss may depend on batches before it. */
    protected boolean remembers() {
        return false;
    }

    @Test
    void isAFloat32Scalar() {
        within((term, manager) -> {
            NDArray loss = term.loss(encoded(manager, vectors()), prepared(term, batch()), new Step(engine, manager, true));
            assertEquals(new Shape(), loss.getShape(), "a loss must have shape ()");
            assertEquals(DataType.FLOAT32, loss.getDataType(), "a loss must be float32: a Java double (0.5 in place of 0.5f) makes it float64");
        });
    }

    @Test
    void isFiniteOnHardCases() {
        Map<String, float[]> cases = new LinkedHashMap<>();
        cases.put("zero vectors", new float[vectors().length]);
        float[] same = vectors();
        for (int i = WIDTH; i < same.length; i++) same[i] = same[i % WIDTH];
        cases.put("identical vectors", same);
        cases.put("large vectors", scaled(1e3f));
        cases.put("small vectors", scaled(1e-6f));
        List<Executable> checks = new ArrayList<>();
        cases.forEach((name, numbers) -> checks.add(() -> {
            Outcome outcome = run(numbers, Map.of());
            assertTrue(Double.isFinite(outcome.value), () -> name + ": the loss is " + outcome.value);
            outcome.gradients.forEach((of, gradient) -> {
                for (float g : gradient) assertTrue(Float.isFinite(g), () -> name + ": the gradient of " + of + " holds " + g);
            });
        }));
        assertAll(checks);
    }

    @Test
    void itsGradientIsThatOfItsValue() {
        float[] at = vectors();
        Outcome outcome = run(at, Map.of());
        Slopes.assertGradient(outcome.gradients.get("relations"), at, moved -> run(moved, Map.of()).value, "relation vectors");
        parameters().forEach((name, numbers) -> Slopes.assertGradient(outcome.gradients.get(name), numbers, moved -> run(at, Map.of(name, moved)).value, "parameter " + name));
    }

    @Test
    void teachesTheEncoderUnlessItSaysSo() {
        Assumptions.assumeTrue(teachesRelations(), "gives the relation vectors no gradient");
        boolean some = false;
        for (float g : run(vectors(), Map.of()).gradients.get("relations")) some |= g != 0;
        assertTrue(some, "the relation vectors must get a gradient; override teachesRelations() if that is not meant");
    }

    @Test
    void itsParametersAreTheSameForTheSameGenerator() {
        Map<String, float[]> first = parameters(), second = parameters();
        assertEquals(List.copyOf(first.keySet()), List.copyOf(second.keySet()), "names of parameters");
        first.forEach((name, numbers) -> assertArrayEquals(numbers, second.get(name), "parameter " + name + " must be drawn from the setting's allocator"));
    }

    @Test
    void hasLogitsIfItClassifies() {
        boolean classifies = part().classifies();
        within((term, manager) -> {
            Step step = new Step(engine, manager, false);
            Optional<NDArray> logits = term.logits(encoded(manager, vectors()), step);
            assertEquals(classifies, logits.isPresent(), "an objective gives logits if, and only if, it says that it classifies");
            if (logits.isEmpty()) return;
            assertEquals(new Shape(batch().rows().size(), relations().size()), logits.get().getShape(), "logits are (R, K): a row for each pair, a column for each label");
            assertEquals(DataType.FLOAT32, logits.get().getDataType(), "logits must be float32");
            assertArrayEquals(logits.get().toFloatArray(), term.logits(encoded(manager, vectors()), step).orElseThrow().toFloatArray(), "logits outside training must not depend on chance");
        });
    }

    @Test
    void leavesItsInputsAlone() {
        within((term, manager) -> {
            Encoding encoding = encoded(manager, vectors());
            term.loss(encoding, prepared(term, batch()), new Step(engine, manager, true));
            assertFalse(encoding.relations().isReleased(), "an objective must not close what it is given");
            assertTrue(encoding.relations().getManager() == manager, "an objective must not move what it is given to another manager");
            assertArrayEquals(vectors(), encoding.relations().toFloatArray(), "an objective must not change what it is given");
        });
    }

    @Test
    void leavesNothingBehind() {
        within((term, manager) -> {
            int before = manager.getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
                try (NDManager step = manager.newSubManager()) {
                    term.loss(encoded(step, vectors()), prepared(term, batch()), new Step(engine, step, true));
                    term.logits(encoded(step, vectors()), new Step(engine, step, false));
                }
                if (!remembers()) assertEquals(before, manager.getManagedArrays().size(), "arrays that outlive the step; all must belong to the step's manager");
            }
            term.parameters().all().forEach((name, p) -> assertFalse(p.isReleased(), "parameter " + name + " must outlive the step: the setting's allocator makes it"));
        });
    }

    @Test
    void isTheSameEachTime() {
        within((term, manager) -> {
            double first = value(term, manager, false);
            if (!remembers()) assertEquals(first, value(term, manager, false), 0, "outside training a loss must not depend on chance or on what was before");
            engine.seed(3);
            double training = value(term, manager, true);
            engine.seed(3);
            if (!remembers()) assertEquals(training, value(term, manager, true), 0, "in training all chance of a loss comes from the engine's seed");
        });
        assertEquals(run(vectors(), Map.of()).value, run(vectors(), Map.of()).value, 0, "two objectives of equal settings must agree");
    }

    @Test
    void preparesABatchByItsGeneratorAndLeavesItAlone() {
        within((term, manager) -> {
            Collated batch = batch();
            Map<String, List<Long>> before = Batches.plain(batch);
            Map<String, List<Long>> once = Batches.plain(term.prepare(batch, new SplittableRandom(2)));
            assertEquals(before, Batches.plain(batch), "prepare() must not change the batch that it is given");
            assertEquals(once, Batches.plain(term.prepare(batch, new SplittableRandom(2))), "the same generator state must prepare the same batch");
            assertEquals(batch.rows().size(), term.prepare(batch, new SplittableRandom(2)).rows().size(), "prepare() must keep the rows");
        });
    }

    @Test
    void namesAnExampleThatLacksItsLabel() {
        List<View> views = new ArrayList<>(batch().views());
        Example known = views.get(0).source();
        Example bare = new Example("bare-example", known.passage(), known.pairs().stream().map(p -> new Pair(p.head(), p.tail(), List.of())).toList());
        for (int i = 0; i < views.size(); i++) if (views.get(i).source().equals(known)) views.set(i, View.of(bare));
        Collated batch = new Collated(views, Collated.rows(views), batch().length(), batch().fields());
        within((term, manager) -> {
            try {
                float value = term.loss(encoded(manager, vectors()), prepared(term, batch), new Step(engine, manager, true)).getFloat();
                assertTrue(Float.isFinite(value), "an example without labels is refused, or the loss is finite");
            } catch (IllegalArgumentException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("bare-example"), "a refusal must name the example 'bare-example', but said: " + e.getMessage());
            }
        });
    }

    private interface Work {
        void with(Objective.Term term, NDManager manager) throws Exception;
    }

    private void within(Work work) {
        Calls.on(engine, () -> {
            try (NDManager manager = engine.newManager()) {
                work.with(open(manager), manager);
                return true;
            }
        });
    }

    private Objective.Term open(NDManager manager) {
        return part().open(new Objective.Setting(engine, new Allocator(manager, new SplittableRandom(1)), WIDTH, relations(), Optional.of(TinyCorpus.NONE), vocabulary(manager)));
    }

    private Outcome run(float[] vectors, Map<String, float[]> changed) {
        return Calls.on(engine, () -> {
            try (NDManager manager = engine.newManager()) {
                Objective.Term term = open(manager);
                changed.forEach((name, numbers) -> Slopes.set(term.parameters().get(name), numbers));
                try (Engine.Tape tape = engine.record()) {
                    NDArray relations = array(manager, vectors);
                    relations.setRequiresGradient(true);
                    // outside training, so that nothing is dropped
                    Step step = new Step(engine, manager, false);
                    NDArray loss = term.loss(encoding(relations, batch(), step), prepared(term, batch()), step);
                    tape.backward(loss);
                    Map<String, float[]> gradients = new LinkedHashMap<>();
                    gradients.put("relations", Slopes.gradient(relations));
                    term.parameters().all().forEach((name, p) -> gradients.put(name, Slopes.gradient(p)));
                    return new Outcome(loss.toType(DataType.FLOAT64, false).getDouble(), gradients);
                }
            }
        });
    }

    private double value(Objective.Term term, NDManager manager, boolean training) {
        return term.loss(encoded(manager, vectors()), prepared(term, batch()), new Step(engine, manager, training)).getFloat();
    }

    private Map<String, float[]> parameters() {
        Map<String, float[]> numbers = new LinkedHashMap<>();
        within((term, manager) -> term.parameters().all().forEach((name, p) -> numbers.put(name, p.toFloatArray())));
        return numbers;
    }

    private List<String> relations() {
        return TinyCorpus.corpus().relations();
    }

    /** Two views of each example: first all first ones, as a training makes them. */
    private Collated batch() {
        List<View> views = new ArrayList<>();
        for (int v = 0; v < 2; v++) for (Example example : examples()) views.add(View.of(example));
        return collate(views);
    }

    /** As training gives it to the loss. */
    private static Collated prepared(Objective.Term term, Collated batch) {
        return term.prepare(batch, new SplittableRandom(5));
    }

    private Encoding encoded(NDManager manager, float[] numbers) {
        return encoding(array(manager, numbers), batch(), new Step(engine, manager, true));
    }

    private NDArray array(NDManager manager, float[] numbers) {
        return manager.create(numbers, new Shape(numbers.length / WIDTH, WIDTH));
    }

    private float[] vectors() {
        return scaled(1);
    }

    private float[] scaled(float by) {
        Random random = new Random(7);
        float[] numbers = new float[batch().rows().size() * WIDTH];
        for (int i = 0; i < numbers.length; i++) numbers[i] = by * (float) random.nextGaussian();
        return numbers;
    }
}
