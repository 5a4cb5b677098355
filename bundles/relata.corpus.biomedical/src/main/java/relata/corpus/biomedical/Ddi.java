package relata.corpus.biomedical;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;

/** Reads the DDI corpus as SemEval-2013 task 9 gave it out; {@code docs/formats/ddi.md} describes how. */
@Component(service = ComponentProvider.class)
@ComponentName("ddi")
@Doc("Drug-drug interactions of DDIExtraction 2013 (XML): the pairs that the files list, as advise, effect, mechanism, int or false.")
@Source("Segura-Bedmar et al. 2013; Herrero-Zazo et al. 2013")
public final class Ddi implements ComponentProvider<CorpusReader, Ddi.Config> {
    /** What becomes of a pair that interacts, but of which the file does not say how. */
    public enum Untyped {
        /** It is an {@code int}: an interaction without more information, which is what this label means. */
        INT,
        /** It counts as {@code false}. */
        FALSE,
        /** It is not asked about. */
        DROP,
        /** Stop, and say where it is. */
        ERROR
    }

    /** Where the data are and how to take them. */
    public record Config(
            @Doc("The folder, zip or single file; splits are told by folders such as Train and Test. Folders of the drug-name task (DrugNER) are left out.") Path root,
            @Doc("What becomes of an interacting pair without a type: int, false, drop, or error.") @Default("int") Untyped untyped,
            @Doc("What offsets count: codepoint, utf16 or byte; found out for each file if left out.") Optional<OffsetUnit> unit,
            @Doc("Share of the training documents that become the split dev, if there is none.") @Default("0") @Range("[0, 1)") double dev) {}

    private static final String NEGATIVE = "false";
    private static final List<String> TYPES = List.of("advise", "effect", "mechanism", "int");

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> {
            try (Inputs inputs = Inputs.open(config.root())) {
                Reading reading = Ddi.read(inputs, config);
                reading.takeDev(config.dev());
                return reading.ask(inputs, Optional.empty(), NEGATIVE, false).corpus(reading.name(), List.of("advise", "effect", "mechanism", "int", NEGATIVE));
            }
        };
    }

    /** Reads the files. */
    static Reading read(Inputs inputs, Config config) throws IOException {
        Reading reading = new Reading(config.root(), config.unit());
        for (String name : inputs.names(".xml")) {
            if (name.contains("DrugNER")) {
                reading.notes().count("files of the drug-name task were left out");
                continue;
            }
            List<Element> sentences = new ArrayList<>();
            Element document = Xml.read(inputs.path(name), inputs.text(name), "document", (root, child) -> sentences.add(child));
            XmlDraft draft = new XmlDraft(document, ";");
            for (Element s : sentences) sentence(s, draft, config.untyped(), reading.notes());
            if (!sentences.isEmpty()) reading.add(Reading.split(name, false), List.of(draft.draft()));
            else throw document.error("has no <sentence>");
        }
        return reading;
    }

    private static void sentence(Element s, XmlDraft draft, Untyped untyped, Notes notes) throws CorpusException {
        draft.sentence(s, "pair");
        for (Element p : s.children("pair")) {
            String ddi = p.need("ddi");
            if (!ddi.equals("true") && !ddi.equals("false")) throw p.error("has ddi=\"" + ddi + "\", but true or false was expected");
            Optional<String> type = p.attribute("type").filter(t -> !t.isBlank());
            if (type.isPresent() && !TYPES.contains(type.get())) throw p.error("has the type '" + type.get() + "', but one of " + String.join(", ", TYPES) + " was expected");
            if (ddi.equals("false") && type.isPresent()) throw p.error("has ddi=\"false\" and the type '" + type.get() + "'; either it interacts or it has no type");
            String label = type.orElse("");
            if (ddi.equals("true") && type.isEmpty()) {
                if (untyped == Untyped.ERROR) throw p.error("interacts, but has no type; set 'untyped' to int, false or drop to go on");
                notes.count("interacting pairs without a type were " + switch (untyped) {
                    case INT -> "taken as int";
                    case FALSE -> "taken as false";
                    default -> "left out";
                });
                if (untyped == Untyped.DROP) continue;
                label = untyped == Untyped.INT ? "int" : "";
            }
            draft.link(p, p.need("e1"), p.need("e2"), label);
        }
    }
}
