package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.view.TokenGuard;
import relata.testkit.ProviderContract;

class {{class}}Test implements ProviderContract<TokenGuard, {{class}}.Config> {
    @Override
    public ComponentProvider<TokenGuard, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
