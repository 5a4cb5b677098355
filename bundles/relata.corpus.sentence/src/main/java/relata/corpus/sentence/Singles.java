package relata.corpus.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Omissions;
import relata.api.corpus.Span;

/** A corpus as formats with one pair a sentence have it: what writers of such formats share. */
final class Singles {
    /** Says why a format cannot hold an example at all; empty if it can. */
    @FunctionalInterface
    interface Objection {
        /** In the plural what it is, e.g. {@code examples without an answer}. */
        Optional<String> to(Example example) throws CorpusException;
    }

    private Singles() {}

    /** The corpus, in which an example with several pairs is as many examples, and what the format cannot hold is left out. */
    static Corpus of(Corpus corpus, Omissions omissions, Objection objection) throws CorpusException {
        SortedMap<String, List<Example>> splits = new TreeMap<>();
        for (Map.Entry<String, List<Example>> split : corpus.splits().entrySet()) {
            List<Example> singles = new ArrayList<>();
            for (Example e : split.getValue()) {
                Optional<String> objected = objection.to(e);
                if (objected.isPresent()) omissions.leaveOut(where(split.getKey(), e), objected.get(), "it is left out");
                else if (e.pairs().size() == 1) singles.add(e);
                else {
                    omissions.leaveOut(where(split.getKey(), e), "several pairs of one passage", e.pairs().size() + " pairs become a sentence each");
                    for (int p = 0; p < e.pairs().size(); p++) singles.add(new Example(e.id() + "#" + (p + 1), e.passage(), e.pairs().subList(p, p + 1)));
                }
            }
            if (!singles.isEmpty()) splits.put(split.getKey(), singles);
        }
        return new Corpus(corpus.name(), splits, corpus.relations(), corpus.negative(), corpus.inputs());
    }

    /** For messages: which example. */
    static String where(String split, Example example) {
        return split + " example '" + example.id() + "'";
    }

    /** The first place where an entity is named, in one piece. */
    static Span place(Entity entity) {
        Mention first = entity.mentions().get(0);
        return new Span(first.start(), first.end());
    }

    /** What stands there. */
    static String name(Example example, Entity entity) {
        Span place = place(entity);
        return String.join(" ", example.passage().tokens().subList(place.start(), place.end()));
    }

    /** The answer, if it is known. */
    static Optional<String> label(Example example) {
        return example.pairs().get(0).relation();
    }
}
