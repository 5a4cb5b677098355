package relata.encode.transformer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.Parameters;
import relata.api.learn.Vocabulary;
import relata.weights.Safetensors;
import relata.weights.Weight;

class BertVocabularyTest {
    @TempDir
    private Path folder;

    private interface Check {
        void of(Encoder encoder, Vocabulary vocabulary) throws Exception;
    }

    private void loaded(Path checkpoint, Map<String, ?> settings, Check check) throws Exception {
        Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                Encoder encoder = Models.load(checkpoint, manager, settings);
                check.of(encoder, encoder.vocabulary().orElseThrow());
            }
            return folder;
        });
    }

    private static List<Vocabulary.Role> roles(Encoder encoder, Vocabulary vocabulary, String text) {
        List<Vocabulary.Role> roles = new ArrayList<>();
        Collated batch = encoder.collate(List.of(Models.sentence(text), Models.sentence(text + " of the works")));
        for (int l = 0; l < batch.length(); l++) roles.add(vocabulary.role((int) batch.field("ids").values()[l]));
        return roles;
    }

    @Test
    void tellsMarkersFromTextAndBlanksAreText() throws Exception {
        Vocabulary.Role text = Vocabulary.Role.TEXT, special = Vocabulary.Role.SPECIAL, start = Vocabulary.Role.START_MARKER, end = Vocabulary.Role.END_MARKER;
        List<Vocabulary.Role> expected = List.of(special, start, text, end, text, start, text, end, special, special, special, special);
        loaded(TinyBert.write(folder.resolve("tiny")), Map.of(), (encoder, vocabulary) -> {
            assertEquals(expected, roles(encoder, vocabulary, "the is [BLANK]"));
            assertEquals(TinyBert.WORDS.size() + 7, vocabulary.size());
            assertEquals(TinyBert.WORDS.indexOf("[MASK]"), vocabulary.mask());
        });
        // words of the text may be markers; a start that ends another role is a start
        loaded(folder.resolve("tiny"), Map.of("markers", List.of("for", "of", "of", "works")), (encoder, vocabulary) -> {
            assertEquals(start, vocabulary.role(TinyBert.WORDS.indexOf("of")));
            assertEquals(end, vocabulary.role(TinyBert.WORDS.indexOf("works")));
        });
        loaded(folder.resolve("tiny"), Map.of("format", "plain"), (encoder, vocabulary) -> assertFalse(roles(encoder, vocabulary, "the is for").contains(start)));
    }

    @Test
    void handsOutTheCheckpointsLanguageModel() throws Exception {
        Path checkpoint = TinyBert.write(folder.resolve("tiny"));
        List<Weight> weights = new ArrayList<>();
        // as models with a head name them, the norm as the first ones did
        for (Weight w : TinyBert.weights()) weights.add(Weight.of("bert." + w.name(), w.shape(), w.toArray()));
        weights.add(Weight.of("cls.predictions.transform.LayerNorm.gamma", List.of(2L), new float[] {5, 6}));
        weights.add(Weight.of("cls.predictions.bias", List.of(3L), new float[] {7, 8, 9}));
        weights.add(Weight.of("cls.predictions.decoder.weight", List.of(1L), new float[] {1}));
        TinyBert.weights(checkpoint, weights);
        Path saved = folder.resolve("saved");
        loaded(checkpoint, Map.of(), (encoder, vocabulary) -> {
            assertArrayEquals(new float[] {5, 6}, vocabulary.unused("cls.predictions.transform.LayerNorm.weight").orElseThrow());
            vocabulary.unused("cls.predictions.bias").orElseThrow()[0] = 0;
            assertArrayEquals(new float[] {7, 8, 9}, vocabulary.unused("cls.predictions.bias").orElseThrow(), "what is handed out is a copy");
            assertEquals(Optional.empty(), vocabulary.unused("cls.predictions.decoder.weight"), "that is the table of words");
            Files.createDirectories(saved);
            encoder.save(saved, new Parameters());
        });
        assertTrue(Safetensors.read(saved.resolve("model.safetensors")).find("cls.predictions.bias").isEmpty(), "an objective that uses the head saves it; else it is not the model's any more");
    }
}
