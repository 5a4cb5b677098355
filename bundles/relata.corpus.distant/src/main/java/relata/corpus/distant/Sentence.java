package relata.corpus.distant;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;
import relata.text.Identity;

/** A sentence and what it names: a passage without facts whose entities have ids that hold across passages, each id once. */
record Sentence(Passage passage) {
    /** Takes one sentence after the other. */
    interface Visitor {
        /** Takes one. */
        void take(Sentence sentence) throws IOException;
    }

    /** Hands out the sentences of all splits of a corpus that name two entities, those of documents one by one, and each passage once. */
    static void each(Corpus corpus, Visitor visitor) throws IOException {
        Set<String> seen = new HashSet<>();
        for (List<Example> examples : corpus.splits().values())
            for (Example e : examples) if (seen.add(e.passage().id())) for (Sentence sentence : of(e.passage())) visitor.take(sentence);
    }

    private static List<Sentence> of(Passage passage) {
        int count = Math.max(1, passage.sentences().size());
        List<Sentence> sentences = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            int start = s == 0 ? 0 : passage.sentences().get(s);
            int end = s == count - 1 ? passage.tokens().size() : passage.sentences().get(s + 1);
            List<Entity> entities = entities(passage, start, end);
            if (entities.size() < 2) continue;
            String id = count == 1 ? passage.id() : passage.id() + ":" + s;
            sentences.add(new Sentence(new Passage(id, passage.tokens().subList(start, end), List.of(0), entities, List.of(), passage.document())));
        }
        return sentences;
    }

    /** Those mentioned between two tokens; what has the same identity is one entity. */
    private static List<Entity> entities(Passage passage, int start, int end) {
        Map<String, Entity> entities = new LinkedHashMap<>();
        for (int e = 0; e < passage.entities().size(); e++) {
            Entity entity = passage.entities().get(e);
            List<Mention> mentions = new ArrayList<>();
            for (Mention m : entity.mentions()) if (m.start() >= start && m.end() <= end) mentions.add(moved(m, -start));
            if (!mentions.isEmpty()) entities.merge(Identity.of(passage, e), new Entity(Identity.of(passage, e), entity.type(), mentions), Sentence::union);
        }
        return List.copyOf(entities.values());
    }

    private static Entity union(Entity a, Entity b) {
        List<Mention> mentions = new ArrayList<>(a.mentions());
        mentions.addAll(b.mentions());
        mentions.sort((x, y) -> x.start() != y.start() ? Integer.compare(x.start(), y.start()) : Integer.compare(x.end(), y.end()));
        return new Entity(a.id(), a.type(), mentions.stream().distinct().toList());
    }

    private static Mention moved(Mention mention, int by) {
        return new Mention(mention.spans().stream().map(s -> new Span(s.start() + by, s.end() + by)).toList());
    }

    /** How many entities it names. */
    int size() {
        return passage.entities().size();
    }

    /** Two of its entities. */
    EntityPair pair(int head, int tail) {
        return new EntityPair(passage.entities().get(head).id(), passage.entities().get(tail).id());
    }

    /** False if they are named by the same words, as in <em>New York University</em>. */
    boolean apart(int head, int tail) {
        return head != tail && !passage.entities().get(head).tokens().intersects(passage.entities().get(tail).tokens());
    }

    /** An example of one pair. @param suffix tells it from others of the same pair */
    Example example(int head, int tail, List<String> labels, boolean related, String suffix) {
        String id = passage.id() + "#" + head + "-" + tail + suffix;
        List<Entity> two = List.of(passage.entities().get(head), passage.entities().get(tail));
        List<Fact> facts = related ? labels.stream().map(l -> new Fact(0, 1, l)).toList() : List.of();
        return new Example(id, new Passage(id, passage.tokens(), passage.sentences(), two, facts, passage.document()), List.of(new Pair(0, 1, labels)));
    }
}
