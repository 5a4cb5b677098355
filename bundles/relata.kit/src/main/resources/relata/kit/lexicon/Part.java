package {{package}};

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.Lexicon;

/**
 * Synonyms of a field, from a file: each line holds words that mean the same, with commas between them; what follows a # is a remark. The
 * file does not tell word classes apart. It is read when the first word is asked for.
 */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Synonyms of a file with a line for each group of words.")
@Source("")
public final class {{class}} implements ComponentProvider<Lexicon, {{class}}.Config> {
    /** Settings. */
    public record Config(@Doc("The file, in UTF-8.") Path file) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Lexicon create(Config config, Parts parts) {
        Groups groups = new Groups(config.file());
        return (word, pos) -> groups.of(word.strip().toLowerCase(Locale.ROOT));
    }

    /** What is in the file, once somebody asked. Several threads may. */
    private static final class Groups {
        private final Path file;
        private Map<String, List<String>> synonyms = Map.of();
        private boolean read;

        Groups(Path file) {
            this.file = file;
        }

        synchronized List<String> of(String word) {
            if (!read) synonyms = read(file);
            read = true;
            return synonyms.getOrDefault(word, List.of());
        }

        private static Map<String, List<String>> read(Path file) {
            Map<String, Set<String>> all = new HashMap<>();
            try {
                for (String line : Files.readAllLines(file)) {
                    List<String> group = Arrays.stream(line.replaceFirst("#.*", "").split(",")).map(String::strip).filter(w -> !w.isEmpty()).toList();
                    for (String word : group) all.computeIfAbsent(word.toLowerCase(Locale.ROOT), w -> new TreeSet<>()).addAll(group);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the synonyms cannot be read from " + file + ": " + e.getMessage(), e);
            }
            Map<String, List<String>> sorted = new HashMap<>();
            // the word itself is no synonym of its own, however it is written
            all.forEach((word, group) -> sorted.put(word, group.stream().filter(w -> !w.equalsIgnoreCase(word)).toList()));
            return sorted;
        }
    }
}
