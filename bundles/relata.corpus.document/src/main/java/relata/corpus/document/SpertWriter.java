package relata.corpus.document;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.corpus.text.JsonFile;
import relata.corpus.text.Rewriting;
import relata.corpus.text.SharedPassages;
import relata.corpus.text.SplitNames;

/**
 * Writes SpERT's JSON. It holds passages with ids, typed entities and relations, but no ids of entities, further mentions, mentions in pieces or borders of
 * sentences. Asked about are all pairs, those of some types, or those with a relation.
 */
@Component(service = ComponentProvider.class)
@ComponentName("spert")
@Doc("SpERT's JSON: passages with typed entities and relations.")
@Source("Eberts and Ulges 2020")
public final class SpertWriter implements ComponentProvider<CorpusWriter, SpertWriter.Config> {
    private static final String END = ".json";
    private static final String NONE = "none";

    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusWriter create(Config config, Parts parts) {
        return (corpus, folder, omissions) -> {
            Corpus joined = SharedPassages.joined(corpus, omissions);
            Map<String, String> files = SplitNames.files(joined, END);
            Spert.Pairs pairs = Written.asksLabelled(joined) ? Spert.Pairs.LABELLED : Written.asksAll(joined) || !Written.asksTyped(joined) ? Spert.Pairs.ALL : Spert.Pairs.TYPED;
            String negative = corpus.negative().orElse(NONE);
            Rewriting.write(joined, folder, omissions, to -> {
                for (Map.Entry<String, List<Example>> split : joined.splits().entrySet())
                    JsonFile.array(to.resolve(SplitNames.file(split.getKey(), END)), split.getValue(), (out, e) -> passage(out, e, corpus.negative()));
                return new Spert().create(new Spert.Config(to, pairs, negative, Optional.empty(), 0, files), parts);
            });
            Map<String, Object> settings = new LinkedHashMap<>();
            if (pairs != Spert.Pairs.ALL) settings.put("pairs", pairs.name().toLowerCase(Locale.ROOT));
            if (!negative.equals(NONE)) settings.put("negative", negative);
            if (!files.isEmpty()) settings.put("files", files);
            return settings;
        };
    }

    private static void passage(JsonWriter out, Example e, Optional<String> negative) throws IOException {
        JsonFile.texts(out.beginObject().name("tokens"), e.passage().tokens());
        out.name("entities").beginArray();
        for (Entity entity : e.passage().entities()) {
            Mention first = entity.mentions().get(0);
            // the reader wants a type
            out.beginObject().name("type").value(entity.type().isBlank() ? "Entity" : entity.type()).name("start").value(first.start()).name("end").value(first.end()).endObject();
        }
        out.endArray();
        if (Written.answered(e)) {
            out.name("relations").beginArray();
            for (Fact f : Written.relations(e, negative)) out.beginObject().name("type").value(f.relation()).name("head").value(f.head()).name("tail").value(f.tail()).endObject();
            out.endArray();
        }
        out.name("orig_id").value(e.id()).endObject();
    }
}
