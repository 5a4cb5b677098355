package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.view.Pairing;
import relata.testkit.PairingContract;

class {{class}}Test extends PairingContract<{{class}}.Config> {
    @Override
    public ComponentProvider<Pairing, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
