package {{package}};

import java.util.Map;
import relata.api.component.ComponentProvider;
import relata.api.learn.Optimiser;
import relata.testkit.OptimiserContract;

class {{class}}Test extends OptimiserContract<{{class}}.Config> {
    @Override
    public ComponentProvider<Optimiser, {{class}}.Config> provider() {
        return new {{class}}();
    }

    @Override
    public Map<String, ?> settings() {
        return Map.of("rate", 0.01);
    }
}
