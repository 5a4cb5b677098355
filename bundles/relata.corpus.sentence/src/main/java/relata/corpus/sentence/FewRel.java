package relata.corpus.sentence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Mention;
import relata.corpus.text.Json;
import relata.corpus.text.Mark;
import relata.corpus.text.Offsets;
import relata.corpus.text.Place;
import relata.corpus.text.SplitFile;
import relata.corpus.text.Splits;

/** Reads FewRel 1.0 and 2.0: JSON objects from a relation to its sentences. The relations of the splits are disjoint, as few-shot episodes want them. */
@Component(service = ComponentProvider.class)
@ComponentName("fewrel")
@Doc("FewRel 1.0 and 2.0: for each relation its sentences; no relation is in two splits.")
@Source("Han et al. 2018; Gao et al. 2019")
public final class FewRel implements ComponentProvider<CorpusReader, FewRel.Config> {
    /** What to call relations. */
    public enum Names {
        /** As the files do: {@code P931}. */
        ID,
        /** By the name that pid2name.json gives, if it gives one. */
        NAME
    }

    /** Where the data are and how to take them. */
    public record Config(
            @Doc("A folder with one file a split, such as train_wiki.json and val_wiki.json (also .gz), or one such file.") Path root,
            @Doc("What to call relations: by id, as the files do, or by the name that pid2name.json beside them gives.") @Default("id") Names names,
            @Doc("Which file is which split, if their names do not say, as in { dev: val_pubmed.json }.") @Default("{}") Map<String, String> files) {}

    /** An entity as it is written. */
    private record Argument(String name, String id, List<List<Integer>> mentions) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> {
            Splits splits = new Splits(config.root(), Optional.empty());
            Map<String, String> names = config.names() == Names.NAME ? names(config, splits) : Map.of();
            Map<String, Place> owners = new HashMap<>();
            for (SplitFile file : SplitFile.of(config.root(), List.of(".json"), config.files(), "pid2name", "2id", "unsupervised", "no_label")) take(config, file, names, owners, splits);
            return splits.corpus("fewrel", List.copyOf(new TreeSet<>(splits.relations())));
        };
    }

    private static Map<String, String> names(Config config, Splits splits) throws IOException {
        Path file = Files.isDirectory(config.root()) ? config.root().resolve("pid2name.json") : config.root().resolveSibling("pid2name.json");
        Map<String, String> names = new HashMap<>();
        return Json.read(file, hash -> splits.input("pid2name.json", hash), json -> {
            json.map(id -> {
                List<String> nameAndDescription = json.array(json::text);
                if (nameAndDescription.isEmpty() || nameAndDescription.get(0).isBlank()) throw json.error(json.previous(), "has no name");
                names.put(id, nameAndDescription.get(0));
            });
            return names;
        });
    }

    private static void take(Config config, SplitFile file, Map<String, String> names, Map<String, Place> owners, Splits splits) throws IOException {
        int[] read = new int[1];
        Json.read(file.file(), hash -> splits.input(file.input(config.root()), hash), json -> {
            json.map(relation -> {
                if (relation.isBlank()) throw json.error(json.place(), "has no name");
                Place before = owners.put(relation, json.here());
                if (before != null) throw json.error(json.place(), "is a relation that " + before.words() + " has already: the relations of splits must be disjoint");
                json.array(() -> {
                    sentence(json, file, names.getOrDefault(relation, relation), splits);
                    return read[0]++;
                });
            });
            return read;
        });
        if (read[0] == 0) throw new CorpusException(file.file(), 1, "holds no sentences, but { relation: [sentence, ...], ... } was expected");
    }

    private static void sentence(Json json, SplitFile file, String relation, Splits splits) throws IOException {
        Place at = json.here();
        List<String> tokens = new ArrayList<>();
        Argument[] arguments = new Argument[2];
        json.object(List.of("tokens", "h", "t"), List.of(), key -> {
            if (key.equals("tokens")) tokens.addAll(json.array(json::text));
            else arguments[key.equals("h") ? 0 : 1] = argument(json);
        });
        Offsets offsets = Offsets.ofTokensWithBlanks(at, tokens).ignoringCase();
        splits.add(file.name(), Question.of(file.stem() + ":" + at.within(), offsets.tokens(), entity(at, "h", arguments[0], offsets), entity(at, "t", arguments[1], offsets),
                Optional.of(relation), true), at);
    }

    private static Argument argument(Json json) throws IOException {
        List<Object> parts = new ArrayList<>();
        json.array(() -> {
            if (parts.size() < 2) return parts.add(json.text());
            if (parts.size() == 2) return parts.add(json.array(() -> json.array(json::number)));
            throw json.error(json.place(), "is one too many: [name, id, [[token, ...], ...]] was expected");
        });
        if (parts.size() < 3) throw json.error(json.previous(), "has " + parts.size() + " parts, but [name, id, [[token, ...], ...]] was expected");
        List<List<Integer>> mentions = new ArrayList<>();
        for (Object mention : (List<?>) parts.get(2)) mentions.add(((List<?>) mention).stream().map(Integer.class::cast).toList());
        return new Argument((String) parts.get(0), (String) parts.get(1), mentions);
    }

    private static Entity entity(Place at, String name, Argument argument, Offsets offsets) throws CorpusException {
        if (argument.mentions.isEmpty()) throw at.error(name + " has no mentions, but at least one was expected");
        List<Mention> mentions = new ArrayList<>();
        for (int i = 0; i < argument.mentions.size(); i++) mentions.add(offsets.mention(new Mark(name + "[2][" + i + "]", runs(at, name, argument.mentions.get(i)), Optional.of(argument.name))));
        mentions.sort((a, b) -> a.start() != b.start() ? Integer.compare(a.start(), b.start()) : Integer.compare(a.end(), b.end()));
        return new Entity(argument.id.isBlank() ? name : argument.id, "", mentions);
    }

    /** Runs of tokens that follow each other, as spans. */
    private static List<int[]> runs(Place at, String name, List<Integer> tokens) throws CorpusException {
        List<int[]> runs = new ArrayList<>();
        for (int t : tokens) {
            int[] last = runs.isEmpty() ? new int[] {-1, -1} : runs.get(runs.size() - 1);
            if (t < 0 || t < last[1] || t == Integer.MAX_VALUE) throw at.error(name + " names the tokens " + tokens + ", but they are counted from 0 and ascend");
            if (t == last[1]) last[1]++;
            else runs.add(new int[] {t, t + 1});
        }
        if (runs.isEmpty()) throw at.error(name + " has a mention without tokens");
        return runs;
    }
}
