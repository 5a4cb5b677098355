package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.learn.ProjectionHead;
import relata.testkit.ProjectionHeadContract;

class {{class}}Test extends ProjectionHeadContract<{{class}}.Config> {
    @Override
    public ComponentProvider<ProjectionHead, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
