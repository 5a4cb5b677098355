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
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Span;
import relata.corpus.text.JsonFile;
import relata.corpus.text.Rewriting;
import relata.corpus.text.SplitNames;

/** Writes TACRED's JSON. It holds one pair a sentence with ids and types, but no ids of entities, further mentions, other entities or borders of sentences. */
@Component(service = ComponentProvider.class)
@ComponentName("tacred")
@Doc("TACRED: JSON arrays of tokens with a subject, an object and their relation.")
@Source("Zhang et al. 2017")
public final class TacredWriter implements ComponentProvider<CorpusWriter, TacredWriter.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusWriter create(Config config, Parts parts) {
        return (corpus, folder, omissions) -> {
            Corpus singles = Singles.of(corpus, omissions, e -> Optional.empty());
            Map<String, String> files = SplitNames.files(singles, ".json");
            boolean brackets = singles.splits().values().stream().noneMatch(s -> s.stream().anyMatch(e -> e.passage().tokens().stream().anyMatch(Tacred.BRACKETS::containsKey)));
            String negative = corpus.negative().orElse("no_relation");
            Rewriting.write(singles, folder, omissions, to -> {
                for (Map.Entry<String, List<Example>> split : singles.splits().entrySet()) JsonFile.array(to.resolve(SplitNames.file(split.getKey(), ".json")), split.getValue(), TacredWriter::sentence);
                return new Tacred().create(new Tacred.Config(to, negative, brackets, 0, files), parts);
            });
            Map<String, Object> settings = new LinkedHashMap<>();
            if (!negative.equals("no_relation")) settings.put("negative", negative);
            if (!brackets) settings.put("brackets", false);
            if (!files.isEmpty()) settings.put("files", files);
            return settings;
        };
    }

    private static void sentence(JsonWriter out, Example e) throws IOException {
        out.beginObject().name("id").value(e.id());
        Optional<String> label = Singles.label(e);
        if (label.isPresent()) out.name("relation").value(label.get());
        JsonFile.texts(out.name("token"), e.passage().tokens());
        argument(out, "subj", e.head(0));
        argument(out, "obj", e.tail(0));
        out.endObject();
    }

    /** The end is inclusive. */
    private static void argument(JsonWriter out, String name, Entity entity) throws IOException {
        Span place = Singles.place(entity);
        out.name(name + "_start").value(place.start()).name(name + "_end").value(place.end() - 1).name(name + "_type").value(entity.type());
    }
}
