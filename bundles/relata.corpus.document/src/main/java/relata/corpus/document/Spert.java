package relata.corpus.document;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.CorpusReader;

/** Reads SpERT's JSON: ADE, CoNLL04, SciERC. */
@Component(service = ComponentProvider.class)
@ComponentName("spert")
@Doc("SpERT's JSON, such as ADE, CoNLL04 and SciERC: sentences with typed entities and relations, in files or folds.")
@Source("Eberts and Ulges 2020; Gurulingappa et al. 2012")
public final class Spert implements ComponentProvider<CorpusReader, Spert.Config> {
    /** Which pairs are asked about. */
    public enum Pairs {
        /** All ordered pairs of two entities. */
        ALL,
        /** Ordered pairs whose types some relation of the corpus joins, such as adverse effect and drug. */
        TYPED,
        /** Those with a relation. */
        LABELLED
    }

    /** Where the data are and how to take them. */
    public record Config(
            @Doc("A folder with one JSON file a split, or with one file and its folds; or one such file.") Path root,
            @Doc("Which pairs are asked about: all ordered pairs, those whose types some relation joins, or those with a relation.") @Default("all") Pairs pairs,
            @Doc("The label of pairs without a relation.") @Default("none") String negative,
            @Doc("Which of the folds in cv_splits.json to take, from 1; if not given, there is one split a file.") @Range("[1, inf)") Optional<Integer> fold,
            @Doc("Share of the training sentences that become the split dev, if there is none.") @Default("0") @Range("[0, 1)") double dev,
            @Doc("Which file is which split, if their names do not say, as in { train: ade_split_0_train.json }.") @Default("{}") Map<String, String> files) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> new SpertFiles(config).read();
    }
}
