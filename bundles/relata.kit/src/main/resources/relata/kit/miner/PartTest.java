package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.learn.Miner;
import relata.testkit.ProviderContract;

class {{class}}Test implements ProviderContract<Miner, {{class}}.Config> {
    @Override
    public ComponentProvider<Miner, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
