package relata.testkit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

/** Examples with a little less: what is left is a whole example again. */
final class SmallerExamples {
    private SmallerExamples() {}

    /** Without one pair (one is left), an entity that no pair asks about, a mention (one of each entity is left), or a token of no mention. */
    static List<Example> of(Example example) {
        Passage p = example.passage();
        List<Example> smaller = new ArrayList<>();
        for (List<Pair> pairs : example.pairs().size() < 2 ? List.<List<Pair>>of() : Smallest.parts(example.pairs(), 1)) smaller.add(new Example(example.id(), p, pairs));
        for (int e = 0; e < p.entities().size(); e++) if (!asked(example, e)) smaller.add(withoutEntity(example, e));
        for (int e = 0; e < p.entities().size(); e++)
            for (List<Mention> mentions : p.entities().get(e).mentions().size() < 2 ? List.<List<Mention>>of() : Smallest.parts(p.entities().get(e).mentions(), 1)) {
                List<Entity> entities = new ArrayList<>(p.entities());
                entities.set(e, new Entity(entities.get(e).id(), entities.get(e).type(), mentions));
                smaller.add(new Example(example.id(), new Passage(p.id(), p.tokens(), p.sentences(), entities, p.facts()), example.pairs()));
            }
        BitSet mentioned = new BitSet();
        for (Entity entity : p.entities()) mentioned.or(entity.tokens());
        for (int token = 0; token < p.tokens().size() && p.tokens().size() > 1; token++) if (!mentioned.get(token)) smaller.add(withoutToken(example, token));
        return smaller;
    }

    private static boolean asked(Example example, int entity) {
        return example.pairs().stream().anyMatch(pair -> pair.head() == entity || pair.tail() == entity);
    }

    private static Example withoutEntity(Example example, int entity) {
        Passage p = example.passage();
        List<Entity> entities = new ArrayList<>(p.entities());
        entities.remove(entity);
        List<Fact> facts = p.facts().stream().filter(f -> f.head() != entity && f.tail() != entity)
                .map(f -> new Fact(less(f.head(), entity), less(f.tail(), entity), f.relation())).toList();
        List<Pair> pairs = example.pairs().stream().map(pair -> new Pair(less(pair.head(), entity), less(pair.tail(), entity), pair.relations())).toList();
        return new Example(example.id(), new Passage(p.id(), p.tokens(), p.sentences(), entities, facts), pairs);
    }

    private static Example withoutToken(Example example, int token) {
        Passage p = example.passage();
        List<String> tokens = new ArrayList<>(p.tokens());
        tokens.remove(token);
        List<Integer> sentences = p.sentences().stream().map(s -> less(s, token)).filter(s -> s < tokens.size()).distinct().toList();
        List<Entity> entities = p.entities().stream().map(e -> new Entity(e.id(), e.type(), e.mentions().stream()
                .map(m -> new Mention(m.spans().stream().map(s -> new Span(less(s.start(), token), less(s.end(), token))).toList())).toList())).toList();
        return new Example(example.id(), new Passage(p.id(), tokens, sentences, entities, p.facts()), example.pairs());
    }

    /** Where an index is when one below it is gone. */
    private static int less(int index, int gone) {
        return index > gone ? index - 1 : index;
    }

    /** Its tokens, entities and pairs on a few lines. */
    static String words(Example example) {
        StringBuilder words = new StringBuilder(String.join(" ", example.passage().tokens()));
        for (int e = 0; e < example.passage().entities().size(); e++) {
            Entity entity = example.passage().entities().get(e);
            words.append("\n    entity ").append(e).append(": ").append(entity.type()).append(" at tokens ").append(entity.tokens());
        }
        for (Pair pair : example.pairs()) words.append("\n    pair ").append(pair.head()).append(" -> ").append(pair.tail()).append(' ').append(pair.relations());
        return words.toString();
    }
}
