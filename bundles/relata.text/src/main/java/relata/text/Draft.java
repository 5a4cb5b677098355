package relata.text;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A {@link Marked} while it is being written. */
final class Draft {
    private final List<String> tokens = new ArrayList<>();
    private final List<Integer> origin = new ArrayList<>();
    private final SortedMap<Integer, List<Marked.Place>> places = new TreeMap<>();

    /** Index of the next token. */
    int next() {
        return tokens.size();
    }

    /** Writes a token. @param from the token of the passage that it is or stands for, or -1 */
    void write(String token, int from) {
        tokens.add(token);
        origin.add(from);
    }

    /** Writes a marker, if there is one. */
    void mark(String marker) {
        if (!marker.isEmpty()) write(marker, -1);
    }

    /** Says where an entity is. Several mentions in one mask are one place. */
    void place(int entity, Marked.Place place) {
        List<Marked.Place> of = places.computeIfAbsent(entity, e -> new ArrayList<>());
        if (of.stream().noneMatch(p -> p.words().equals(place.words()))) of.add(place);
    }

    Marked marked() {
        return new Marked(tokens, origin, places);
    }
}
