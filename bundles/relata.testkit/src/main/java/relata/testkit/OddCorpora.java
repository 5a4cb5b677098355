package relata.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

/** Corpora that are unlike what a format's author thought of: a good one, in which the first example is made odd in one way. */
final class OddCorpora {
    private static final List<String> WORDS = List.of("😀𝛼", "a\r\nb", "a\nb", "\"say\"", "x\ty", "<e1>", "</e2>", "<e2>x</e2>", "<<", ">>", "[[ x ]]", "a|b", "&amp;", "<b>", "a&b", "a\u0000b", "\u0001", "a\u2028b", "\ufeff",
            "\ud800", "-LRB-", "(", "\\", "a\u00a0b", "can't", "1.5", "e.g.", "Dr.", "x.y", "{\"}", "'", "T1", "e\u0301", "\u00e9", "12|t|x", "#");
    private static final List<String> NAMES = List.of("a b", "a/b", "../up", "x\ny", "<r>&\"", "😀", "\u00e9\t", "a:b;c,d", "none", "NA", "#1", "true", "7", "-", " x ", "x.s0.T1.T2");

    private final Corpus good;
    private final String split;
    private final Example first;
    private final Map<String, Corpus> odd = new LinkedHashMap<>();

    private OddCorpora(Corpus good) {
        this.good = good;
        this.split = good.splits().firstKey();
        this.first = good.splits().get(split).get(0);
    }

    /** All of them, by what is odd. */
    static Map<String, Corpus> of(Corpus good) {
        OddCorpora odd = new OddCorpora(good);
        odd.words();
        odd.names();
        odd.entities();
        odd.pairs();
        odd.wholes();
        return odd.odd;
    }

    private void words() {
        int last = first.passage().tokens().size() - 1;
        for (String word : WORDS) {
            String shown = word.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
            example("a last word " + shown, passage(last, word, first.passage().entities()), first.pairs());
            example("a first word " + shown, passage(0, word, first.passage().entities()), first.pairs());
            example("a head " + shown, passage(first.head(0).mentions().get(0).start(), word, first.passage().entities()), first.pairs());
        }
    }

    private Passage passage(int token, String word, List<Entity> entities) {
        List<String> tokens = new ArrayList<>(first.passage().tokens());
        tokens.set(token, word);
        return new Passage(first.passage().id(), tokens, first.passage().sentences(), entities, first.passage().facts());
    }

    private void names() {
        for (String name : NAMES) {
            Passage p = first.passage();
            examples("an example called " + name, List.of(new Example(name, new Passage(name, p.tokens(), p.sentences(), p.entities(), p.facts()), first.pairs())), good.relations());
            examples("a passage called " + name, List.of(new Example(first.id(), new Passage(name, p.tokens(), p.sentences(), p.entities(), p.facts()), first.pairs())), good.relations());
            entities("an entity called " + name, e -> new Entity(name, e.type(), e.mentions()));
            entities("a type called " + name, e -> new Entity(e.id(), name, e.mentions()));
            relation("a relation called " + name, name);
            SortedMap<String, List<Example>> splits = new TreeMap<>(good.splits());
            splits.put(name, splits.remove(split));
            odd.put("a split called " + name, new Corpus(good.name(), splits, good.relations(), good.negative(), new TreeMap<>()));
        }
        entities("no type", e -> new Entity(e.id(), "", e.mentions()));
    }

    private void entities() {
        int tokens = first.passage().tokens().size();
        Entity head = first.head(0);
        Mention again = Mention.of(tokens - 1, tokens);
        if (!head.mentions().contains(again)) entities("a second mention", e -> new Entity(e.id(), e.type(), List.of(e.mentions().get(0), again)));
        entities("a mention in pieces", e -> new Entity(e.id(), e.type(), List.of(new Mention(List.of(new Span(0, 1), new Span(tokens - 1, tokens))))));
        entities("a mention in pieces that touch", e -> new Entity(e.id(), e.type(), List.of(new Mention(List.of(new Span(0, 1), new Span(1, 2))))));
        entities("a mention around another", e -> Entity.of(e.id(), e.type(), 0, tokens));
        entities("two entities at one place", e -> new Entity(e.id(), e.type(), first.tail(0).mentions()));
        entities("two entities with one id", e -> new Entity(first.tail(0).id(), e.type(), e.mentions()));
        List<Entity> more = new ArrayList<>(first.passage().entities());
        more.add(Entity.of("more", head.type(), tokens - 1, tokens));
        example("an entity that is not asked about", with(more, first.passage().facts()), first.pairs());
        List<Fact> facts = new ArrayList<>(first.passage().facts());
        facts.add(new Fact(first.pairs().get(0).head(), more.size() - 1, "known"));
        example("a fact that is not asked about", with(more, facts), first.pairs());
    }

    /** The first head changed. */
    private void entities(String what, UnaryOperator<Entity> change) {
        List<Entity> entities = new ArrayList<>(first.passage().entities());
        entities.set(first.pairs().get(0).head(), change.apply(first.head(0)));
        example(what, with(entities, first.passage().facts()), first.pairs());
    }

    private Passage with(List<Entity> entities, List<Fact> facts) {
        return new Passage(first.passage().id(), first.passage().tokens(), first.passage().sentences(), entities, facts);
    }

    private void pairs() {
        Pair pair = first.pairs().get(0);
        List<Pair> both = new ArrayList<>(first.pairs());
        if (both.stream().noneMatch(p -> p.head() == pair.tail() && p.tail() == pair.head())) both.add(new Pair(pair.tail(), pair.head(), pair.relations()));
        example("both orders of a pair", first.passage(), both);
        example("no answer", first.passage(), List.of(new Pair(pair.head(), pair.tail(), List.of())));
        example("two answers", first.passage(), List.of(new Pair(pair.head(), pair.tail(), List.of("one", "two"))));
        example("an answer that is no fact", with(first.passage().entities(), List.of()), first.pairs());
        relation("a relation of its own", "of-its-own");
    }

    private void relation(String what, String relation) {
        Pair pair = first.pairs().get(0);
        Passage passage = with(first.passage().entities(), List.of(new Fact(pair.head(), pair.tail(), relation)));
        example(what, passage, List.of(new Pair(pair.head(), pair.tail(), List.of(relation))));
    }

    private void wholes() {
        odd.put("a tiny corpus", TinyCorpus.corpus());
        odd.put("a document", new Corpus("document", new TreeMap<>(Map.of("train", List.of(TinyCorpus.document()))), List.of("located-in", "made-of", "none", "works-for"), Optional.of("none"), new TreeMap<>()));
        List<String> more = new ArrayList<>(good.relations());
        more.add("never");
        odd.put("a relation that no pair has", new Corpus(good.name(), good.splits(), more, good.negative(), new TreeMap<>()));
        odd.put("no negative label", new Corpus(good.name(), good.splits(), good.relations(), Optional.empty(), new TreeMap<>()));
        odd.put("no examples", new Corpus(good.name(), new TreeMap<>(), good.relations(), good.negative(), new TreeMap<>()));
        SortedMap<String, List<Example>> twice = new TreeMap<>(good.splits());
        List<Example> doubled = new ArrayList<>(twice.get(split));
        doubled.add(first);
        twice.put(split, doubled);
        odd.put("an example twice", new Corpus(good.name(), twice, good.relations(), good.negative(), new TreeMap<>()));
    }

    private void example(String what, Passage passage, List<Pair> pairs) {
        TreeSet<String> relations = new TreeSet<>(good.relations());
        pairs.forEach(p -> relations.addAll(p.relations()));
        examples(what, List.of(new Example(first.id(), passage, pairs)), List.copyOf(relations));
    }

    /** The first example is another, the rest of its split as it was. */
    private void examples(String what, List<Example> instead, List<String> relations) {
        List<Example> examples = new ArrayList<>(instead);
        examples.addAll(good.splits().get(split).subList(1, good.splits().get(split).size()));
        SortedMap<String, List<Example>> splits = new TreeMap<>(good.splits());
        splits.put(split, examples);
        odd.put(what, new Corpus(good.name(), splits, relations, good.negative(), new TreeMap<>()));
    }
}
