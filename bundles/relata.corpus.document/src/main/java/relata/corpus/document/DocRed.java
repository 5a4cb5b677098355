package relata.corpus.document;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.CorpusReader;
import relata.corpus.text.SplitFile;
import relata.corpus.text.Splits;

/** Reads DocRED and Re-DocRED: documents in sentences, entities with several mentions, several relations a pair. */
@Component(service = ComponentProvider.class)
@ComponentName("docred")
@Doc("DocRED and Re-DocRED: documents whose entities have several mentions, asked about all ordered pairs.")
@Source("Yao et al. 2019; Tan et al. 2022")
public final class DocRed implements ComponentProvider<CorpusReader, DocRed.Config> {
    /** Which pairs are asked about. */
    public enum Pairs {
        /** All ordered pairs of two entities; those without a relation have the negative label. */
        ALL,
        /** Those with a relation. */
        LABELLED
    }

    /** Where the data are and how to take them. */
    public record Config(
            @Doc("A folder with one JSON file a split, such as dev_revised.json (also .gz), or one such file.") Path root,
            @Doc("Which pairs are asked about: all ordered pairs of entities, or those with a relation.") @Default("all") Pairs pairs,
            @Doc("The label of pairs without a relation.") @Default("NA") String negative,
            @Doc("At most this share of a file's mentions may have a name that is not what stands at their place: the published files have a few.") @Default("0.001") @Range("[0, 1]") double mismatches,
            @Doc("Share of the training documents that become the split dev, if there is none.") @Default("0") @Range("[0, 1)") double dev,
            @Doc("Which file is which split, if their names do not say, as in { train: train_annotated.json }.") @Default("{}") Map<String, String> files) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> {
            Splits splits = new Splits(config.root(), config.pairs() == Pairs.ALL ? Optional.of(config.negative()) : Optional.empty());
            Titles titles = new Titles();
            for (SplitFile file : SplitFile.of(config.root(), List.of(".json"), config.files(), "2id", "rel_info")) new DocRedFile(config, file, titles, splits).read();
            splits.checkLabels();
            splits.takeDev(config.dev());
            TreeSet<String> relations = new TreeSet<>(splits.relations());
            if (config.pairs() == Pairs.ALL) relations.add(config.negative());
            return splits.corpus("docred", List.copyOf(relations));
        };
    }
}
