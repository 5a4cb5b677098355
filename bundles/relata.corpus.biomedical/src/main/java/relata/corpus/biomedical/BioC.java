package relata.corpus.biomedical;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
import relata.corpus.text.Json;
import relata.corpus.text.Unseen;

/** Reads BioC, in XML and in JSON; {@code docs/formats/bioc.md} describes how. */
@Component(service = ComponentProvider.class)
@ComponentName("bioc")
@Doc("BioC collections, in XML or JSON: annotations, and relations between two of them.")
@Source("Comeau et al. 2013")
public final class BioC implements ComponentProvider<CorpusReader, BioC.Config> {
    /** Where the data are and how to take them. */
    public record Config(
            @Doc("The .xml or .json file; or a folder or zip with several, in which folders or names such as train and test tell the splits.") Path root,
            @Doc("Types of the pairs that are asked about; left out, those between which there is a relation anywhere.") @Default("[]") List<TypePair> pairs,
            @Doc("A relation holds from its head to its tail only; else pairs are asked about in one order.") @Default("true") boolean directed,
            @Doc("The role of the node that is the head; left out, the first node is.") Optional<String> head,
            @Doc("The infon that tells an annotation's type.") @Default("type") String type,
            @Doc("The infon that tells a relation's label.") @Default("type") String relation,
            @Doc("What an example is: one pair of one sentence, or a document with all its pairs.") @Default("sentence") Level level,
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
                return new Relations(config.root(), config.pairs(), config.directed(), config.level(), config.negative(), config.unseen(), config.dev()).of(BioC.read(inputs, config), inputs);
            }
        };
    }

    /** Reads the files. */
    static Reading read(Inputs inputs, Config config) throws IOException {
        Reading reading = new Reading(config.root(), config.unit());
        for (String name : inputs.names(".xml", ".json")) {
            Path file = inputs.path(name);
            BioCDrafts drafts = new BioCDrafts(config, reading.notes());
            if (name.toLowerCase(Locale.ROOT).endsWith(".json")) Json.read(file, new StringReader(inputs.text(name)), json -> BioCJson.read(json, drafts));
            else BioCXml.read(file, inputs.text(name), drafts);
            List<Draft> found = drafts.drafts();
            if (found.isEmpty()) throw new CorpusException(file.toString(), "has no document with text");
            reading.add(Reading.split(name, true), found);
        }
        return reading;
    }
}
