package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.view.BatchSampler;
import relata.testkit.BatchSamplerContract;

class {{class}}Test extends BatchSamplerContract<{{class}}.Config> {
    @Override
    public ComponentProvider<BatchSampler, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
