package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

/** Compares corpora by what counts: not their names and inputs, and not the order of the entities, pairs and facts of an example. */
final class Corpora {
    private Corpora() {}

    /** Asserts that nothing is missing, and nothing is else. Labels that no pair has may be more. */
    static void assertSame(Corpus expected, Corpus found, String what) {
        assertEquals(splits(expected), splits(found), what + " should come back as it was");
        assertEquals(expected.negative(), found.negative(), what + ": the negative label");
        assertTrue(found.relations().containsAll(expected.relations()), () -> what + ": of the relations " + expected.relations() + " came back " + found.relations());
    }

    /** A corpus, told by fewer examples, and at last by a smaller one. */
    static Smallest<Corpus> smallest() {
        return new Smallest<>(Corpora::smaller, corpus -> String.join("\n  ", examples(corpus).stream().map(e -> e.id() + ": " + SmallerExamples.words(e)).toList()));
    }

    private static List<Corpus> smaller(Corpus corpus) {
        List<Corpus> smaller = new ArrayList<>();
        List<Example> examples = examples(corpus);
        for (List<Example> some : Smallest.parts(examples, 1)) smaller.add(holding(corpus, Set.copyOf(some), Map.of()));
        if (examples.size() == 1) for (Example less : SmallerExamples.of(examples.get(0))) smaller.add(holding(corpus, Set.copyOf(examples), Map.of(examples.get(0), less)));
        return smaller;
    }

    private static List<Example> examples(Corpus corpus) {
        return corpus.splits().values().stream().flatMap(List::stream).toList();
    }

    private static Corpus holding(Corpus corpus, Set<Example> kept, Map<Example, Example> changed) {
        TreeMap<String, List<Example>> splits = new TreeMap<>();
        corpus.splits().forEach((name, examples) -> {
            List<Example> some = examples.stream().filter(kept::contains).map(e -> changed.getOrDefault(e, e)).toList();
            if (!some.isEmpty()) splits.put(name, some);
        });
        return new Corpus(corpus.name(), splits, corpus.relations(), corpus.negative(), corpus.inputs());
    }

    private static Map<String, List<String>> splits(Corpus corpus) {
        Map<String, List<String>> splits = new TreeMap<>();
        corpus.splits().forEach((name, examples) -> {
            if (!examples.isEmpty()) splits.put(name, examples.stream().map(Corpora::words).toList());
        });
        return splits;
    }

    private static String words(Example e) {
        Passage p = e.passage();
        List<String> names = p.entities().stream().map(Corpora::words).toList();
        TreeSet<String> pairs = new TreeSet<>();
        e.pairs().forEach(pair -> pairs.add(names.get(pair.head()) + " -> " + names.get(pair.tail()) + " " + new TreeSet<>(pair.relations())));
        TreeSet<String> facts = new TreeSet<>();
        p.facts().forEach(f -> facts.add(names.get(f.head()) + " -> " + names.get(f.tail()) + " " + f.relation()));
        return e.id() + " of " + p.id() + "\n  tokens " + p.tokens() + p.tokens().size() + "\n  sentences " + (p.sentences().size() < 2 ? "" : p.sentences()) + "\n  entities " + new TreeSet<>(names)
                + "\n  pairs " + pairs + "\n  facts " + facts + "\n";
    }

    private static String words(Entity e) {
        return e.id() + ":" + e.type() + e.mentions().stream().map(Corpora::joined).toList();
    }

    /** The pieces of a mention, those in one that touch. */
    private static List<Span> joined(Mention mention) {
        List<Span> joined = new ArrayList<>();
        for (Span s : mention.spans()) {
            Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.end() == s.start()) joined.set(joined.size() - 1, new Span(last.start(), s.end()));
            else joined.add(s);
        }
        return joined;
    }
}
