package relata.corpus.biomedical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

/** Makes examples of documents: one for each pair of a sentence, or one for a document with all its pairs. */
final class Questions {
    private final Optional<Asked> asked;
    private final String negative;
    private final Notes notes;

    /**
     * What to ask.
     *
     * @param asked by types; empty: the pairs that the file lists
     * @param negative the label of pairs without a relation
     */
    Questions(Optional<Asked> asked, String negative, Notes notes) {
        this.asked = asked;
        this.negative = negative;
        this.notes = notes;
    }

    /** One example with one pair for each pair of a sentence. The examples of a sentence share its passage. */
    List<Example> ofSentences(Document d) throws CorpusException {
        List<Example> examples = new ArrayList<>();
        List<Draft.Link> left = new ArrayList<>(d.links());
        for (int s = 0, term = 0; s < d.sentences().size(); s++) {
            int start = d.sentences().get(s);
            int end = s + 1 < d.sentences().size() ? d.sentences().get(s + 1) : d.tokens().size();
            int first = term;
            while (term < d.terms().size() && d.terms().get(term).mention().start() < end) term++;
            for (Example all : example(d, d.id() + ".s" + s, start, end, d.terms().subList(first, term), left).stream().toList())
                for (int p = 0; p < all.pairs().size(); p++)
                    examples.add(new Example(all.id() + "." + all.head(p).id() + "." + all.tail(p).id(), all.passage(), all.pairs().subList(p, p + 1)));
        }
        noteLeft(left, "relations between sentences, or between entities that are not asked about, were left out");
        return examples;
    }

    /** One example with all pairs, or none if there is no pair. */
    List<Example> ofDocument(Document d) throws CorpusException {
        List<Draft.Link> left = new ArrayList<>(d.links());
        List<Example> examples = example(d, d.id(), 0, d.tokens().size(), d.terms(), left).stream().toList();
        noteLeft(left, "relations between entities that are not asked about were left out");
        return examples;
    }

    private void noteLeft(List<Draft.Link> left, String words) {
        for (Draft.Link l : left) if (isRelation(l)) notes.count(words);
    }

    private boolean isRelation(Draft.Link link) {
        return !link.label().isEmpty() && !link.label().equals(negative);
    }

    /** The example of a part of a document. @param left from which the links are taken that are used */
    private Optional<Example> example(Document d, String id, int start, int end, List<Document.Term> terms, List<Draft.Link> left) throws CorpusException {
        Map<String, Integer> index = new LinkedHashMap<>();
        List<Entity> entities = entities(terms, start, index);
        List<Draft.Link> links = left.stream().filter(l -> index.containsKey(l.head()) && index.containsKey(l.tail()) && !l.head().equals(l.tail())).toList();
        Map<List<Integer>, TreeSet<String>> labels = new LinkedHashMap<>();
        if (asked.isEmpty()) for (Draft.Link l : links) labels.putIfAbsent(List.of(index.get(l.head()), index.get(l.tail())), new TreeSet<>());
        else for (List<Integer> pair : asked.get().pairs(d.at(), entities)) labels.put(pair, new TreeSet<>());
        if (labels.isEmpty()) return Optional.empty();
        for (Draft.Link l : links) {
            List<Integer> pair = List.of(index.get(l.head()), index.get(l.tail()));
            if (!labels.containsKey(pair) && asked.isPresent() && !asked.get().directed()) pair = List.of(pair.get(1), pair.get(0));
            if (!labels.containsKey(pair)) continue;
            left.remove(l);
            if (isRelation(l) && !labels.get(pair).add(l.label())) notes.count("relations were given twice");
        }
        List<Fact> facts = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        labels.forEach((pair, relations) -> {
            relations.forEach(r -> facts.add(new Fact(pair.get(0), pair.get(1), r)));
            pairs.add(new Pair(pair.get(0), pair.get(1), relations.isEmpty() ? List.of(negative) : List.copyOf(relations)));
        });
        List<Integer> sentences = d.sentences().stream().filter(s -> s >= start && s < end).map(s -> s - start).toList();
        return Optional.of(new Example(id, new Passage(id, d.tokens().subList(start, end), sentences, entities, facts, d.id()), pairs));
    }

    /** Mentions with the same id are one entity. @param index takes the index of each id */
    private static List<Entity> entities(List<Document.Term> terms, int start, Map<String, Integer> index) {
        Map<String, List<Mention>> mentions = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        for (Document.Term t : terms) {
            List<Span> spans = t.mention().spans().stream().map(s -> new Span(s.start() - start, s.end() - start)).toList();
            mentions.computeIfAbsent(t.id(), k -> new ArrayList<>()).add(new Mention(spans));
            types.putIfAbsent(t.id(), t.type());
        }
        List<Entity> entities = new ArrayList<>();
        mentions.forEach((id, at) -> {
            index.put(id, entities.size());
            entities.add(new Entity(id, types.get(id), at));
        });
        return entities;
    }
}
