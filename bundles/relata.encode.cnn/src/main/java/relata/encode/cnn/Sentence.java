package relata.encode.cnn;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.corpus.Pair;
import relata.api.view.View;
import relata.text.InputFormat;
import relata.text.Marked;
import relata.text.Window;

/**
 * A view as the network reads it.
 *
 * @param words L numbers of words
 * @param rows where each of them lies, seen from each pair
 */
record Sentence(int[] words, List<Row> rows) {
    private static final Logger LOG = LoggerFactory.getLogger(Sentence.class);

    /**
     * One pair's look at the words. Of entities with several mentions it sees the two that are nearest to each other, the first of those
     * that are equally near.
     *
     * @param head (L), distance of each word to the head: negative before it, 0 in it, cut off at the farthest; plus that, so that the least is 0
     * @param tail (L), the same to the tail
     * @param piece (L), 0 up to the last word of the entity that ends first, 1 up to the last word of the other, then 2
     */
    record Row(int[] head, int[] tail, int[] piece) {}

    /** First and last word of a mention. */
    private record Range(int first, int last) {
        static Range of(Marked.Place place) {
            return new Range(place.words().get(0), place.words().get(place.words().size() - 1));
        }

        int gap(Range other) {
            return Math.max(0, Math.max(first - other.last, other.first - last));
        }

        int distance(int word) {
            return word < first ? word - first : word > last ? word - last : 0;
        }
    }

    /**
     * Reads views. Safe for any thread.
     *
     * @param maxDistance where distances are cut off
     * @param maxLength largest number of words; distances and pieces are those in the whole passage
     * @param told whether it was said already that passages are cut
     */
    record Reader(Vocabulary vocabulary, InputFormat format, int maxDistance, int maxLength, AtomicBoolean told) {
        Sentence read(View view) {
            Marked marked = format.mark(view.passage(), view.pairs());
            int[] sizes = new int[marked.tokens().size()];
            Arrays.fill(sizes, 1);
            int[] keep = Window.keep(sizes, marked, maxLength);
            int[] kept = IntStream.range(0, keep.length).filter(t -> keep[t] > 0).toArray();
            if (kept.length < sizes.length && told.compareAndSet(false, true))
                LOG.info("Passage '{}' has {} words; it and others as long are cut to {} (maxLength), around and between the entities asked about", view.passage().id(), sizes.length, maxLength);
            int[] words = Arrays.stream(kept).map(t -> vocabulary.number(marked.tokens().get(t))).toArray();
            return new Sentence(words, view.pairs().stream().map(pair -> row(marked, pair, kept)).toList());
        }

        private Row row(Marked marked, Pair pair, int[] kept) {
            Range head = null, tail = null;
            for (Marked.Place h : marked.places().get(pair.head()))
                for (Marked.Place t : marked.places().get(pair.tail())) {
                    Range one = Range.of(h), other = Range.of(t);
                    if (head == null || tail == null || one.gap(other) < head.gap(tail)) {
                        head = one;
                        tail = other;
                    }
                }
            if (head == null || tail == null) throw new IllegalStateException("the format shows no mention of an entity that is asked about");
            Range from = head, to = tail;
            int end = Math.min(from.last, to.last), later = Math.max(from.last, to.last);
            return new Row(
                    Arrays.stream(kept).map(t -> cut(from.distance(t))).toArray(),
                    Arrays.stream(kept).map(t -> cut(to.distance(t))).toArray(),
                    Arrays.stream(kept).map(t -> t <= end ? 0 : t <= later ? 1 : 2).toArray());
        }

        private int cut(int distance) {
            return Math.max(-maxDistance, Math.min(maxDistance, distance)) + maxDistance;
        }
    }
}
