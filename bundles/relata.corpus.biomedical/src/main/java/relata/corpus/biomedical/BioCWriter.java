package relata.corpus.biomedical;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Example;
import relata.api.corpus.Omissions;
import relata.corpus.text.JsonFile;
import relata.corpus.text.Rewriting;
import relata.corpus.text.SharedPassages;
import relata.corpus.text.SplitNames;

/**
 * Writes BioC collections. They hold documents with ids, sentences, and entities with ids, types and one mention, which may be in pieces. Asked about are the pairs of some
 * types; words are those that the reader cuts. Offsets count code points.
 */
@Component(service = ComponentProvider.class)
@ComponentName("bioc")
@Doc("BioC collections, in XML or JSON, one a split: annotations, and relations between two of them.")
@Source("Comeau et al. 2013")
public final class BioCWriter implements ComponentProvider<CorpusWriter, BioCWriter.Config> {
    /** The two forms of BioC. */
    public enum Form {
        /** As it was published. */
        XML,
        /** The same names, lists in the plural. */
        JSON
    }

    /** What to write. */
    public record Config(@Doc("xml, as BioC was published, or json.") @Default("xml") Form form) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusWriter create(Config config, Parts parts) {
        return (corpus, folder, omissions) -> {
            Corpus held = SharedPassages.joined(config.form() == Form.XML ? inXml(corpus, omissions) : corpus, omissions);
            DocumentSettings settings = DocumentSettings.of(held, String::strip, true);
            Rewriting.write(held, folder, omissions, to -> {
                for (Map.Entry<String, List<Example>> split : held.splits().entrySet()) collection(to, config.form(), split.getKey(), split.getValue(), corpus.negative());
                return new BioC().create(new BioC.Config(to, settings.pairs().types(), settings.pairs().directed(), Optional.empty(), "type", "type", Level.DOCUMENT, settings.negative(), settings.unseen(),
                        Optional.of(OffsetUnit.CODEPOINT), 0), parts);
            });
            return settings.map(true);
        };
    }

    /** Without examples that have characters that no XML may have. */
    private static Corpus inXml(Corpus corpus, Omissions omissions) throws IOException {
        SortedMap<String, List<Example>> splits = new TreeMap<>();
        for (Map.Entry<String, List<Example>> split : corpus.splits().entrySet()) {
            List<Example> held = new ArrayList<>();
            for (Example e : split.getValue())
                if (BioCDocument.inXml(e)) held.add(e);
                else omissions.leaveOut(split.getKey() + " example '" + e.id() + "'", "characters that XML does not have", "the example is left out");
            if (!held.isEmpty()) splits.put(split.getKey(), held);
        }
        return new Corpus(corpus.name(), splits, corpus.relations(), corpus.negative(), corpus.inputs());
    }

    private static void collection(Path folder, Form form, String split, List<Example> examples, Optional<String> negative) throws IOException {
        Path file = folder.resolve(SplitNames.file(split, "." + form.name().toLowerCase(Locale.ROOT)));
        List<BioCDocument> documents = examples.stream().map(e -> new BioCDocument(e, negative)).toList();
        if (form == Form.JSON) {
            JsonFile.lines(file, List.of(documents), (out, all) -> {
                out.beginObject().name("source").value("Relata").name("date").value("").name("key").value("").name("infons").beginObject().endObject().name("documents").beginArray();
                for (BioCDocument d : all) d.json(out);
                out.endArray().endObject();
            });
            return;
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE collection SYSTEM \"BioC.dtd\">\n<collection>\n<source>Relata</source>\n<date></date>\n<key></key>\n");
            for (BioCDocument d : documents) d.xml(out);
            out.append("</collection>\n");
        }
    }
}
