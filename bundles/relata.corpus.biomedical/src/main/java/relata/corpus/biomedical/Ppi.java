package relata.corpus.biomedical;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Reads protein-protein interactions in the unified format; {@code docs/formats/ppi.md} describes how. */
@Component(service = ComponentProvider.class)
@ComponentName("ppi")
@Doc("Protein-protein interactions in the unified XML of five corpora (AIMed, BioInfer, HPRD50, IEPA, LLL): any two proteins of a sentence, true or false.")
@Source("Pyysalo et al. 2008; Airola et al. 2008")
public final class Ppi implements ComponentProvider<CorpusReader, Ppi.Config> {
    /** Where the data are and how to take them. */
    public record Config(
            @Doc("The XML file; or a folder or zip with several, in which folders or names such as train and test tell the splits.") Path root,
            @Doc("Ask about both orders of two proteins, and let directed interactions hold from e1 to e2 only.") @Default("false") boolean directed,
            @Doc("Number of folds that the documents are dealt into; 0: none.") @Default("0") @Range("[0, 1000]") int folds,
            @Doc("The fold that is the split test, from 0; the others are train.") @Default("0") @Range("[0, 999]") int fold,
            @Doc("A text file of given folds: a document's id, a tab, the number of its fold, from 0; left out, folds are dealt by a hash of the ids.") Optional<Path> foldFile,
            @Doc("What offsets count: codepoint, utf16 or byte; found out for each file if left out.") Optional<OffsetUnit> unit,
            @Doc("Share of the training documents that become the split dev, if there is none.") @Default("0") @Range("[0, 1)") double dev) {}

    static final String POSITIVE = "true";
    static final String NEGATIVE = "false";

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> {
            try (Inputs inputs = Inputs.open(config.root())) {
                Reading reading = Ppi.read(inputs, config);
                Optional<Folds> folds = Folds.of(config, reading.documents(), inputs);
                folds.ifPresent(f -> reading.divide(f::split));
                reading.takeDev(config.dev());
                return reading.ask(inputs, Optional.of(Asked.all(config.directed())), NEGATIVE, false).corpus(reading.name(), List.of(POSITIVE, NEGATIVE));
            }
        };
    }

    /** Reads the files. */
    static Reading read(Inputs inputs, Config config) throws IOException {
        Reading reading = new Reading(config.root(), config.unit());
        for (String name : inputs.names(".xml")) {
            List<Draft> drafts = new ArrayList<>();
            Element corpus = Xml.read(inputs.path(name), inputs.text(name), "corpus", (root, document) -> {
                if (!document.name().equals("document")) throw document.error("was not expected in <corpus>, but <document>");
                if (document.children().isEmpty()) reading.notes().count("documents without a sentence were left out");
                else drafts.add(draft(document, config.directed(), reading.notes()));
            });
            if (drafts.isEmpty()) throw corpus.error("has no <document> with a sentence");
            reading.add(Reading.split(name, true), drafts);
        }
        return reading;
    }

    private static Draft draft(Element document, boolean directed, Notes notes) throws CorpusException {
        XmlDraft draft = new XmlDraft(document, ",");
        for (Element s : document.children()) {
            draft.sentence(s, "interaction", "pair", "sentenceanalyses");
            for (Element i : s.children("interaction")) interaction(i, draft, POSITIVE, directed, notes);
            for (Element p : s.children("pair")) {
                String interaction = p.need("interaction").toLowerCase(Locale.ROOT);
                if (!interaction.equals("true") && !interaction.equals("false")) throw p.error("has interaction=\"" + p.need("interaction") + "\", but True or False was expected");
                interaction(p, draft, interaction.equals("true") ? POSITIVE : "", directed, notes);
            }
        }
        return draft.draft();
    }

    private static void interaction(Element i, XmlDraft draft, String label, boolean directed, Notes notes) throws CorpusException {
        String e1 = i.need("e1");
        String e2 = i.need("e2");
        String direction = i.attribute("directed").orElse("false").toLowerCase(Locale.ROOT);
        if (!direction.equals("true") && !direction.equals("false")) throw i.error("has directed=\"" + direction + "\", but true or false was expected");
        if (e1.equals(e2)) {
            notes.count("interactions of a protein with itself were left out");
            return;
        }
        draft.link(i, e1, e2, label);
        if (directed && direction.equals("false")) draft.link(i, e2, e1, label);
    }
}
