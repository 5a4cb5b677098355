package relata.encode.transformer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.view.View;
import relata.text.Formatter;
import relata.text.InputFormat;
import relata.text.Marked;
import relata.text.Window;

/**
 * A view as the model reads it.
 *
 * @param ids sub-words, {@code [CLS]} first, {@code [SEP]} last
 * @param positions for each entity asked about the places in {@code ids} whose states stand for it, at least one
 */
record SubWords(int[] ids, SortedMap<Integer, int[]> positions) {
    private static final Logger LOG = LoggerFactory.getLogger(SubWords.class);

    /**
     * Makes sub-words of views. Safe for any thread.
     *
     * @param starts true if an entity is read at the starts of its mentions, false if at all their sub-words
     * @param maxLength largest number of sub-words, {@code [CLS]} and {@code [SEP]} included
     * @param cut whether it was said already that passages are cut
     * @param untyped whether it was said already that an entity has no type, which the format shows
     */
    record Reader(WordPieces pieces, Formatter formatter, boolean starts, int maxLength, AtomicBoolean cut, AtomicBoolean untyped) {
        SubWords read(View view) {
            Marked marked = formatter.mark(view.passage(), view.pairs());
            warnOfMissingTypes(view);
            int n = marked.tokens().size();
            int[][] words = new int[n][];
            for (int t = 0; t < n; t++) words[t] = pieces.of(marked.tokens().get(t));
            // a mention must have a place even if nothing of it is printable
            marked.places().values().forEach(places -> places.forEach(place -> place.words().forEach(t -> {
                if (words[t].length == 0) words[t] = new int[] {pieces.unknown()};
            })));
            int[] sizes = Arrays.stream(words).mapToInt(w -> w.length).toArray();
            int[] keep = Window.keep(sizes, marked, maxLength - 2);
            if (!Arrays.equals(sizes, keep) && cut.compareAndSet(false, true))
                LOG.info("Passage '{}' has {} sub-words; it and others as long are cut to {} (maxLength), around and between the entities asked about",
                        view.passage().id(), Arrays.stream(sizes).sum() + 2, maxLength);
            int[] ids = new int[Arrays.stream(keep).sum() + 2], first = new int[n];
            ids[0] = pieces.cls();
            int at = 1;
            for (int t = 0; t < n; t++) {
                first[t] = at;
                System.arraycopy(words[t], 0, ids, at, keep[t]);
                at += keep[t];
            }
            ids[at] = pieces.sep();
            SortedMap<Integer, int[]> positions = new TreeMap<>();
            marked.places().forEach((entity, places) -> positions.put(entity, positions(places, first, keep)));
            return new SubWords(ids, positions);
        }

        private void warnOfMissingTypes(View view) {
            if (!untyped.get())
                formatter.untyped(view.passage(), view.pairs()).filter(entity -> untyped.compareAndSet(false, true)).ifPresent(entity ->
                        LOG.warn("Passage '{}': entity '{}' has no type, but the format shows types: it and others like it are {}", view.passage().id(), entity.id(),
                                formatter.format() == InputFormat.TYPED_MENTION ? "shown without one" : "shown as the word 'entity'"));
        }

        private int[] positions(List<Marked.Place> places, int[] first, int[] keep) {
            List<Integer> positions = new ArrayList<>();
            for (Marked.Place place : places) {
                if (starts && keep[place.start()] > 0) positions.add(first[place.start()]);
                if (!starts) for (int t : place.words()) for (int i = 0; i < keep[t]; i++) positions.add(first[t] + i);
            }
            // more entities than there is room for: the passage as a whole stands for those without
            return positions.isEmpty() ? new int[] {0} : positions.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
