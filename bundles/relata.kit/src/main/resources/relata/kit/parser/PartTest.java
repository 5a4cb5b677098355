package {{package}};

import relata.api.component.ComponentProvider;
import relata.api.view.DependencyParser;
import relata.testkit.DependencyParserContract;

class {{class}}Test implements DependencyParserContract<{{class}}.Config> {
    @Override
    public ComponentProvider<DependencyParser, {{class}}.Config> provider() {
        return new {{class}}();
    }

    @Override
    public boolean tags() {
        return false;
    }
}
