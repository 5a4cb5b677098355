package relata.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses what is read of a passage with too many sub-words (or words, for an encoder that does not split them). What comes first: the
 * start of a mention of each entity asked about, the starts of their other mentions, the end markers, the rest of the mentions; then, if
 * all that lies between the first and the last mention fits, that and the words around it, else the words nearest to any mention. The
 * order of the text is kept.
 */
public final class Window {
    private Window() {}

    /** The first sub-words of a token, up to {@code pieces} of them; lower levels and then smaller distances are served first. */
    private record Wish(int level, int distance, int token, int pieces) {}

    /**
     * How many sub-words are kept of each token, from its first.
     *
     * @param sizes number of sub-words of each token of {@code marked}
     * @param room how many there may be in all
     * @return as many numbers as there are tokens, from 0 to {@code sizes}
     */
    public static int[] keep(int[] sizes, Marked marked, int room) {
        int total = 0;
        for (int size : sizes) total += size;
        if (total <= room) return sizes.clone();
        List<Wish> wishes = new ArrayList<>();
        Set<Integer> essential = new HashSet<>();
        marked.places().values().forEach(places -> {
            for (int p = 0; p < places.size(); p++) mention(places.get(p), p == 0 ? 0 : 1, sizes, marked, wishes, essential);
        });
        context(sizes, room, essential, wishes);
        wishes.sort(Comparator.comparingInt(Wish::level).thenComparingInt(Wish::distance).thenComparingInt(Wish::token).thenComparingInt(Wish::pieces));
        int[] keep = new int[sizes.length];
        for (Wish wish : wishes) {
            int more = wish.pieces - keep[wish.token];
            if (more <= 0) continue;
            // not a smaller, farther word instead: there would be holes
            if (more > room) break;
            keep[wish.token] = wish.pieces;
            room -= more;
        }
        return keep;
    }

    private static void mention(Marked.Place place, int level, int[] sizes, Marked marked, List<Wish> wishes, Set<Integer> essential) {
        wishes.add(new Wish(level, 0, place.start(), Math.min(1, sizes[place.start()])));
        wishes.add(new Wish(2, 0, place.end() - 1, Math.min(1, sizes[place.end() - 1])));
        // by sub-words from the start, so that long mentions and short ones are served alike
        int offset = 0;
        for (int t = place.start(); t < place.end(); t++)
            if (marked.origin().get(t) < 0 || place.words().contains(t)) {
                essential.add(t);
                for (int piece = 1; piece <= sizes[t]; piece++) wishes.add(new Wish(3, offset++, t, piece));
            }
    }

    private static void context(int[] sizes, int room, Set<Integer> essential, List<Wish> wishes) {
        int n = sizes.length, first = n, last = -1, hull = 0;
        for (int t : essential) {
            first = Math.min(first, t);
            last = Math.max(last, t);
        }
        for (int t = first; t <= last; t++) hull += sizes[t];
        int[] distance = new int[n];
        for (int t = 0; t < n; t++) distance[t] = essential.contains(t) ? 0 : t == 0 ? n : distance[t - 1] + 1;
        for (int t = n - 2; t >= 0; t--) distance[t] = Math.min(distance[t], distance[t + 1] + 1);
        for (int t = 0; t < n; t++) {
            boolean between = hull <= room && first <= t && t <= last;
            wishes.add(new Wish(between ? 4 : 5, between ? 0 : distance[t], t, sizes[t]));
        }
    }
}
