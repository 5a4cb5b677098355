package relata.corpus.document;

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
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.corpus.text.JsonFile;
import relata.corpus.text.Rewriting;
import relata.corpus.text.SharedPassages;
import relata.corpus.text.SplitNames;

/**
 * Writes DocRED's JSON. It holds documents in sentences, with titles as ids, and entities with types and any number of mentions, each within a sentence; but no
 * ids of entities and no mentions in pieces. Asked about are all pairs, or those with a relation.
 */
@Component(service = ComponentProvider.class)
@ComponentName("docred")
@Doc("DocRED: documents in sentences whose entities have several mentions.")
@Source("Yao et al. 2019")
public final class DocRedWriter implements ComponentProvider<CorpusWriter, DocRedWriter.Config> {
    private static final String END = ".json";
    private static final String NONE = "NA";

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
            DocRed.Pairs pairs = Written.asksLabelled(joined) ? DocRed.Pairs.LABELLED : DocRed.Pairs.ALL;
            String negative = corpus.negative().orElse(NONE);
            Rewriting.write(joined, folder, omissions, to -> {
                for (Map.Entry<String, List<Example>> split : joined.splits().entrySet())
                    JsonFile.array(to.resolve(SplitNames.file(split.getKey(), END)), split.getValue(), (out, e) -> document(out, e, corpus.negative()));
                return new DocRed().create(new DocRed.Config(to, pairs, negative, 0, 0, files), parts);
            });
            Map<String, Object> settings = new LinkedHashMap<>();
            if (pairs == DocRed.Pairs.LABELLED) settings.put("pairs", "labelled");
            if (!negative.equals(NONE)) settings.put("negative", negative);
            if (!files.isEmpty()) settings.put("files", files);
            return settings;
        };
    }

    private static void document(JsonWriter out, Example e, Optional<String> negative) throws IOException {
        List<String> tokens = e.passage().tokens();
        List<Integer> starts = e.passage().sentences().isEmpty() ? List.of(0) : e.passage().sentences();
        out.beginObject().name("title").value(e.id()).name("sents").beginArray();
        for (int s = 0; s < starts.size(); s++) JsonFile.texts(out, tokens.subList(starts.get(s), end(starts, s, tokens)));
        out.endArray().name("vertexSet").beginArray();
        for (Entity entity : e.passage().entities()) {
            out.beginArray();
            for (Mention m : entity.mentions()) mention(out, m, entity.type(), starts, tokens);
            out.endArray();
        }
        out.endArray();
        if (Written.answered(e)) {
            out.name("labels").beginArray();
            for (Fact f : Written.relations(e, negative)) out.beginObject().name("h").value(f.head()).name("t").value(f.tail()).name("r").value(f.relation()).name("evidence").beginArray().endArray().endObject();
            out.endArray();
        }
        out.endObject();
    }

    private static int end(List<Integer> starts, int sentence, List<String> tokens) {
        return sentence + 1 < starts.size() ? starts.get(sentence + 1) : tokens.size();
    }

    /** In the sentence where it begins: no mention goes on in the next. */
    private static void mention(JsonWriter out, Mention mention, String type, List<Integer> starts, List<String> tokens) throws IOException {
        int sentence = 0;
        while (sentence + 1 < starts.size() && starts.get(sentence + 1) <= mention.start()) sentence++;
        int end = Math.min(mention.end(), end(starts, sentence, tokens));
        out.beginObject().name("name").value(String.join(" ", tokens.subList(mention.start(), end))).name("sent_id").value(sentence);
        JsonFile.numbers(out.name("pos"), mention.start() - starts.get(sentence), end - starts.get(sentence));
        out.name("type").value(type).endObject();
    }
}
