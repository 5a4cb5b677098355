package relata.encode.transformer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.learn.EncoderLoader;
import relata.testkit.EncoderContract;

/** The contract, for each way to make relation vectors and each input format. */
final class TransformerContractTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        TinyBert.write(folder);
    }

    /** The contract with some settings. */
    interface Tiny extends EncoderContract<Transformer.Config> {
        @Override
        default ComponentProvider<EncoderLoader, Transformer.Config> provider() {
            return new Transformer();
        }
    }

    @Nested
    final class ByDefault implements Tiny {
        @Override
        public Map<String, ?> settings() {
            return Map.of("checkpoint", folder, "maxLength", 160);
        }
    }

    @Nested
    final class PooledPlain implements Tiny {
        @Override
        public Map<String, ?> settings() {
            return Map.of("checkpoint", folder, "format", "plain", "pool", "pooler", "maxLength", 160);
        }
    }

    @Nested
    final class ClsMasked implements Tiny {
        @Override
        public Map<String, ?> settings() {
            return Map.of("checkpoint", folder, "format", "masked", "pool", "cls", "maxLength", 160);
        }
    }

    @Nested
    final class MentionMeansTyped implements Tiny {
        @Override
        public Map<String, ?> settings() {
            return Map.of("checkpoint", folder, "format", "typed-mention", "pool", "mention-mean", "maxLength", 160);
        }
    }

    @Nested
    final class OnlyContext implements Tiny {
        @Override
        public Map<String, ?> settings() {
            return Map.of("checkpoint", folder, "format", "only-context", "symbols", List.of("[MASK]", "[OBJ]"), "markers", List.of("<", ">", "[T]", "[/T]"), "maxLength", 160);
        }
    }

    @Nested
    final class OnlyMentionMeans implements Tiny {
        @Override
        public Map<String, ?> settings() {
            return Map.of("checkpoint", folder, "format", "only-mention", "pool", "mention-mean", "maxLength", 12);
        }
    }

    @Nested
    final class TypesWithoutMarkers implements Tiny {
        @Override
        public Map<String, ?> settings() {
            return Map.of("checkpoint", folder, "format", "type", "markers", "[]", "maxLength", 160);
        }
    }

    @Nested
    final class MeanCut implements Tiny {
        @Override
        public Map<String, ?> settings() {
            return Map.of("checkpoint", folder, "pool", "mean", "maxLength", 24, "dropout", "0");
        }
    }
}
