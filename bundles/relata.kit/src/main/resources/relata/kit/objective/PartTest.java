package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.learn.Objective;
import relata.testkit.ObjectiveContract;

class {{class}}Test extends ObjectiveContract<{{class}}.Config> {
    @Override
    public ComponentProvider<Objective, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
