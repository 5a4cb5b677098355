package relata.corpus.sentence;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Example;
import relata.corpus.text.JsonFile;
import relata.corpus.text.Rewriting;
import relata.corpus.text.SplitNames;

/** Writes texts with {@code << head >>} and {@code [[ tail ]]} and their label. They hold one pair a sentence and nothing else; words are those that the reader cuts. */
@Component(service = ComponentProvider.class)
@ComponentName("chemprot-scibert")
@Doc("The form that SciBERT's data folder has ChemProt in: JSON lines with << >> and [[ ]] around the entities.")
@Source("Beltagy et al. 2019")
public final class ChemProtSciBertWriter implements ComponentProvider<CorpusWriter, ChemProtSciBertWriter.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusWriter create(Config config, Parts parts) {
        return (corpus, folder, omissions) -> {
            Corpus singles = Singles.of(corpus, omissions, e -> TaggedText.objection(e, ChemProtSciBert.FIRST, ChemProtSciBert.SECOND));
            Map<String, String> files = SplitNames.files(singles, ".txt");
            Optional<String> negative = SplitNames.negative(singles);
            Rewriting.write(singles, folder, omissions, to -> {
                for (Map.Entry<String, List<Example>> split : singles.splits().entrySet()) JsonFile.lines(to.resolve(SplitNames.file(split.getKey(), ".txt")), split.getValue(), ChemProtSciBertWriter::sentence);
                return new ChemProtSciBert().create(new ChemProtSciBert.Config(to, negative, 0, files), parts);
            });
            Map<String, Object> settings = new LinkedHashMap<>();
            negative.ifPresent(n -> settings.put("negative", n));
            if (!files.isEmpty()) settings.put("files", files);
            return settings;
        };
    }

    private static void sentence(JsonWriter out, Example e) throws IOException {
        out.beginObject().name("text").value(TaggedText.of(e, ChemProtSciBert.FIRST, ChemProtSciBert.SECOND));
        Optional<String> label = Singles.label(e);
        if (label.isPresent()) out.name("label").value(label.get());
        out.name("metadata").beginArray().endArray().endObject();
    }
}
