package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Example;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;

class AgreementTest {
    @TempDir
    private Path folder;

    /** Gives each example the same scores. */
    private static RelationModel constant(double first) {
        return new RelationModel() {
            @Override
            public List<String> labels() {
                return List.of("a", "b");
            }

            @Override
            public Predictions predict(List<Example> examples) {
                return new Predictions(labels(), Optional.empty(), examples.stream().map(e -> new Prediction(e.id(), 0, List.of(), first >= 0.5 ? "a" : "b", List.of(first, 1 - first))).toList());
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void differencesAreFoundAndJudged() throws Exception {
        Agreement.Questions asked = Agreement.questions(TinyParts.recipes(), TinyParts.all(), folder, 20);
        assertEquals("made-up sentences", asked.source());
        Agreement near = Agreement.of(constant(0.6), constant(0.6005), asked);
        assertEquals(new Agreement(20, near.difference(), 1, Map.of(), Map.of()), near);
        assertEquals(0.0005, near.difference(), 1e-9);
        near.check(false);
        Agreement far = Agreement.of(constant(0.6), constant(0.7), asked);
        far.check(true);
        assertTrue(assertThrows(IOException.class, () -> far.check(false)).getMessage().startsWith("the exported model does not answer as the trained one does"));
        Agreement other = Agreement.of(constant(0.6), constant(0.4), asked);
        assertEquals(0, other.share());
        assertThrows(IOException.class, () -> other.check(true));
    }

    @Test
    void whatWasNotComparedIsNotKept() {
        Agreement none = Agreement.of(constant(0.6), constant(0.6), new Agreement.Questions(List.of(), "", List.of()));
        assertEquals(0, none.questions());
        for (boolean int8 : new boolean[] {false, true}) assertThrows(IOException.class, () -> none.check(int8));
    }
}
