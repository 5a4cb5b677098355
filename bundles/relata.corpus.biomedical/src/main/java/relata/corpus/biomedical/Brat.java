package relata.corpus.biomedical;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import relata.corpus.text.Unseen;

/** Reads brat's standoff files; {@code docs/formats/brat.md} describes how. */
@Component(service = ComponentProvider.class)
@ComponentName("brat")
@Doc("brat standoff: a folder or zip of .txt files with an .ann file each; text-bound annotations and binary relations.")
@Source("Stenetorp et al. 2012")
public final class Brat implements ComponentProvider<CorpusReader, Brat.Config> {
    /** Where the data are and how to take them. */
    public record Config(
            @Doc("The folder or zip; splits are told by folders such as train, dev and test.") Path root,
            @Doc("Types of the pairs that are asked about; left out, those between which there is a relation anywhere.") @Default("[]") List<TypePair> pairs,
            @Doc("A relation holds from its first argument to its second only; else pairs are asked about in one order.") @Default("true") boolean directed,
            @Doc("What an example is: one pair of one sentence, or a document with all its pairs.") @Default("sentence") Level level,
            @Doc("Lines of the text go on in the next, as in text wrapped at a width; else each line ends a sentence.") @Default("false") boolean wrapped,
            @Doc("The label that means no relation; asked pairs without a relation get it.") @Default("none") String negative,
            @Doc("What to do with a label of another split that train does not have: error, drop its pairs, or keep it.") @Default("error") Unseen unseen,
            @Doc("What offsets count: codepoint (brat's own), utf16 or byte; found out for each file if left out.") Optional<OffsetUnit> unit,
            @Doc("Share of the training documents that become the split dev, if there is none.") @Default("0") @Range("[0, 1)") double dev) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> {
            try (Inputs inputs = Inputs.open(config.root())) {
                return new Relations(config.root(), config.pairs(), config.directed(), config.level(), config.negative(), config.unseen(), config.dev()).of(Brat.read(inputs, config), inputs);
            }
        };
    }

    /** Reads the files. */
    static Reading read(Inputs inputs, Config config) throws IOException {
        Reading reading = new Reading(config.root(), config.unit());
        Set<String> annotated = new HashSet<>();
        for (String name : inputs.names(".ann")) {
            String stem = name.substring(0, name.length() - ".ann".length());
            annotated.add(stem + ".txt");
            if (!inputs.has(stem + ".txt")) throw new CorpusException(inputs.path(name).toString(), "has no text: " + stem + ".txt is missing");
            String text = inputs.text(stem + ".txt");
            Draft draft = new Standoff(inputs.path(name), stem, text, config.wrapped() ? Draft.Cut.SENTENCES : Draft.Cut.LINES, reading.notes()).read(Rows.lines(inputs, name));
            if (text.isBlank() && draft.names().isEmpty()) reading.notes().count("documents without text were left out");
            else reading.add(Reading.split(name, false), List.of(draft));
        }
        for (String name : inputs.names(".txt", ".ann")) if (name.endsWith(".txt") && !annotated.contains(name)) reading.notes().count("texts without an .ann file were left out");
        return reading;
    }
}
