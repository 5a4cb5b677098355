package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Example;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Encoding;
import relata.api.learn.Engine;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.learn.Vocabulary;
import relata.api.view.View;

/**
 * What holds for every encoder. Extend it and name the provider, with settings that load something small: most tests load it anew.
 *
 * @param <C> the record of its settings
 */
public interface EncoderContract<C extends Record> extends ProviderContract<EncoderLoader, C> {
    /** What is encoded: views of different lengths, one of them with several pairs. */
    default List<View> views() {
        List<View> views = new ArrayList<>();
        TinyCorpus.corpus().splits().get("train").subList(0, 6).forEach(e -> views.add(View.of(e)));
        views.add(3, View.of(TinyCorpus.document()));
        return views;
    }

    /** What an encoder that is trained from nothing is begun with. */
    default List<Example> examples() {
        return TinyCorpus.corpus().splits().get("train");
    }

    /** How much a number of a vector may differ because a view is padded or has other neighbours. */
    default double tolerance() {
        return 1e-5;
    }

    @Test
    default void givesARowForEachPair() throws Exception {
        loaded((encoder, owner) -> {
            Collated batch = encoder.collate(views());
            assertEquals(Collated.rows(views()), batch.rows(), "the batch must have a row for each pair of each view, in order");
            assertEquals(views(), batch.views(), "the batch must have the views that it was made of, in order");
            try (NDManager manager = owner.newSubManager()) {
                Encoding encoding = encoder.encode(batch, new Step(engine(), manager, false));
                assertEquals(new Shape(batch.rows().size(), encoder.dimension()), encoding.relations().getShape(), "relations must be (R, D)");
                assertEquals(DataType.FLOAT32, encoding.relations().getDataType(), "relations must be float32: a Java double makes them float64");
                for (float x : encoding.relations().toFloatArray()) assertTrue(Float.isFinite(x), "relations must be finite");
                encoding.tokens().ifPresent(tokens -> {
                    assertEquals(3, tokens.getShape().dimension(), "tokens must be (B, L, H)");
                    assertEquals(new Shape(views().size(), batch.length()), tokens.getShape().slice(0, 2), "tokens must be (B, L, H)");
                });
            }
        });
    }

    @Test
    default void knowsTheLengthBeforehand() throws Exception {
        loaded((encoder, owner) -> {
            for (View view : views()) {
                assertEquals(encoder.collate(List.of(view)).length(), encoder.length(view), "length() must be that of the batch of this view alone");
                if (!encoder.pieces(view).isEmpty()) assertEquals(encoder.length(view), encoder.pieces(view).size(), "pieces() must be as many as length() says, or none");
            }
            assertEquals(views().stream().mapToInt(encoder::length).max().orElseThrow(), encoder.collate(views()).length(), "a batch is padded to its longest view");
        });
    }

    @Test
    default void neighboursAndPaddingDoNotChangeVectors() throws Exception {
        loaded((encoder, owner) -> {
            float[][] together = relations(encoder, owner, views(), false);
            List<View> reversed = new ArrayList<>(views());
            Collections.reverse(reversed);
            float[][] backwards = relations(encoder, owner, reversed, false);
            int row = 0, end = backwards.length;
            for (View view : views()) {
                end -= view.pairs().size();
                float[][] alone = relations(encoder, owner, List.of(view), false);
                for (int pair = 0; pair < alone.length; pair++) {
                    assertArrayEquals(alone[pair], together[row++], (float) tolerance(), "view '" + view.source().id() + "' pair " + pair + ": alone, and in a batch");
                    assertArrayEquals(alone[pair], backwards[end + pair], (float) tolerance(), "view '" + view.source().id() + "' pair " + pair + ": alone, and in a batch in reverse order");
                }
            }
        });
    }

    @Test
    default void differentPassagesGetDifferentVectors() throws Exception {
        loaded((encoder, owner) -> {
            float[][] vectors = relations(encoder, owner, views(), false);
            assertNotEquals(Arrays.toString(vectors[0]), Arrays.toString(vectors[vectors.length - 1]), "the first and the last passage get the same vector");
        });
    }

    @Test
    default void isDeterministicInInference() throws Exception {
        loaded((encoder, owner) -> {
            engine().seed(1);
            float[][] once = relations(encoder, owner, views(), false);
            engine().seed(2);
            assertArrayEquals(once, relations(encoder, owner, views(), false), "without training nothing may be random");
        });
    }

    @Test
    default void isRepeatableInTraining() throws Exception {
        loaded((encoder, owner) -> {
            engine().seed(7);
            float[][] once = relations(encoder, owner, views(), true);
            engine().seed(7);
            assertArrayEquals(once, relations(encoder, owner, views(), true), "the engine's seed must decide all that is random in training");
        });
    }

    @Test
    default void beginsTheSameWithTheSameChance() throws Exception {
        loaded((encoder, owner) -> {
            try (NDManager other = engine().newManager()) {
                Encoder again = begun(other);
                assertEquals(encoder.parameters().all().keySet(), again.parameters().all().keySet(), "parameters of an encoder begun anew with the same seed");
                assertArrayEquals(relations(encoder, owner, views(), false), relations(again, other, views(), false), "vectors of an encoder begun anew with the same seed must be equal bit for bit");
            }
        });
    }

    @Test
    default void collatesInAnyThreadWithoutTensors() throws Exception {
        loaded((encoder, owner) -> {
            int arrays = owner.getManagedArrays().size();
            Collated here = encoder.collate(views());
            for (Collated there : Together.results(i -> encoder.collate(views()))) assertEquals(Batches.plain(here), Batches.plain(there), "fields of a batch made in another thread");
            assertEquals(arrays, owner.getManagedArrays().size(), "collate() must make no arrays");
        });
    }

    @Test
    default void stepsLeaveNoArraysBehind() throws Exception {
        loaded((encoder, owner) -> {
            int arrays = owner.getManagedArrays().size();
            for (int i = 0; i < 3; i++) train(encoder, owner);
            relations(encoder, owner, views(), false);
            assertEquals(arrays, owner.getManagedArrays().size(), "arrays of the manager that owns the parameters after some steps: a parameter as first operand, or a slice of one, stays for ever");
        });
    }

    @Test
    default void theGradientReachesEveryParameter() throws Exception {
        loaded((encoder, owner) -> {
            train(encoder, owner);
            for (Map.Entry<String, NDArray> p : encoder.parameters().trainable().entrySet())
                try (NDArray gradient = p.getValue().getGradient()) {
                    float sum = 0;
                    for (float g : gradient.toFloatArray()) sum += Math.abs(g);
                    assertTrue(sum > 0 && Float.isFinite(sum), "parameter '" + p.getKey() + "' gets no gradient, or none that is a number; the sum of absolute values is " + sum);
                }
        });
    }

    @Test
    default void freezes() throws Exception {
        loaded((encoder, owner) -> {
            assertEquals(encoder.parameters().all().keySet(), encoder.parameters().trainable().keySet(), "everything is trained at first");
            encoder.freeze(0);
            assertEquals(encoder.parameters().all().keySet(), encoder.parameters().trainable().keySet(), "freeze(0) freezes nothing");
            encoder.freeze(-1);
            assertEquals(Map.of(), encoder.parameters().trainable(), "freeze(-1) freezes everything");
        });
    }

    @Test
    default void whatIsSavedIsLoaded(@TempDir Path folder) throws Exception {
        loaded((encoder, owner) -> {
            // as training would: what is loaded again must not be the checkpoint that the settings name
            for (NDArray p : encoder.parameters().all().values()) p.set(shaken(p.toFloatArray()));
            Parameters extra = new Parameters().add("extra.weight", owner.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(3, 2)));
            encoder.save(folder, extra);
            try (NDManager other = engine().newManager()) {
                Encoder again = part().load(engine(), other, Optional.of(folder));
                assertEquals(encoder.dimension(), again.dimension(), "dimension after loading");
                assertEquals(encoder.parameters().all().keySet(), again.parameters().all().keySet(), "parameters after loading");
                assertArrayEquals(relations(encoder, owner, views(), false), relations(again, other, views(), false), "vectors must be equal bit for bit after saving and loading");
                NDArray restored = other.zeros(new Shape(3, 2));
                again.restore(folder, new Parameters().add("extra.weight", restored));
                assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, restored.toFloatArray(), "the extra parameter after restore()");
                assertThrows(IOException.class, () -> again.restore(folder, new Parameters().add("other.weight", other.zeros(new Shape(3, 2)))), "restore() of a name that was not saved");
                assertThrows(IOException.class, () -> again.restore(folder, new Parameters().add("extra.weight", other.zeros(new Shape(2, 3)))), "restore() into another shape");
            }
        });
    }

    @Test
    default void aVocabularyFitsTheBatches() throws Exception {
        loaded((encoder, owner) -> {
            assertEquals(part().hasVocabulary(), encoder.vocabulary().isPresent(), "hasVocabulary() of the loader must say whether its encoders have one");
            if (encoder.vocabulary().isEmpty()) return;
            Vocabulary vocabulary = encoder.vocabulary().get();
            Collated batch = encoder.collate(views());
            Collated.Field numbers = batch.field(vocabulary.field());
            Batches.assertFits(vocabulary, encoder, views(), batch);
            assertTrue(vocabulary.mask() >= 0 && vocabulary.mask() < vocabulary.size(), () -> "mask() is " + vocabulary.mask() + ", no number of the vocabulary");
            assertEquals(Vocabulary.Role.SPECIAL, vocabulary.role(vocabulary.mask()), "what stands for a hidden piece is no piece of text");
            assertTrue(vocabulary.embeddings().getShape().get(0) >= vocabulary.size(), "every number must have its row of embeddings");
            assertTrue(encoder.parameters().all().values().stream().anyMatch(p -> p == vocabulary.embeddings()), "the embeddings must be among the parameters");
            long[] hidden = Arrays.stream(numbers.values()).map(n -> vocabulary.role((int) n) == Vocabulary.Role.TEXT ? vocabulary.mask() : n).toArray();
            Collated masked = batch.with(Map.of(vocabulary.field(), new Collated.Field(hidden, numbers.shape())));
            assertNotEquals(Arrays.toString(relations(encoder, owner, batch, false)), Arrays.toString(relations(encoder, owner, masked, false)),
                    "the field must be what the encoder reads: hiding every piece of text must change vectors");
        });
    }

    @Test
    default void anEmptyFolderIsNoModel(@TempDir Path folder) throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        engine().call(() -> {
            try (NDManager manager = engine().newManager()) {
                IOException e = assertThrows(IOException.class, () -> part().load(engine(), manager, Optional.of(empty)), "loading from an empty folder");
                assertTrue(String.valueOf(e.getMessage()).contains("empty"), () -> "the message must name the folder, but is: " + e.getMessage());
                return e;
            }
        });
    }

    private static Engine engine() {
        return TestEngine.engine();
    }

    /** Something done with a freshly loaded encoder. */
    @FunctionalInterface
    interface Check {
        /** @param owner of the parameters */
        void on(Encoder encoder, NDManager owner) throws Exception;
    }

    private void loaded(Check check) throws Exception {
        engine().call(() -> {
            try (NDManager owner = engine().newManager()) {
                check.on(begun(owner), owner);
                return owner;
            }
        });
    }

    private Encoder begun(NDManager owner) throws IOException {
        return part().begin(engine(), owner, examples(), new SplittableRandom(3));
    }

    private static float[] shaken(float[] numbers) {
        Random random = new Random(5);
        for (int i = 0; i < numbers.length; i++) numbers[i] += (float) (0.01 * random.nextGaussian());
        return numbers;
    }

    private static float[][] relations(Encoder encoder, NDManager owner, List<View> views, boolean training) {
        float[] flat = relations(encoder, owner, encoder.collate(views), training);
        int width = encoder.dimension();
        float[][] rows = new float[flat.length / width][];
        for (int i = 0; i < rows.length; i++) rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        return rows;
    }

    private static float[] relations(Encoder encoder, NDManager owner, Collated batch, boolean training) {
        try (NDManager manager = owner.newSubManager()) {
            return encoder.encode(batch, new Step(engine(), manager, training)).relations().toFloatArray();
        }
    }

    /** A forward and a backward pass; the loss is a random weighting of all numbers. */
    private void train(Encoder encoder, NDManager owner) {
        try (NDManager manager = owner.newSubManager(); Engine.Tape tape = engine().record()) {
            NDArray relations = encoder.encode(encoder.collate(views()), new Step(engine(), manager, true)).relations();
            float[] weights = new float[Math.toIntExact(relations.size())];
            Random random = new Random(11);
            for (int i = 0; i < weights.length; i++) weights[i] = (float) random.nextGaussian();
            tape.backward(relations.mul(manager.create(weights, relations.getShape())).sum());
        }
    }
}
