package relata.corpus.distant;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.corpus.text.Line;
import relata.corpus.text.Lines;
import relata.text.Identity;

/** A knowledge base: which relations hold between which entities. Only what is about two entities of the sentences is kept, however large it is. */
final class Triples {
    private final Map<EntityPair, List<String>> relations = new HashMap<>();
    private final Set<String> entities;
    private final Optional<String> negative;

    /**
     * None so far.
     *
     * @param entities those of the sentences
     * @param negative the label that means no relation, which no triple may have
     */
    Triples(Set<String> entities, Optional<String> negative) {
        this.entities = entities;
        this.negative = negative;
    }

    /** Adds those of a file, HEAD tab RELATION tab TAIL a line. @return its SHA-256 @throws CorpusException if a line is anything else */
    String add(Path file) throws IOException {
        return Lines.read(file, line -> {
            String[] words = line.text().split("\t", -1);
            if (words.length != 3) throw line.error("has " + words.length + (words.length == 1 ? " field" : " fields") + ", but head, relation and tail were expected, with a tab after each of the first two");
            for (int i = 0; i < 3; i++) if (words[i].isBlank()) throw line.error("has no " + List.of("head", "relation", "tail").get(i));
            check(line, words[1].strip());
            add(words[0].strip(), words[1].strip(), words[2].strip());
        });
    }

    private void check(Line line, String relation) throws CorpusException {
        if (negative.equals(Optional.of(relation))) throw line.error("has the relation '" + relation + "', which the setting 'negative' gives to pairs without a relation");
    }

    /** Adds what a corpus says: the answers of all its splits, and the facts of its passages. @throws CorpusException if a relation is the negative label */
    void add(Corpus corpus) throws CorpusException {
        if (negative.isPresent() && !corpus.negative().equals(negative) && corpus.relations().contains(negative.get()))
            throw new CorpusException(corpus.name(), "has the relation '" + negative.get() + "', which the setting 'negative' gives to pairs without a relation");
        corpus.splits().values().forEach(examples -> {
            for (Example e : examples) {
                Passage p = e.passage();
                for (Fact f : p.facts()) add(Identity.of(p, f.head()), f.relation(), Identity.of(p, f.tail()));
                for (Pair asked : e.pairs())
                    for (String relation : asked.relations())
                        if (!corpus.negative().equals(Optional.of(relation))) add(Identity.of(p, asked.head()), relation, Identity.of(p, asked.tail()));
            }
        });
    }

    private void add(String head, String relation, String tail) {
        if (!entities.contains(head) || !entities.contains(tail)) return;
        List<String> known = relations.computeIfAbsent(new EntityPair(head, tail), p -> new ArrayList<>(1));
        if (!known.contains(relation)) known.add(relation);
    }

    /** The relations that hold from the first entity to the second, in the order they were added. */
    List<String> between(EntityPair pair) {
        return relations.getOrDefault(pair, List.of());
    }

    /** How many there are between entities of the sentences. */
    int size() {
        return relations.values().stream().mapToInt(List::size).sum();
    }
}
