package relata.corpus.sentence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
import relata.corpus.text.Json;
import relata.corpus.text.Line;
import relata.corpus.text.Lines;
import relata.corpus.text.SplitFile;
import relata.corpus.text.Splits;

/** Reads ChemProt as SciBERT's data folder has it: JSON lines whose text holds {@code << first entity >>} and {@code [[ second entity ]]}. */
@Component(service = ComponentProvider.class)
@ComponentName("chemprot-scibert")
@Doc("ChemProt with 13 labels, as in SciBERT's data folder: JSON lines with << >> and [[ ]] around the entities.")
@Source("Krallinger et al. 2017; Beltagy et al. 2019")
public final class ChemProtSciBert implements ComponentProvider<CorpusReader, ChemProtSciBert.Config> {
    static final Tags.Tag FIRST = new Tags.Tag("<< ", " >>");
    static final Tags.Tag SECOND = new Tags.Tag("[[ ", " ]]");

    /** Where the data are and how to take them. */
    public record Config(
            @Doc("The folder that holds train.txt, dev.txt and test.txt, or one such file.") Path root,
            @Doc("The label that means no relation, if there is one: the published files have none.") Optional<String> negative,
            @Doc("Share of each label's training examples that become the split dev, if there is none.") @Default("0") @Range("[0, 1)") double dev,
            @Doc("Which file is which split, if their names do not say, as in { train: part-1.txt }.") @Default("{}") Map<String, String> files) {}

    /** A line as it is written. */
    private static final class Raw {
        String text = "";
        Optional<String> label = Optional.empty();
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> {
            Splits splits = new Splits(config.root(), config.negative());
            for (SplitFile file : SplitFile.of(config.root(), List.of(".txt", ".jsonl", ".json"), config.files()))
                splits.input(file.input(config.root()), Lines.read(file.file(), line -> take(line, file.name(), config.negative(), splits)));
            splits.checkLabels();
            splits.takeDev(config.dev());
            return splits.corpus("chemprot");
        };
    }

    private static void take(Line line, String split, Optional<String> negative, Splits splits) throws IOException {
        Raw raw = Json.read(line, json -> {
            Raw read = new Raw();
            json.object(List.of("text"), List.of("label"), key -> {
                if (key.equals("text")) read.text = json.text();
                else read.label = Optional.of(json.word());
            });
            return read;
        });
        Tags tags = Tags.of(line.place(), raw.text, FIRST, SECOND);
        splits.add(split, Question.of(split + ":" + line.number(), tags.offsets().tokens(), Question.entity("e1", tags.offsets(), tags.head()),
                Question.entity("e2", tags.offsets(), tags.tail()), raw.label, !raw.label.equals(negative)), line.place());
    }
}
