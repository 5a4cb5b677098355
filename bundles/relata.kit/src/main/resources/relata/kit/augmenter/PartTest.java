package {{package}};

import java.util.BitSet;
import java.util.Map;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Example;
import relata.api.view.Augmenter;
import relata.testkit.AugmenterContract;
import relata.testkit.FakeGuard;
import relata.testkit.TestParts;

class {{class}}Test implements AugmenterContract<{{class}}.Config> {
    @Override
    public ComponentProvider<Augmenter, {{class}}.Config> provider() {
        return new {{class}}();
    }

    @Override
    public TestParts parts() {
        return TestParts.of(new FakeGuard());
    }

    @Override
    public Map<String, ?> settings() {
        return Map.of("keep", "[ { use: fake } ]");
    }

    @Override
    public BitSet guarded(Example example) {
        return FakeGuard.guarded(example);
    }
}
