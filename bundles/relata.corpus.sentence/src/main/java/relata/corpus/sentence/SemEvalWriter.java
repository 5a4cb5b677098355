package relata.corpus.sentence;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Example;
import relata.corpus.text.Rewriting;
import relata.corpus.text.SplitNames;

/**
 * Writes the format of SemEval-2010 Task 8. It holds numbers as ids, one pair a sentence, entities without types, ids and further mentions, and the data set's own labels; the
 * label that means <em>no relation</em> is {@code Other}. Words are those that the reader cuts.
 */
@Component(service = ComponentProvider.class)
@ComponentName("semeval-2010-task-8")
@Doc("SemEval-2010 Task 8: one pair a sentence, tags around its ends, and its nineteen labels.")
@Source("Hendrickx et al. 2010")
public final class SemEvalWriter implements ComponentProvider<CorpusWriter, SemEvalWriter.Config> {
    private static final List<String> LABELS = SemEval.labels(true);

    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusWriter create(Config config, Parts parts) {
        return (corpus, folder, omissions) -> {
            Corpus singles = Singles.of(corpus, omissions, e -> TaggedText.objection(e, SemEvalFile.E1, SemEvalFile.E2));
            Map<String, String> files = files(singles);
            boolean named = !Map.of("train", "TRAIN_FILE.TXT", "test", "TEST_FILE_FULL.TXT").entrySet().containsAll(files.entrySet());
            Rewriting.write(singles, folder, omissions, to -> {
                fill(singles, files, to);
                return new SemEval().create(new SemEval.Config(to, true, 0, named ? files : Map.of()), parts);
            });
            return named ? Map.of("files", files) : Map.of();
        };
    }

    private static Map<String, String> files(Corpus corpus) throws CorpusException {
        Map<String, String> files = new TreeMap<>();
        for (String split : corpus.splits().keySet())
            files.put(split, split.equals("train") ? "TRAIN_FILE.TXT" : split.equals("test") ? "TEST_FILE_FULL.TXT" : SplitNames.file(split, ".txt"));
        return files;
    }

    private static void fill(Corpus corpus, Map<String, String> files, Path folder) throws IOException {
        // ids are numbers; if one is not, all are counted anew
        boolean numbered = corpus.splits().values().stream().allMatch(s -> s.stream().allMatch(e -> e.id().matches("[0-9]+")));
        int number = 0;
        for (Map.Entry<String, List<Example>> split : corpus.splits().entrySet())
            try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(files.get(split.getKey())))) {
                for (Example e : split.getValue()) {
                    number++;
                    out.append(numbered ? e.id() : String.valueOf(number)).append("\t\"").append(TaggedText.of(e, SemEvalFile.E1, SemEvalFile.E2).replace('\n', ' ')).append("\"\n");
                    Optional<String> label = label(split.getKey(), e, corpus.negative());
                    if (label.isPresent()) out.append(label.get()).append("\nComment:\n");
                    out.append('\n');
                }
            }
    }

    private static Optional<String> label(String split, Example example, Optional<String> negative) throws CorpusException {
        Optional<String> label = Singles.label(example).map(l -> negative.equals(Optional.of(l)) ? SemEval.NEGATIVE : l);
        if (label.isPresent() && !LABELS.contains(label.get()))
            throw new CorpusException(Singles.where(split, example), "has the relation '" + label.get() + "', but this format has only Other, and these followed by (e1,e2) or (e2,e1): " + String.join(", ", SemEval.RELATIONS));
        return label;
    }
}
