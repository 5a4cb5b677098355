package relata.corpus.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Passage;
import relata.corpus.text.Json;
import relata.corpus.text.Mark;
import relata.corpus.text.Mismatches;
import relata.corpus.text.Offsets;
import relata.corpus.text.Place;
import relata.corpus.text.SplitFile;
import relata.corpus.text.Splits;

/** One file of DocRED: an array of documents. */
final class DocRedFile {
    /** A document as it is written: places count tokens of a sentence, {@code end} exclusive. */
    private static final class Raw {
        String title = "";
        List<List<String>> sentences = List.of();
        List<List<RawMention>> entities = List.of();
        Optional<List<Fact>> labels = Optional.empty();
    }

    private record RawMention(String place, String name, int sentence, int[] pos, String type) {}

    private final DocRed.Config config;
    private final SplitFile file;
    private final Titles titles;
    private final Splits splits;
    private final Mismatches mismatches;

    DocRedFile(DocRed.Config config, SplitFile file, Titles titles, Splits splits) {
        this.config = config;
        this.file = file;
        this.titles = titles;
        this.splits = splits;
        this.mismatches = new Mismatches(config.mismatches());
    }

    void read() throws IOException {
        int[] asked = new int[1];
        Json.read(file.file(), hash -> splits.input(file.input(config.root()), hash), json -> json.array(() -> {
            Place at = json.here();
            Optional<Example> example = example(at, raw(json));
            if (example.isPresent()) {
                splits.add(file.name(), example.get(), at);
                asked[0]++;
            }
            return asked;
        }));
        mismatches.finish();
        if (asked[0] == 0) throw new CorpusException(file.file(), 1, "holds no document with a pair to ask about" + (config.pairs() == DocRed.Pairs.LABELLED ? "; the setting 'pairs' asks only about pairs with a relation" : ""));
    }

    private Optional<Example> example(Place at, Raw raw) throws CorpusException {
        List<String> tokens = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (int s = 0; s < raw.sentences.size(); s++) {
            if (raw.sentences.get(s).stream().allMatch(String::isBlank)) throw at.error("sents[" + s + "] is empty");
            starts.add(tokens.size());
            tokens.addAll(raw.sentences.get(s));
        }
        Offsets offsets = Offsets.ofTokensWithBlanks(at, tokens);
        List<Entity> entities = new ArrayList<>();
        for (List<RawMention> mentions : raw.entities) entities.add(entity(at, raw, "e" + entities.size(), mentions, starts, offsets));
        Passage passage = new Passage(titles.id(raw.title), offsets.tokens(), offsets.sentences(starts), entities, List.of());
        boolean all = config.pairs() == DocRed.Pairs.ALL;
        return Asked.example(Asked.related(at, "labels", passage, raw.labels.orElse(List.of())), raw.labels.map(l -> config.negative()), (p, h, t) -> all || raw.labels.isEmpty());
    }

    private Entity entity(Place at, Raw raw, String id, List<RawMention> mentions, List<Integer> starts, Offsets offsets) throws CorpusException {
        if (mentions.isEmpty()) throw at.error("vertexSet[" + id.substring(1) + "] has no mentions, but at least one was expected");
        List<Mention> places = new ArrayList<>();
        for (RawMention m : mentions) {
            if (m.sentence < 0 || m.sentence >= raw.sentences.size()) throw at.error(m.place + " is in sentence " + m.sentence + ", but there are " + raw.sentences.size() + ", counted from 0");
            int length = raw.sentences.get(m.sentence).size();
            if (m.pos[0] < 0 || m.pos[1] <= m.pos[0] || m.pos[1] > length)
                throw at.error(m.place + " goes from " + m.pos[0] + " to " + m.pos[1] + ", but sentence " + m.sentence + " has " + length + " tokens" + (m.pos[1] <= m.pos[0] ? " (the end is exclusive)" : ""));
            int start = starts.get(m.sentence);
            places.add(mismatches.mention(offsets, Mark.of(m.place, start + m.pos[0], start + m.pos[1], Optional.of(m.name))));
        }
        places.sort(Comparator.comparingInt(Mention::start).thenComparingInt(Mention::end));
        return new Entity(id, mentions.get(0).type, places);
    }

    private Raw raw(Json json) throws IOException {
        Raw raw = new Raw();
        json.object(List.of("title", "sents", "vertexSet"), List.of("labels"), key -> {
            switch (key) {
                case "title" -> raw.title = json.word();
                case "sents" -> raw.sentences = json.array(() -> json.array(json::text));
                case "vertexSet" -> raw.entities = entities(json);
                default -> raw.labels = Optional.of(json.array(() -> fact(json)));
            }
        });
        return raw;
    }

    private static List<List<RawMention>> entities(Json json) throws IOException {
        int[] index = {-1, 0};
        return json.array(() -> {
            index[0]++;
            index[1] = 0;
            return json.array(() -> mention(json, "vertexSet[" + index[0] + "][" + index[1]++ + "]"));
        });
    }

    private static RawMention mention(Json json, String place) throws IOException {
        String[] words = {"", ""};
        int[] sentence = new int[1];
        int[] pos = new int[2];
        json.object(List.of("name", "sent_id", "pos"), List.of("type"), key -> {
            switch (key) {
                case "name" -> words[0] = json.text();
                case "type" -> words[1] = json.text();
                case "sent_id" -> sentence[0] = json.number();
                default -> System.arraycopy(json.two("[start, end]"), 0, pos, 0, 2);
            }
        });
        return new RawMention(place, words[0], sentence[0], pos, words[1]);
    }

    private Fact fact(Json json) throws IOException {
        int[] ends = new int[2];
        String[] relation = {""};
        json.object(List.of("h", "t", "r"), List.of(), key -> {
            if (key.equals("r")) relation[0] = json.word();
            else ends[key.equals("h") ? 0 : 1] = json.number();
        });
        if (relation[0].equals(config.negative())) throw json.error(json.previous(), "has the relation " + relation[0] + ", which the setting 'negative' gives to pairs without a relation");
        return new Fact(ends[0], ends[1], relation[0]);
    }
}
