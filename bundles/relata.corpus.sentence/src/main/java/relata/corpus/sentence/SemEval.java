package relata.corpus.sentence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.corpus.text.SplitFile;
import relata.corpus.text.Splits;

/** Reads SemEval-2010 Task 8 as it was published: sentence, label and comment in blocks of lines. */
@Component(service = ComponentProvider.class)
@ComponentName("semeval-2010-task-8")
@Doc("SemEval-2010 Task 8: nine relations between nominals, with direction, and Other.")
@Source("Hendrickx et al. 2010")
public final class SemEval implements ComponentProvider<CorpusReader, SemEval.Config> {
    static final String NEGATIVE = "Other";
    static final List<String> RELATIONS = List.of("Cause-Effect", "Component-Whole", "Content-Container", "Entity-Destination", "Entity-Origin", "Instrument-Agency",
            "Member-Collection", "Message-Topic", "Product-Producer");
    private static final Map<String, String> NAMES = Map.of("train_file.txt", "train", "test_file_full.txt", "test", "test_file.txt", "test");

    /** Where the data are and how to take them. */
    public record Config(
            @Doc("The folder that holds TRAIN_FILE.TXT and TEST_FILE_FULL.TXT, or one such file.") Path root,
            @Doc("Tell Cause-Effect(e1,e2) from Cause-Effect(e2,e1): 19 labels, else 10.") @Default("true") boolean directed,
            @Doc("Share of each label's training examples that become the split dev.") @Default("0") @Range("[0, 1)") double dev,
            @Doc("Which file is which split, if they have other names, as in { train: my-train.txt }.") @Default("{}") Map<String, String> files) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> {
            Splits splits = new Splits(config.root(), Optional.of(NEGATIVE));
            for (SplitFile file : files(config)) splits.input(file.input(config.root()), SemEvalFile.read(file, config.directed(), splits));
            splits.checkLabels();
            splits.takeDev(config.dev());
            return splits.corpus("semeval-2010-task-8", labels(config.directed()));
        };
    }

    /** All labels, sorted, whether they occur or not. */
    static List<String> labels(boolean directed) {
        Stream<String> relations = directed ? RELATIONS.stream().flatMap(r -> Stream.of(r + "(e1,e2)", r + "(e2,e1)")) : RELATIONS.stream();
        return Stream.concat(relations, Stream.of(NEGATIVE)).sorted().toList();
    }

    private static List<SplitFile> files(Config config) throws IOException {
        if (!config.files().isEmpty() || !Files.isDirectory(config.root())) return SplitFile.of(config.root(), List.of(".txt"), config.files());
        List<Path> all;
        try (Stream<Path> list = Files.list(config.root())) {
            all = list.sorted().toList();
        }
        Map<String, SplitFile> files = new TreeMap<>();
        for (Path file : all) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            String split = NAMES.get(name);
            // the file with the answers is the better one
            if (split != null && (name.endsWith("_full.txt") || !files.containsKey(split))) files.put(split, new SplitFile(split, file));
        }
        if (files.isEmpty())
            throw new CorpusException(config.root().toString(), "holds neither TRAIN_FILE.TXT nor TEST_FILE_FULL.TXT; it holds "
                    + (all.isEmpty() ? "nothing" : all.stream().limit(10).map(f -> f.getFileName().toString()).collect(Collectors.joining(", "))));
        return new ArrayList<>(files.values());
    }
}
