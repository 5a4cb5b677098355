package relata.corpus.sentence;

import java.util.List;
import java.util.Optional;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.corpus.text.Mark;
import relata.corpus.text.Offsets;

/** A sentence, its head and its tail: the one example they make. */
final class Question {
    private Question() {}

    /**
     * Makes it.
     *
     * @param label the gold answer, if known
     * @param related false if the label means that there is no relation
     */
    static Example of(String id, List<String> tokens, Entity head, Entity tail, Optional<String> label, boolean related) {
        // a sentence may relate a thing to itself; within a passage, ids tell entities apart
        Entity other = head.id().equals(tail.id()) ? new Entity(tail.id() + "#2", tail.type(), tail.mentions()) : tail;
        List<Fact> facts = label.filter(l -> related).map(l -> new Fact(0, 1, l)).stream().toList();
        return new Example(id, new Passage(id, tokens, List.of(), List.of(head, other), facts), List.of(new Pair(0, 1, label.stream().toList())));
    }

    /** An entity without a type. */
    static Entity entity(String id, Offsets offsets, Mark mark) throws CorpusException {
        return new Entity(id, "", List.of(offsets.mention(mark)));
    }

    /** An entity of a type, of one mention. */
    static Entity entity(String id, String type, Mention mention) {
        return new Entity(id, type, List.of(mention));
    }
}
