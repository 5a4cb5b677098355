package relata.corpus.distant;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import relata.api.corpus.Corpus;
import relata.api.corpus.Example;

/** Goes through the sentences twice: once to count, once to make examples, of which it keeps none. */
final class Supervision {
    /** Takes one example after the other. */
    interface Sink {
        /** Takes one. */
        void take(Example example) throws IOException;
    }

    /** What to make of two entities of a sentence. */
    private enum Verdict {
        RELATED, UNRELATED, EXCLUDED, SEVERAL, NEITHER
    }

    private final Distant.Config config;
    private final Corpus sentences;
    private final Triples triples;
    private final Exclusion exclusion;
    private final Audit audit;

    Supervision(Distant.Config config, Corpus sentences, Triples triples, Exclusion exclusion, Audit audit) {
        this.config = config;
        this.sentences = sentences;
        this.triples = triples;
        this.exclusion = exclusion;
        this.audit = audit;
    }

    /** Makes the examples, in the order of the sentences. */
    void run(Sink sink) throws IOException {
        RandomGenerator random = new SplittableRandom(config.seed());
        Map<EntityPair, Integer> related = new LinkedHashMap<>();
        long[] unrelated = new long[1];
        each((sentence, head, tail, verdict) -> {
            EntityPair pair = sentence.pair(head, tail);
            switch (verdict) {
                case RELATED -> related.merge(pair, 1, Integer::sum);
                case UNRELATED -> unrelated[0]++;
                case EXCLUDED -> audit.excluded(pair, triples.between(pair));
                case SEVERAL -> audit.several++;
                case NEITHER -> { }
            }
        });
        Set<EntityPair> chosen = chosen(related, random);
        long examples = chosen.stream().mapToLong(pair -> examples(pair, related.get(pair))).sum();
        long[] left = {config.negative().isPresent() ? Math.min(unrelated[0], Math.round(config.ratio() * examples)) : 0, unrelated[0]};
        each((sentence, head, tail, verdict) -> {
            if (verdict == Verdict.RELATED && chosen.contains(sentence.pair(head, tail))) take(sentence, head, tail, sink);
            if (verdict != Verdict.UNRELATED) return;
            // selection sampling (Knuth, algorithm 3.4.2 S): exactly so many of all, each with the same chance
            if (random.nextLong(left[1]--) < left[0]) {
                left[0]--;
                audit.negatives++;
                sink.take(sentence.example(head, tail, List.of(config.negative().orElseThrow()), false, ""));
            }
        });
    }

    private void take(Sentence sentence, int head, int tail, Sink sink) throws IOException {
        EntityPair pair = sentence.pair(head, tail);
        List<String> labels = triples.between(pair);
        audit.taken(pair, labels);
        if (config.several() != Distant.Several.EACH || labels.size() == 1) {
            audit.examples++;
            sink.take(sentence.example(head, tail, labels, true, ""));
        } else
            for (String label : labels) {
                audit.examples++;
                sink.take(sentence.example(head, tail, List.of(label), true, "-" + label));
            }
    }

    /** How many examples so many sentences make of a pair. */
    private long examples(EntityPair pair, int sentences) {
        return config.several() == Distant.Several.EACH ? (long) sentences * triples.between(pair).size() : sentences;
    }

    /** The pairs that enough sentences name; if a size is given, whole pairs by chance until there are so many examples. */
    private Set<EntityPair> chosen(Map<EntityPair, Integer> related, RandomGenerator random) {
        List<EntityPair> pairs = new ArrayList<>();
        related.forEach((pair, count) -> {
            if (count >= config.fewest()) pairs.add(pair);
            else audit.rare += count;
        });
        if (config.size().isEmpty()) return new HashSet<>(pairs);
        Set<EntityPair> chosen = new HashSet<>();
        long room = config.size().get();
        for (int i = pairs.size() - 1; i >= 0; i--) {
            int j = random.nextInt(i + 1);
            EntityPair pair = pairs.set(j, pairs.get(i));
            long examples = examples(pair, related.get(pair));
            if (examples > room) audit.beyondSize += related.get(pair);
            else {
                chosen.add(pair);
                room -= examples;
            }
        }
        return chosen;
    }

    private interface Visitor {
        void take(Sentence sentence, int head, int tail, Verdict verdict) throws IOException;
    }

    private void each(Visitor visitor) throws IOException {
        Sentence.each(sentences, sentence -> {
            for (int head = 0; head < sentence.size(); head++)
                for (int tail = 0; tail < sentence.size(); tail++)
                    if (sentence.apart(head, tail)) visitor.take(sentence, head, tail, verdict(sentence, head, tail));
        });
    }

    private Verdict verdict(Sentence sentence, int head, int tail) {
        EntityPair pair = sentence.pair(head, tail);
        List<String> labels = triples.between(pair);
        // what is related the other way round is no example of no relation
        if (labels.isEmpty() && (config.negative().isEmpty() || !triples.between(pair.turned()).isEmpty())) return Verdict.NEITHER;
        if (exclusion.holds(sentence, head, tail)) return Verdict.EXCLUDED;
        if (labels.isEmpty()) return Verdict.UNRELATED;
        return labels.size() > 1 && config.several() == Distant.Several.DROP ? Verdict.SEVERAL : Verdict.RELATED;
    }
}
