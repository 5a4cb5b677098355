package relata.corpus.sentence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.testkit.TinyCorpus;

/** Corpora for writers. */
final class Given {
    private Given() {}

    /** @param text its tokens between single spaces @param label null if the answer is not known */
    static Labelled sentence(String id, String text, Entity head, Entity tail, @Nullable String label) {
        return new Labelled(id, List.of(text.split(" ")), head, tail, Optional.ofNullable(label));
    }

    record Labelled(String id, List<String> tokens, Entity head, Entity tail, Optional<String> label) {}

    static Map.Entry<String, List<Labelled>> split(String name, Labelled... sentences) {
        return Map.entry(name, List.of(sentences));
    }

    /** @param negative null if no label means that there is no relation */
    @SafeVarargs
    static Corpus corpus(@Nullable String negative, Map.Entry<String, List<Labelled>>... splits) {
        TreeMap<String, List<Example>> examples = new TreeMap<>();
        TreeSet<String> relations = new TreeSet<>();
        if (negative != null) relations.add(negative);
        for (Map.Entry<String, List<Labelled>> split : splits) {
            examples.put(split.getKey(), split.getValue().stream().map(s -> Question.of(s.id, s.tokens, s.head, s.tail, s.label, !s.label.equals(Optional.ofNullable(negative)))).toList());
            split.getValue().forEach(s -> s.label.ifPresent(relations::add));
        }
        return new Corpus("given", examples, List.copyOf(relations), Optional.ofNullable(negative), new TreeMap<>());
    }

    /** A document with several pairs. */
    static Corpus document() {
        return new Corpus("given", new TreeMap<>(Map.of("train", List.of(TinyCorpus.document()))), List.of("located-in", "made-of", "none", "works-for"), Optional.of("none"), new TreeMap<>());
    }
}
