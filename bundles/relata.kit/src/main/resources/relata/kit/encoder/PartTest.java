package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.learn.EncoderLoader;
import relata.testkit.EncoderContract;

class {{class}}Test implements EncoderContract<{{class}}.Config> {
    @Override
    public ComponentProvider<EncoderLoader, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
