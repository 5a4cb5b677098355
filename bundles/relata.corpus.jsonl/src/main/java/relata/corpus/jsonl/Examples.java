package relata.corpus.jsonl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.corpus.text.Line;
import relata.corpus.text.Mark;
import relata.corpus.text.Offsets;
import relata.corpus.text.Unit;

/** Makes examples of lines. */
final class Examples {
    private Examples() {}

    /**
     * Makes one.
     *
     * @param negative the label of asked pairs without a relation
     * @param id its id unless the line has one
     */
    static Example of(Line line, Raw raw, Optional<String> negative, String id) throws CorpusException {
        Offsets offsets = offsets(line, raw);
        List<Entity> entities = entities(line, raw.entities.orElseThrow(), offsets);
        Map<List<Integer>, List<String>> labels = new LinkedHashMap<>();
        for (int i = 0; i < raw.relations.size(); i++) {
            Raw.Relation r = raw.relations.get(i);
            String where = "relations[" + i + "]";
            List<Integer> pair = pair(line, where, r.head(), r.tail(), entities.size());
            List<String> known = labels.computeIfAbsent(pair, k -> new ArrayList<>());
            if (r.relation().isPresent() && known.contains(r.relation().get())) throw line.error(where + " repeats " + r.relation().get() + " between " + pair);
            r.relation().ifPresent(known::add);
        }
        List<Fact> facts = new ArrayList<>();
        labels.forEach((pair, relations) -> relations.stream().filter(r -> !negative.equals(Optional.of(r))).forEach(r -> facts.add(new Fact(pair.get(0), pair.get(1), r))));
        List<Pair> pairs = new ArrayList<>();
        for (List<Integer> p : asked(line, raw, labels.keySet(), entities.size())) {
            List<String> relations = labels.getOrDefault(p, List.of());
            if (negative.isPresent() && relations.size() > 1 && relations.contains(negative.get()))
                throw line.error("the pair " + p + " has the relations " + relations + ", but '" + negative.get() + "' means that it has none");
            pairs.add(new Pair(p.get(0), p.get(1), relations.isEmpty() ? negative.stream().toList() : relations));
        }
        String name = raw.id.orElse(id);
        String passage = raw.passage.orElse(name);
        return new Example(name, new Passage(passage, offsets.tokens(), offsets.sentences(raw.sentences.orElse(List.of())), entities, facts, raw.document.orElse(passage)), pairs);
    }

    private static Offsets offsets(Line line, Raw raw) throws CorpusException {
        if (raw.tokens.isPresent()) {
            if (raw.unit.isPresent()) throw line.error("unit is for 'text' only: with 'tokens', offsets count tokens");
            return Offsets.ofTokens(line.place(), raw.tokens.get());
        }
        Unit unit = switch (raw.unit.orElse("codepoint")) {
            case "codepoint" -> Unit.CODEPOINT;
            case "utf16" -> Unit.UTF16;
            default -> throw line.error("unit was '" + raw.unit.get() + "' but must be codepoint or utf16");
        };
        List<Mark> marks = raw.entities.orElseThrow().stream().flatMap(e -> e.mentions().stream()).toList();
        return Offsets.ofText(line.place(), raw.text.orElseThrow(), unit, marks, raw.sentences.orElse(List.of()));
    }

    private static Set<List<Integer>> asked(Line line, Raw raw, Set<List<Integer>> related, int entities) throws CorpusException {
        Set<List<Integer>> asked = new LinkedHashSet<>();
        if (raw.allPairs) {
            for (int h = 0; h < entities; h++) for (int t = 0; t < entities; t++) if (h != t) asked.add(List.of(h, t));
        } else if (raw.pairs.isPresent()) {
            for (int i = 0; i < raw.pairs.get().size(); i++) {
                int[] p = raw.pairs.get().get(i);
                if (!asked.add(pair(line, "pairs[" + i + "]", p[0], p[1], entities))) throw line.error("pairs[" + i + "] asks about " + List.of(p[0], p[1]) + " again");
            }
        } else {
            asked.addAll(related);
        }
        if (asked.isEmpty()) throw line.error("asks about no pair: 'relations' or 'pairs' should name at least one");
        return asked;
    }

    private static List<Integer> pair(Line line, String where, int head, int tail, int entities) throws CorpusException {
        if (head < 0 || tail < 0 || head >= entities || tail >= entities)
            throw line.error(where + " is about the entities " + head + " and " + tail + ", but there are " + entities + ", counted from 0");
        if (head == tail) throw line.error(where + " is about entity " + head + " and itself");
        return List.of(head, tail);
    }

    private static List<Entity> entities(Line line, List<Raw.Entity> raws, Offsets offsets) throws CorpusException {
        List<Entity> entities = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < raws.size(); i++) {
            Raw.Entity raw = raws.get(i);
            List<Mention> mentions = new ArrayList<>();
            for (Mark m : raw.mentions()) mentions.add(offsets.mention(m));
            mentions.sort(Comparator.comparingInt(Mention::start).thenComparingInt(Mention::end));
            String id = raw.id().orElse("e" + i);
            if (!ids.add(id)) throw line.error("two entities have the id '" + id + "'");
            entities.add(new Entity(id, raw.type(), mentions));
        }
        return entities;
    }
}
