package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.run.Stage;
import relata.testkit.ProviderContract;

class {{class}}Test implements ProviderContract<Stage, {{class}}.Config> {
    @Override
    public ComponentProvider<Stage, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
