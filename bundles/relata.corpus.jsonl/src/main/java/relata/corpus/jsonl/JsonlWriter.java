package relata.corpus.jsonl;

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
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;
import relata.corpus.text.JsonFile;
import relata.corpus.text.Rewriting;
import relata.corpus.text.SplitNames;
import relata.corpus.text.Unseen;

/**
 * Writes Relata's own format, with token offsets. It holds everything but relations that no pair has, and pairs whose answer is not known in a corpus where a
 * label means <em>no relation</em>.
 */
@Component(service = ComponentProvider.class)
@ComponentName("jsonl")
@Doc("Relata's own JSON lines, which hold nearly everything: one file a split.")
@Source("")
public final class JsonlWriter implements ComponentProvider<CorpusWriter, JsonlWriter.Config> {
    private static final String END = ".jsonl";

    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusWriter create(Config config, Parts parts) {
        return (corpus, folder, omissions) -> {
            Optional<String> negative = SplitNames.negative(corpus);
            boolean unseen = SplitNames.unseen(corpus);
            Rewriting.write(corpus, folder, omissions, to -> {
                for (Map.Entry<String, List<Example>> split : corpus.splits().entrySet()) JsonFile.lines(to.resolve(SplitNames.file(split.getKey(), END)), split.getValue(), JsonlWriter::example);
                return () -> new JsonlFiles(new JsonlReader.Config(to, negative, 0, unseen ? Unseen.KEEP : Unseen.ERROR)).read();
            });
            Map<String, Object> settings = new LinkedHashMap<>();
            negative.ifPresent(n -> settings.put("negative", n));
            if (unseen) settings.put("unseen", "keep");
            return settings;
        };
    }

    private static void example(JsonWriter out, Example example) throws IOException {
        Passage passage = example.passage();
        out.beginObject().name("id").value(example.id());
        if (!passage.id().equals(example.id())) out.name("passage").value(passage.id());
        if (!passage.document().equals(passage.id())) out.name("document").value(passage.document());
        JsonFile.texts(out.name("tokens"), passage.tokens());
        if (!passage.sentences().isEmpty()) JsonFile.numbers(out.name("sentences"), passage.sentences().stream().mapToInt(s -> s).toArray());
        out.name("entities").beginArray();
        for (Entity e : passage.entities()) entity(out, e);
        out.endArray().name("relations").beginArray();
        // in the passage's order, so that it is the same in each of its examples
        for (Fact f : passage.facts()) relation(out, f.head(), f.tail(), f.relation());
        for (Pair p : example.pairs()) for (String r : p.relations()) if (!passage.facts().contains(new Fact(p.head(), p.tail(), r))) relation(out, p.head(), p.tail(), r);
        out.endArray().name("pairs").beginArray();
        for (Pair p : example.pairs()) JsonFile.numbers(out, p.head(), p.tail());
        out.endArray().endObject();
    }

    private static void entity(JsonWriter out, Entity entity) throws IOException {
        out.beginObject().name("id").value(entity.id());
        if (!entity.type().isEmpty()) out.name("type").value(entity.type());
        out.name("mentions").beginArray();
        for (Mention m : entity.mentions()) {
            out.beginObject();
            if (m.spans().size() == 1) out.name("start").value(m.start()).name("end").value(m.end());
            else {
                out.name("spans").beginArray();
                for (Span s : m.spans()) JsonFile.numbers(out, s.start(), s.end());
                out.endArray();
            }
            out.endObject();
        }
        out.endArray().endObject();
    }

    private static void relation(JsonWriter out, int head, int tail, String relation) throws IOException {
        out.beginObject().name("head").value(head).name("tail").value(tail).name("relation").value(relation).endObject();
    }
}
