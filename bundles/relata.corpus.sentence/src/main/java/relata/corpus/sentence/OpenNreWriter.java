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

/** Writes OpenNRE's JSON lines. They hold one pair a sentence with ids of its entities, but no ids of sentences, types, further mentions, other entities or borders of sentences. */
@Component(service = ComponentProvider.class)
@ComponentName("opennre")
@Doc("OpenNRE's JSON lines: tokens, head, tail and their relation.")
@Source("Han et al. 2019")
public final class OpenNreWriter implements ComponentProvider<CorpusWriter, OpenNreWriter.Config> {
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
            Map<String, String> files = SplitNames.files(singles, ".txt");
            Rewriting.write(singles, folder, omissions, to -> {
                for (Map.Entry<String, List<Example>> split : singles.splits().entrySet()) JsonFile.lines(to.resolve(SplitNames.file(split.getKey(), ".txt")), split.getValue(), OpenNreWriter::sentence);
                return new OpenNre().create(new OpenNre.Config(to, corpus.negative(), 0, 0, files), parts);
            });
            Map<String, Object> settings = new LinkedHashMap<>();
            corpus.negative().ifPresent(n -> settings.put("negative", n));
            if (!files.isEmpty()) settings.put("files", files);
            return settings;
        };
    }

    private static void sentence(JsonWriter out, Example e) throws IOException {
        out.beginObject();
        JsonFile.texts(out.name("token"), e.passage().tokens());
        argument(out, "h", e, e.head(0));
        argument(out, "t", e, e.tail(0));
        Optional<String> label = Singles.label(e);
        if (label.isPresent()) out.name("relation").value(label.get());
        out.endObject();
    }

    private static void argument(JsonWriter out, String key, Example e, Entity entity) throws IOException {
        Span place = Singles.place(entity);
        out.name(key).beginObject().name("name").value(Singles.name(e, entity)).name("id").value(entity.id());
        JsonFile.numbers(out.name("pos"), place.start(), place.end());
        out.endObject();
    }
}
