package relata.corpus.biomedical;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
import relata.corpus.text.Unseen;

/** Reads PubTator files; {@code docs/formats/pubtator.md} describes how. */
@Component(service = ComponentProvider.class)
@ComponentName("pubtator")
@Doc("PubTator: titles and abstracts with mentions of concepts, and relations between concepts; one example a document.")
@Source("Wei et al. 2013; Li et al. 2016")
public final class PubTator implements ComponentProvider<CorpusReader, PubTator.Config> {
    /** Where the data are and how to take them. */
    public record Config(
            @Doc("The file; or a folder or zip with several (.pubtator or .txt), in which folders or names such as Train and Test tell the splits.") Path root,
            @Doc("Types of the pairs of concepts that are asked about; left out, those between which there is a relation anywhere.") @Default("[]") List<TypePair> pairs,
            @Doc("A relation holds from its first concept to its second only; else pairs are asked about in one order.") @Default("false") boolean directed,
            @Doc("Characters between several concept ids of one mention, such as ',' in BioRED; ids with '|' are taken apart where a seventh column names the parts.") @Default("") String separators,
            @Doc("The label that means no relation; asked pairs without a relation get it.") @Default("none") String negative,
            @Doc("What to do with a label of another split that train does not have: error, drop its pairs, or keep it.") @Default("error") Unseen unseen,
            @Doc("What offsets count: codepoint, utf16 or byte; found out for each file if left out.") Optional<OffsetUnit> unit,
            @Doc("Share of the training documents that become the split dev, if there is none.") @Default("0") @Range("[0, 1)") double dev) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> {
            try (Inputs inputs = Inputs.open(config.root())) {
                Reading reading = PubTator.read(inputs, config);
                return new Relations(config.root(), config.pairs(), config.directed(), Level.DOCUMENT, config.negative(), config.unseen(), config.dev()).of(reading, inputs);
            }
        };
    }

    /** Reads the files. */
    static Reading read(Inputs inputs, Config config) throws IOException {
        Reading reading = new Reading(config.root(), config.unit());
        for (String name : inputs.names(".pubtator", ".txt")) reading.add(Reading.split(name, true), new PubTatorFile(config.separators(), reading.notes()).read(inputs.path(name), Rows.lines(inputs, name)));
        return reading;
    }
}
