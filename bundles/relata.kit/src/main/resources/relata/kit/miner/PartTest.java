package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.learn.Miner;
import relata.testkit.MinerContract;

class {{class}}Test extends MinerContract<{{class}}.Config> {
    @Override
    public ComponentProvider<Miner, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
