package {{package}};

import java.nio.file.Path;
import java.util.Map;
import relata.api.component.ComponentProvider;
import relata.api.view.Lexicon;
import relata.testkit.ProviderContract;

class {{class}}Test implements ProviderContract<Lexicon, {{class}}.Config> {
    @Override
    public ComponentProvider<Lexicon, {{class}}.Config> provider() {
        return new {{class}}();
    }

    @Override
    public Map<String, ?> settings() {
        return Map.of("file", Path.of("synonyms.txt"));
    }
}
