package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.view.TokenGuard;
import relata.testkit.TokenGuardContract;

class {{class}}Test extends TokenGuardContract<{{class}}.Config> {
    @Override
    public ComponentProvider<TokenGuard, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
