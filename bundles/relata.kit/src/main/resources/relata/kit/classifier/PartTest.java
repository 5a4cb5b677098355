package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.evaluate.Classifier;
import relata.testkit.ClassifierContract;

class {{class}}Test extends ClassifierContract<{{class}}.Config> {
    @Override
    public ComponentProvider<Classifier, {{class}}.Config> provider() {
        return new {{class}}();
    }
}
