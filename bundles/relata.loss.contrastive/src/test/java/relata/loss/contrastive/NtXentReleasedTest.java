package relata.loss.contrastive;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import relata.testkit.PlainContrast;

class NtXentReleasedTest extends NtXentTest {
    @Override
    public Map<String, ?> settings() {
        return Map.of("scale", "released");
    }

    @Override
    protected OptionalDouble reference(NtXent.Config config, PlainContrast x) {
        double anchors = Arrays.stream(x.anchors()).sum();
        return OptionalDouble.of(anchors == 0 ? 0 : 2 / anchors * super.reference(config, x).orElseThrow());
    }
}
