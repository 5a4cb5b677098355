package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.learn.ProjectionHead;
import relata.testkit.ProviderContract;

class {{class}}Test implements ProviderContract<ProjectionHead, {{class}}.Config> {
    @Override
    public ComponentProvider<ProjectionHead, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
