package relata.corpus.folds;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;

/**
 * Provides the corpus {@code folds}: the documents of another corpus, dealt into k folds, of which one is {@code test} and the others are {@code train}. A
 * document is never in two of them. The folds depend on nothing but the documents' ids, so that all seeds and methods are judged on the same ones.
 */
@Component(service = ComponentProvider.class)
@ComponentName("folds")
@Doc("Cross-validation: the documents of another corpus dealt into folds, one of them the split test, the others train.")
@Source("Stone 1974")
public final class Folds implements ComponentProvider<CorpusReader, Folds.Config> {
    /** What is dealt, and which fold is judged on. */
    public record Config(
            @Doc("The corpus whose documents are dealt.") Ref<CorpusReader> of,
            @Doc("Number of folds.") @Default("10") @Range("[2, 1000]") int folds,
            @Doc("The fold that is the split test, from 0; the others are train.") @Default("0") @Range("[0, 999]") int fold,
            @Doc("A text file of given folds: a document's id, a tab, the number of its fold, from 0; left out, folds are dealt by a hash of the ids.") Optional<Path> file,
            @Doc("The splits whose documents are dealt; the others are left out. Empty: all.") @Default("[]") List<String> splits,
            @Doc("Share of the training documents that become the split dev; left out: what the corpus's own dev is of its train and dev, 0 if it has none.")
                    @Range("[0, 1)") Optional<Double> dev) {
        public Config {
            splits = List.copyOf(splits);
            if (fold >= folds) throw new IllegalArgumentException("there is no fold " + fold + ": the " + folds + " folds are counted from 0.");
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        CorpusReader of = parts.create(config.of());
        return new CorpusReader() {
            @Override
            public Corpus read() throws IOException {
                return dealt(of.read(), config);
            }
        };
    }

    private static Corpus dealt(Corpus corpus, Config config) throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String split : config.splits().isEmpty() ? List.copyOf(corpus.splits().keySet()) : config.splits()) {
            for (Example e : corpus.split(split))
                if (e.pairs().stream().anyMatch(p -> p.relations().isEmpty()))
                    throw new CorpusException(corpus.name(), "cannot be cross-validated with split '" + split + "': its example '" + e.id() + "' has no answer. Name the splits that have answers in 'splits'");
            examples.addAll(corpus.split(split));
        }
        Documents documents = new Documents(corpus.name(), examples);
        SortedMap<String, String> inputs = new TreeMap<>(corpus.inputs());
        Map<String, Integer> foldOf = config.file().isPresent() ? documents.given(config.file().get(), config.folds(), inputs) : documents.dealt(config.folds());
        Map<String, String> splitOf = documents.splits(foldOf, config.fold(), config.dev().orElseGet(() -> ownDev(corpus)));
        SortedMap<String, List<Example>> splits = new TreeMap<>();
        for (Example e : examples) splits.computeIfAbsent(splitOf.get(e.passage().document()), s -> new ArrayList<>()).add(e);
        String name = corpus.name() + ", fold " + config.fold() + " (from 0) of " + config.folds();
        return new Corpus(name, splits, corpus.relations(), corpus.negative(), inputs);
    }

    private static double ownDev(Corpus corpus) {
        double dev = corpus.splits().getOrDefault("dev", List.of()).size(), train = corpus.splits().getOrDefault("train", List.of()).size();
        return dev == 0 || train == 0 ? 0 : dev / (dev + train);
    }
}
