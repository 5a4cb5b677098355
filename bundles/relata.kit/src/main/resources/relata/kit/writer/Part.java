package {{package}};

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.corpus.text.Rewriting;
import relata.corpus.text.SplitNames;

/**
 * Writes what {@link {{class}}Reader} reads. The format has no ids, types or sentences; what is lost of them is told, as {@link Rewriting} reads again
 * what was written and compares. What would be read as something else is refused here.
 */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Tab-separated lines: a relation, and a sentence in which the two entities are marked.")
@Source("")
public final class {{class}} implements ComponentProvider<CorpusWriter, {{class}}.Config> {
    private static final List<String> SPLITS = List.of("train", "dev", "test");

    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusWriter create(Config config, Parts parts) {
        return (corpus, folder, omissions) -> {
            Optional<String> negative = SplitNames.negative(corpus);
            Rewriting.write(corpus, folder, omissions, to -> {
                for (Map.Entry<String, List<Example>> split : corpus.splits().entrySet()) write(split.getKey(), split.getValue(), to);
                return new {{class}}Reader().create(new {{class}}Reader.Config(to, negative), parts);
            });
            return negative.<Map<String, Object>>map(n -> Map.of("negative", n)).orElse(Map.of());
        };
    }

    private static void write(String split, List<Example> examples, Path folder) throws IOException {
        if (!SPLITS.contains(split)) throw new CorpusException("split '" + split + "'", "cannot be written: there are train, dev and test");
        List<String> lines = new ArrayList<>();
        for (Example example : examples) lines.add(line(split + " example '" + example.id() + "'", example));
        Files.write(folder.resolve(split + ".tsv"), lines);
    }

    private static String line(String where, Example example) throws CorpusException {
        if (example.pairs().size() != 1 || example.pairs().get(0).relations().size() != 1) throw new CorpusException(where, "must ask about one pair with one relation");
        String relation = example.pairs().get(0).relations().get(0);
        if (!relation.equals(relation.strip()) || relation.isEmpty() || relation.matches("(?s).*[\t\r\n].*")) throw new CorpusException(where, "has a relation that cannot be a cell: '" + relation + "'");
        List<String> words = new ArrayList<>(example.passage().tokens());
        for (String word : words)
            if (!word.matches("[^\\s\\p{Cntrl}\\uFEFF]+") || word.matches("</?[ht]>")) throw new CorpusException(where, "has the token '" + word + "', which cannot stand between spaces");
        Mention head = example.head(0).mentions().get(0);
        Mention tail = example.tail(0).mentions().get(0);
        if (head.start() < tail.end() && tail.start() < head.end()) throw new CorpusException(where, "has entities that overlap");
        // from the end, so that places stay
        boolean headFirst = head.start() < tail.start();
        mark(words, headFirst ? tail : head, headFirst ? "t" : "h");
        mark(words, headFirst ? head : tail, headFirst ? "h" : "t");
        return relation + "\t" + String.join(" ", words);
    }

    private static void mark(List<String> words, Mention mention, String name) {
        words.add(mention.end(), "</" + name + ">");
        words.add(mention.start(), "<" + name + ">");
    }
}
