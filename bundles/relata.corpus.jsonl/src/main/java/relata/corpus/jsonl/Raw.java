package relata.corpus.jsonl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import relata.corpus.text.Json;
import relata.corpus.text.Line;
import relata.corpus.text.Mark;

/** A line as it is written: offsets not yet looked up, entities not yet checked. */
final class Raw {
    static final List<String> KEYS = List.of("id", "passage", "document", "split", "tokens", "text", "unit", "sentences", "entities", "relations", "pairs", "head", "tail", "relation", "meta");
    static final List<String> ENTITY = List.of("id", "type", "mentions");
    static final List<String> MENTION = List.of("start", "end", "spans", "text");
    static final List<String> ARGUMENT = List.of("id", "type", "start", "end", "spans", "text");
    static final List<String> RELATION = List.of("head", "tail", "relation");

    record Entity(Optional<String> id, String type, List<Mark> mentions) {}

    /** @param relation absent in the short form only: then the answer is not known */
    record Relation(int head, int tail, Optional<String> relation) {}

    Optional<String> id = Optional.empty();
    Optional<String> passage = Optional.empty();
    Optional<String> document = Optional.empty();
    Optional<String> split = Optional.empty();
    Optional<List<String>> tokens = Optional.empty();
    Optional<String> text = Optional.empty();
    Optional<String> unit = Optional.empty();
    Optional<List<Integer>> sentences = Optional.empty();
    Optional<List<Entity>> entities = Optional.empty();
    List<Relation> relations = List.of();
    /** Absent: the pairs of the relations. */
    Optional<List<int[]>> pairs = Optional.empty();
    /** {@code "pairs": "all"}. */
    boolean allPairs;

    private final Json json;
    private final List<String> longForm = new ArrayList<>();
    private @Nullable Entity head;
    private @Nullable Entity tail;
    private @Nullable String label;

    private Raw(Json json) {
        this.json = json;
    }

    /** Reads a line. */
    static Raw read(Line line) throws IOException {
        return Json.read(line, json -> {
            Raw raw = new Raw(json);
            json.object(KEYS, raw::field);
            raw.finish(line);
            return raw;
        });
    }

    private void field(String key) throws IOException {
        if (key.equals("entities") || key.equals("relations") || key.equals("pairs")) longForm.add(key);
        switch (key) {
            case "id" -> id = Optional.of(json.word());
            case "passage" -> passage = Optional.of(json.word());
            case "document" -> document = Optional.of(json.word());
            case "split" -> split = Optional.of(json.word());
            case "tokens" -> tokens = Optional.of(json.array(json::text));
            case "text" -> text = Optional.of(json.text());
            case "unit" -> unit = Optional.of(json.text());
            case "sentences" -> sentences = Optional.of(json.array(json::number));
            case "entities" -> entities = Optional.of(json.array(this::entity));
            case "relations" -> relations = json.array(this::relation);
            case "pairs" -> {
                if (json.isText()) {
                    if (!json.text().equals("all")) throw json.error(key, "must be \"all\" or an array of [head, tail]");
                    allPairs = true;
                } else pairs = Optional.of(json.array(this::pair));
            }
            case "head" -> head = argument();
            case "tail" -> tail = argument();
            case "relation" -> label = json.word();
            default -> json.skip();
        }
    }

    /** Turns the short form into the long one. */
    private void finish(Line line) throws IOException {
        if (tokens.isPresent() == text.isPresent()) throw line.error(text.isPresent() ? "has both 'tokens' and 'text', but one of them was expected" : "has neither 'tokens' nor 'text'");
        if (head == null && tail == null && label == null) {
            if (entities.isEmpty()) throw line.error("has neither 'entities' nor 'head' and 'tail'");
            return;
        }
        if (head == null || tail == null) throw line.error("needs both 'head' and 'tail', but '" + (head == null ? "head" : "tail") + "' is missing");
        if (!longForm.isEmpty()) throw line.error("has 'head' and 'tail' beside '" + longForm.get(0) + "'; use either the short form or the long one");
        entities = Optional.of(List.of(head, tail));
        relations = List.of(new Relation(0, 1, Optional.ofNullable(label)));
    }

    private Entity entity() throws IOException {
        String place = json.place();
        EntityFields e = new EntityFields();
        json.object(ENTITY, key -> {
            switch (key) {
                case "id" -> e.id = Optional.of(json.word());
                case "type" -> e.type = json.text();
                default -> e.mentions.addAll(json.array(this::mention));
            }
        });
        if (e.mentions.isEmpty()) throw json.error(place, "has no mentions, but at least one was expected");
        return new Entity(e.id, e.type, e.mentions);
    }

    private Mark mention() throws IOException {
        MentionFields m = new MentionFields(json.place());
        json.object(MENTION, m::read);
        return m.mention();
    }

    private Entity argument() throws IOException {
        EntityFields e = new EntityFields();
        MentionFields m = new MentionFields(json.place());
        json.object(ARGUMENT, key -> {
            switch (key) {
                case "id" -> e.id = Optional.of(json.word());
                case "type" -> e.type = json.text();
                default -> m.read(key);
            }
        });
        return new Entity(e.id, e.type, List.of(m.mention()));
    }

    private Relation relation() throws IOException {
        int[] ends = {-1, -1};
        String place = json.place();
        String[] name = {""};
        json.object(RELATION, key -> {
            if (key.equals("relation")) name[0] = json.word();
            else ends[key.equals("head") ? 0 : 1] = index();
        });
        for (int i = 0; i < 2; i++) if (ends[i] < 0) throw json.error(place, "has no '" + RELATION.get(i) + "'");
        if (name[0].isEmpty()) throw json.error(place, "has no 'relation': its label is missing");
        return new Relation(ends[0], ends[1], Optional.of(name[0]));
    }

    private int index() throws IOException {
        int index = json.number();
        if (index < 0) throw json.error(json.previous(), "was " + index + " but entities are counted from 0");
        return index;
    }

    private int[] pair() throws IOException {
        return json.two("[head, tail]");
    }

    private static final class EntityFields {
        Optional<String> id = Optional.empty();
        String type = "";
        final List<Mark> mentions = new ArrayList<>();
    }

    private final class MentionFields {
        final String place;
        Optional<Integer> start = Optional.empty();
        Optional<Integer> end = Optional.empty();
        final List<int[]> spans = new ArrayList<>();
        Optional<String> text = Optional.empty();

        MentionFields(String place) {
            this.place = place;
        }

        void read(String key) throws IOException {
            switch (key) {
                case "start" -> start = Optional.of(json.number());
                case "end" -> end = Optional.of(json.number());
                case "spans" -> spans.addAll(json.array(() -> json.two("[start, end]")));
                default -> text = Optional.of(json.text());
            }
        }

        Mark mention() throws IOException {
            if (spans.isEmpty() == (start.isEmpty() && end.isEmpty()) || start.isPresent() != end.isPresent())
                throw json.error(place, "needs 'start' and 'end', or 'spans'");
            if (spans.isEmpty()) spans.add(new int[] {start.orElseThrow(), end.orElseThrow()});
            return new Mark(place, spans, text);
        }
    }
}
