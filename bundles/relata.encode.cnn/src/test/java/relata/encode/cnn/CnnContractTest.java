package relata.encode.cnn;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import relata.api.component.ComponentProvider;
import relata.api.learn.EncoderLoader;
import relata.testkit.EncoderContract;

/** Both encoders, small, in several shapes. */
final class CnnContractTest {
    private static final Map<String, ?> SMALL = Map.of("wordSize", 6, "positionSize", 2, "maxDistance", 5, "filters", 5);

    private static Map<String, ?> small(Map<String, ?> others) {
        Map<String, Object> all = new TreeMap<>(SMALL);
        all.putAll(others);
        return all;
    }

    interface OfCnn extends EncoderContract<Cnn.Config> {
        @Override
        default ComponentProvider<EncoderLoader, Cnn.Config> provider() {
            return new Cnn();
        }
    }

    interface OfPcnn extends EncoderContract<Pcnn.Config> {
        @Override
        default ComponentProvider<EncoderLoader, Pcnn.Config> provider() {
            return new Pcnn();
        }
    }

    @Nested
    final class CnnByDefault implements OfCnn {
        @Override
        public Map<String, ?> settings() {
            return SMALL;
        }
    }

    @Nested
    final class CnnCutAndMarked implements OfCnn {
        @Override
        public Map<String, ?> settings() {
            return small(Map.of("format", "mention", "maxLength", 12, "lowercase", "false", "minCount", 1, "widths", "[1, 4]"));
        }
    }

    @Nested
    final class PcnnByDefault implements OfPcnn {
        @Override
        public Map<String, ?> settings() {
            return SMALL;
        }
    }

    @Nested
    final class PcnnMasked implements OfPcnn {
        @Override
        public Map<String, ?> settings() {
            return small(Map.of("format", "masked", "widths", "[2, 3]"));
        }
    }
}
