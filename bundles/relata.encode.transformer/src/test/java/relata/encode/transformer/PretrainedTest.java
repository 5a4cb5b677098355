package relata.encode.transformer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.learn.Encoder;
import relata.api.learn.Parameters;
import relata.api.view.View;

/** A real model: what random weights cannot show. */
final class PretrainedTest {
    private static final View[] VIEWS = {
        Models.sentence("Harbour Glass was bought by Pinewood Press"), Models.sentence("Pinewood Press acquired Harbour Glass in the spring of last year , says a newspaper"),
        Models.sentence("Moths fly towards a lamp at night"), Models.sentence("Copper"),
    };

    @TempDir
    static Path folder;

    @BeforeAll
    static void unpack() throws IOException {
        Models.miniLm(folder.resolve("minilm"));
    }

    /** Something done with the loaded model. */
    private interface Check {
        void on(Encoder encoder) throws Exception;
    }

    private static void loaded(Map<String, ?> settings, Check check) throws Exception {
        Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                check.on(Models.load(folder.resolve("minilm"), manager, settings));
            }
            return settings;
        });
    }

    @Test
    void sayingTheSameIsNear() throws Exception {
        loaded(Map.of("format", "plain", "pool", "mean"), encoder -> {
            float[][] vectors = Models.relations(encoder, VIEWS);
            assertTrue(cosine(vectors[0], vectors[1]) > 0.7, "the same fact in other words: " + cosine(vectors[0], vectors[1]));
            assertTrue(cosine(vectors[0], vectors[2]) < 0.3, "something else: " + cosine(vectors[0], vectors[2]));
        });
    }

    private static double cosine(float[] a, float[] b) {
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void paddingDoesNotChangeVectors() throws Exception {
        loaded(Map.of(), encoder -> {
            float[][] together = Models.relations(encoder, VIEWS);
            for (int i = 0; i < VIEWS.length; i++) assertTrue(Models.distance(Models.relations(encoder, VIEWS[i])[0], together[i]) < 1e-5, "view " + i);
        });
    }

    @Test
    void savedAsHuggingFaceFolderItGivesTheSameVectors() throws Exception {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        loaded(Map.of(), encoder -> {
            assertEquals(768, encoder.dimension());
            encoder.save(saved, new Parameters());
            assertFalse(Files.exists(saved.resolve("model.onnx")));
            try (NDManager manager = Models.ENGINE.newManager()) {
                Encoder again = Models.loader(Path.of("not-used"), Map.of()).load(Models.ENGINE, manager, Optional.of(saved));
                assertArrayEquals(Models.relations(encoder, VIEWS), Models.relations(again, VIEWS));
            }
        });
    }
}
