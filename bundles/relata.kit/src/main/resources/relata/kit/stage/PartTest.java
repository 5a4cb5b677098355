package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.run.Stage;
import relata.testkit.StageContract;

class {{class}}Test extends StageContract<{{class}}.Config> {
    @Override
    public ComponentProvider<Stage, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
