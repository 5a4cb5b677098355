package {{package}};

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.view.Lexicon;
import relata.testkit.LexiconContract;

class {{class}}Test extends LexiconContract<{{class}}.Config> {
    @TempDir
    private Path folder = Path.of("");

    @Override
    public ComponentProvider<Lexicon, {{class}}.Config> provider() {
        return new {{class}}();
    }

    @Override
    public Map<String, ?> settings() {
        try {
            return Map.of("file", Files.writeString(folder.resolve("synonyms.txt"), "# words that mean the same\ncar, auto, motor car\nquick, fast\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected List<String> words() {
        return List.of("car", "quick", "fast");
    }
}
