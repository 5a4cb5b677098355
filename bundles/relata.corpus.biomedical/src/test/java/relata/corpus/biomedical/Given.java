package relata.corpus.biomedical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

/** Corpora for writers. The label that means no relation is {@code none}. */
final class Given {
    static {
        Fixture.of(); // what readers leave out is told by omissions, not in the log
    }

    private Given() {}

    static Corpus corpus(List<String> relations, Map<String, List<Example>> splits) {
        List<String> all = new ArrayList<>(relations);
        all.add("none");
        return new Corpus("given", new TreeMap<>(splits), all, Optional.of("none"), new TreeMap<>());
    }

    /** Two sentences; a gene in pieces, a lens, and a lens around it. @param prefix of the entities' ids */
    static Example document(String id, String prefix, Pair... pairs) {
        List<Entity> entities = List.of(new Entity(prefix + 1, "GENE", List.of(new Mention(List.of(new Span(1, 2), new Span(4, 5))))), Entity.of(prefix + 2, "LENS", 8, 9), Entity.of(prefix + 3, "LENS", 7, 9));
        return example(id, "😀 Left and right eyes see . The lens < b > bends .", List.of(0, 7), entities, pairs);
    }

    /** Two sentences; a chemical that is named twice, and a gene. */
    static Example concepts(String id, Pair... pairs) {
        List<Entity> entities = List.of(new Entity("D1", "CHEM", List.of(Mention.of(1, 2), Mention.of(6, 7))), Entity.of("7", "GENE", 9, 10));
        return example(id, "😀 Aspirin helps . It , aspirin , bound COX | t | now 's .", List.of(0, 4), entities, pairs);
    }

    /** An entity with two mentions. */
    static Corpus twice(String id, String prefix) {
        List<Entity> entities = List.of(new Entity(prefix + 1, "A", List.of(Mention.of(0, 1), Mention.of(2, 3))), Entity.of(prefix + 2, "B", 1, 2));
        return corpus(List.of("r"), Map.of("train", List.of(example(id, "a b c", List.of(0), entities, new Pair(0, 1, List.of("r"))))));
    }

    private static Example example(String id, String text, List<Integer> sentences, List<Entity> entities, Pair... pairs) {
        List<Fact> facts = Arrays.stream(pairs).flatMap(p -> p.relations().stream().filter(r -> !r.equals("none")).map(r -> new Fact(p.head(), p.tail(), r))).toList();
        return new Example(id, new Passage(id, List.of(text.split(" ")), sentences, entities, facts), List.of(pairs));
    }
}
