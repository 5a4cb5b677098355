package relata.api.view;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

/**
 * An example as the encoder will see it: itself, or changed by an augmenter.
 *
 * @param source the example it was made from
 * @param passage the passage as it is now; its entities are those of the source, in the same order, with their mentions moved
 * @param origin for each token of {@code passage} the index of the source's token that it is or replaces, or -1 if it is new
 */
public record View(Example source, Passage passage, List<Integer> origin) {
    public View {
        origin = List.copyOf(origin);
        if (origin.size() != passage.tokens().size())
            throw new IllegalArgumentException("a view of " + passage.tokens().size() + " tokens has " + origin.size() + " origins");
        if (passage.entities().size() != source.passage().entities().size())
            throw new IllegalArgumentException("a view must keep its source's " + source.passage().entities().size() + " entities, but has " + passage.entities().size());
    }

    /** The example unchanged. */
    public static View of(Example example) {
        return new View(example, example.passage(), IntStream.range(0, example.passage().tokens().size()).boxed().toList());
    }

    /** The pairs asked about; their entity indexes hold in {@link #passage()} too. */
    public List<Pair> pairs() {
        return source.pairs();
    }

    /**
     * The tokens of {@link #passage()} that are replaced, moved or new. If the view only re-orders its source, those not at their old index;
     * else as few as possible count as moved. Deleted tokens leave no trace here: they are the indexes that {@link #origin} lacks.
     */
    public BitSet changed() {
        List<String> before = source.passage().tokens(), now = passage.tokens();
        boolean reordered = origin.size() == before.size() && origin.stream().filter(o -> o >= 0).distinct().count() == before.size();
        BitSet kept = reordered ? fixed(origin) : longestAscent(origin);
        BitSet changed = new BitSet();
        for (int i = 0; i < origin.size(); i++) {
            int o = origin.get(i);
            // several tokens in the place of one are its replacement, also where one of them equals it
            boolean alone = (i == 0 || origin.get(i - 1) != o) && (i + 1 == origin.size() || origin.get(i + 1) != o);
            if (!kept.get(i) || !alone || !now.get(i).equals(before.get(o))) changed.set(i);
        }
        return changed;
    }

    /** Positions of entries that equal their position. */
    private static BitSet fixed(List<Integer> numbers) {
        BitSet fixed = new BitSet();
        for (int i = 0; i < numbers.size(); i++) if (numbers.get(i) == i) fixed.set(i);
        return fixed;
    }

    /** Positions of a longest subsequence that never descends, entries below 0 left out. */
    private static BitSet longestAscent(List<Integer> numbers) {
        int n = numbers.size();
        int[] length = new int[n], previous = new int[n];
        int best = -1;
        for (int i = 0; i < n; i++) {
            previous[i] = -1;
            if (numbers.get(i) < 0) continue;
            length[i] = 1;
            for (int j = 0; j < i; j++)
                if (length[j] >= length[i] && numbers.get(j) >= 0 && numbers.get(j) <= numbers.get(i)) {
                    length[i] = length[j] + 1;
                    previous[i] = j;
                }
            if (best < 0 || length[i] > length[best]) best = i;
        }
        BitSet kept = new BitSet();
        for (int i = best; i >= 0; i = previous[i]) kept.set(i);
        return kept;
    }
}
