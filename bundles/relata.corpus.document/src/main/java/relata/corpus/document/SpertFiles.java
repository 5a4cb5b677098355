package relata.corpus.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Passage;
import relata.corpus.text.Json;
import relata.corpus.text.Mark;
import relata.corpus.text.Offsets;
import relata.corpus.text.Place;
import relata.corpus.text.SplitFile;
import relata.corpus.text.Splits;

/** One reading of a corpus in SpERT's JSON: its files, or one file and its folds. */
final class SpertFiles {
    /** A sentence and where it came from. */
    private record Found(String split, Passage passage, boolean answered, Place place) {}

    private record RawEntity(String type, int start, int end) {}

    /** A sentence as it is written. */
    private static final class Raw {
        List<String> tokens = List.of();
        List<RawEntity> entities = List.of();
        Optional<List<Fact>> relations = Optional.empty();
        Optional<String> id = Optional.empty();
    }

    private final Spert.Config config;
    private final Splits splits;
    private final List<Found> sentences = new ArrayList<>();

    SpertFiles(Spert.Config config) {
        this.config = config;
        this.splits = new Splits(config.root(), config.pairs() == Spert.Pairs.LABELLED ? Optional.empty() : Optional.of(config.negative()));
    }

    Corpus read() throws IOException {
        List<SplitFile> files = SplitFile.of(config.root(), List.of(".json"), config.files(), "cv_splits", "types", "vocab");
        if (config.fold().isPresent() && files.size() > 1) throw new CorpusException(config.root().toString(), "holds " + files.size() + " data files, but folds divide one");
        for (SplitFile file : files) read(file);
        Map<String, String> fold = config.fold().isPresent() ? fold(config.fold().get()) : Map.of();
        Set<List<String>> joined = new HashSet<>();
        for (Found f : sentences) for (Fact r : f.passage.facts()) joined.add(types(f.passage, r.head(), r.tail()));
        for (Found f : sentences) {
            Optional<Example> example = Asked.example(f.passage, f.answered ? Optional.of(config.negative()) : Optional.empty(), (p, h, t) -> !f.answered || switch (config.pairs()) {
                case ALL -> true;
                case TYPED -> joined.contains(types(p, h, t));
                case LABELLED -> false;
            });
            String split = config.fold().isEmpty() ? f.split : fold.get(f.passage.id());
            if (split == null) throw f.place.error("the sentence '" + f.passage.id() + "' is not in fold " + config.fold().get());
            if (example.isPresent()) splits.add(split, example.get(), f.place);
        }
        if (splits.isEmpty()) throw new CorpusException(files.get(0).file(), 1, "holds no sentence with a pair to ask about");
        splits.checkLabels();
        splits.takeDev(config.dev());
        TreeSet<String> relations = new TreeSet<>(splits.relations());
        if (config.pairs() != Spert.Pairs.LABELLED) relations.add(config.negative());
        return splits.corpus(files.get(0).stem(), List.copyOf(relations));
    }

    private static List<String> types(Passage p, int head, int tail) {
        return List.of(p.entities().get(head).type(), p.entities().get(tail).type());
    }

    /** From each sentence of a fold to its split. */
    private Map<String, String> fold(int number) throws IOException {
        Path file = Files.isDirectory(config.root()) ? config.root().resolve("cv_splits.json") : config.root().resolveSibling("cv_splits.json");
        String key = "split_" + number;
        Map<String, String> fold = new HashMap<>();
        Set<String> known = new HashSet<>();
        for (Found f : sentences) known.add(f.passage.id());
        List<String> folds = new ArrayList<>();
        Json.read(file, hash -> splits.input("cv_splits.json", hash), json -> {
            json.map(name -> {
                folds.add(name);
                if (name.equals(key)) json.object(List.of("train set", "test set"), List.of("dev set"), set -> json.array(() -> member(json, set.substring(0, set.indexOf(' ')), fold, known)));
                else json.skip();
            });
            return fold;
        });
        if (!folds.contains(key)) throw new CorpusException(file.toString(), "has no fold '" + key + "'; there are: " + String.join(", ", folds));
        return fold;
    }

    private static String member(Json json, String split, Map<String, String> fold, Set<String> known) throws IOException {
        String id = json.isNumber() ? String.valueOf(json.number()) : json.text();
        if (!known.contains(id)) throw json.error(json.previous(), "is '" + id + "', but no sentence has that orig_id");
        String before = fold.put(id, split);
        if (before != null) throw json.error(json.previous(), "is '" + id + "', which is in the " + before + " set already");
        return id;
    }

    private void read(SplitFile file) throws IOException {
        int before = sentences.size();
        Json.read(file.file(), hash -> splits.input(file.input(config.root()), hash), json -> json.array(() -> {
            Place at = json.here();
            Raw raw = raw(json);
            String id = raw.id.orElse(file.stem() + at.within());
            Offsets offsets = Offsets.ofTokensWithBlanks(at, raw.tokens);
            List<Entity> entities = new ArrayList<>();
            for (RawEntity e : raw.entities) {
                Mention mention = offsets.mention(Mark.of("entities[" + entities.size() + "]", e.start, e.end, Optional.empty()));
                entities.add(new Entity("e" + entities.size(), e.type, List.of(mention)));
            }
            Passage passage = Asked.related(at, "relations", new Passage(id, offsets.tokens(), List.of(), entities, List.of()), raw.relations.orElse(List.of()));
            sentences.add(new Found(file.name(), passage, raw.relations.isPresent(), at));
            return id;
        }));
        if (sentences.size() == before) throw new CorpusException(file.file(), 1, "the array is empty, but at least one sentence was expected");
    }

    private Raw raw(Json json) throws IOException {
        Raw raw = new Raw();
        json.object(List.of("tokens", "entities"), List.of("relations", "orig_id"), key -> {
            switch (key) {
                case "tokens" -> raw.tokens = json.array(json::text);
                case "entities" -> raw.entities = json.array(() -> entity(json));
                case "relations" -> raw.relations = Optional.of(json.array(() -> relation(json)));
                default -> raw.id = Optional.of(json.isNumber() ? String.valueOf(json.number()) : json.word());
            }
        });
        return raw;
    }

    private static RawEntity entity(Json json) throws IOException {
        String[] type = {""};
        int[] ends = new int[2];
        json.object(List.of("type", "start", "end"), List.of(), key -> {
            if (key.equals("type")) type[0] = json.word();
            else ends[key.equals("start") ? 0 : 1] = json.number();
        });
        return new RawEntity(type[0], ends[0], ends[1]);
    }

    private Fact relation(Json json) throws IOException {
        String[] type = {""};
        int[] ends = new int[2];
        json.object(List.of("type", "head", "tail"), List.of(), key -> {
            if (key.equals("type")) type[0] = json.word();
            else ends[key.equals("head") ? 0 : 1] = json.number();
        });
        if (type[0].equals(config.negative())) throw json.error(json.previous(), "has the type " + type[0] + ", which the setting 'negative' gives to pairs without a relation");
        return new Fact(ends[0], ends[1], type[0]);
    }
}
