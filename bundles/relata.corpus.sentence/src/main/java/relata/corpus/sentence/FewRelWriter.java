package relata.corpus.sentence;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.corpus.text.JsonFile;
import relata.corpus.text.Rewriting;
import relata.corpus.text.SplitNames;

/**
 * Writes FewRel's JSON. It holds sentences by relation, ids of entities, mentions in pieces and further mentions of the same words, but no ids of sentences, types, other
 * entities, borders of sentences or sentences without an answer, and no label that means <em>no relation</em>. A relation may be in one split only.
 */
@Component(service = ComponentProvider.class)
@ComponentName("fewrel")
@Doc("FewRel: for each relation its sentences; no relation is in two splits.")
@Source("Han et al. 2018")
public final class FewRelWriter implements ComponentProvider<CorpusWriter, FewRelWriter.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusWriter create(Config config, Parts parts) {
        return (corpus, folder, omissions) -> {
            Corpus singles = Singles.of(corpus, omissions, e -> e.pairs().stream().anyMatch(p -> p.relations().isEmpty()) ? Optional.of("examples without an answer") : Optional.empty());
            SortedMap<String, Map<String, List<Example>>> grouped = grouped(singles);
            SortedMap<String, List<Example>> ordered = new TreeMap<>();
            for (Map.Entry<String, Map<String, List<Example>>> split : grouped.entrySet()) {
                ordered.put(split.getKey(), split.getValue().values().stream().flatMap(List::stream).toList());
                if (!ordered.get(split.getKey()).equals(singles.split(split.getKey()))) omissions.leaveOut("split '" + split.getKey() + "'", "the order of examples", "they are put in groups by relation");
            }
            Map<String, String> files = SplitNames.files(singles, ".json");
            Rewriting.write(new Corpus(corpus.name(), ordered, corpus.relations(), corpus.negative(), corpus.inputs()), folder, omissions, to -> {
                for (Map.Entry<String, Map<String, List<Example>>> split : grouped.entrySet()) JsonFile.lines(to.resolve(SplitNames.file(split.getKey(), ".json")), List.of(split.getValue()), FewRelWriter::relations);
                return new FewRel().create(new FewRel.Config(to, FewRel.Names.ID, files), parts);
            });
            return files.isEmpty() ? Map.of() : Map.of("files", files);
        };
    }

    private static SortedMap<String, Map<String, List<Example>>> grouped(Corpus corpus) throws CorpusException {
        SortedMap<String, Map<String, List<Example>>> grouped = new TreeMap<>();
        Map<String, String> owners = new HashMap<>();
        for (Map.Entry<String, List<Example>> split : corpus.splits().entrySet())
            for (Example e : split.getValue()) {
                String relation = Singles.label(e).orElseThrow();
                String owner = owners.computeIfAbsent(relation, r -> split.getKey());
                if (!owner.equals(split.getKey()))
                    throw new CorpusException(Singles.where(split.getKey(), e), "has the relation '" + relation + "', which is in the split '" + owner + "' too, but in this format the relations of splits are disjoint");
                grouped.computeIfAbsent(split.getKey(), s -> new LinkedHashMap<>()).computeIfAbsent(relation, r -> new ArrayList<>()).add(e);
            }
        return grouped;
    }

    private static void relations(JsonWriter out, Map<String, List<Example>> relations) throws IOException {
        out.beginObject();
        for (Map.Entry<String, List<Example>> relation : relations.entrySet()) {
            out.name(relation.getKey()).beginArray();
            for (Example e : relation.getValue()) {
                JsonFile.texts(out.beginObject().name("tokens"), e.passage().tokens());
                argument(out.name("h"), e, e.head(0));
                argument(out.name("t"), e, e.tail(0));
                out.endObject();
            }
            out.endArray();
        }
        out.endObject();
    }

    /** Name, id, and the tokens of each mention that has this name. */
    private static void argument(JsonWriter out, Example example, Entity entity) throws IOException {
        String name = name(example, entity.mentions().get(0));
        out.beginArray().value(name).value(entity.id()).beginArray();
        for (Mention m : entity.mentions()) if (name(example, m).equals(name)) JsonFile.numbers(out, m.tokens().stream().toArray());
        out.endArray().endArray();
    }

    private static String name(Example example, Mention mention) {
        return String.join(" ", mention.tokens().stream().mapToObj(t -> example.passage().tokens().get(t).toLowerCase(Locale.ROOT)).toList());
    }
}
