package relata.text;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A passage in an {@link InputFormat}: the words that an encoder reads, and where the entities asked about are among them.
 *
 * @param tokens words, markers, type words and masks, in order
 * @param origin for each of them the index of the passage's token that it is (for a mask: of the first that it stands for), or -1
 *     if the format added it
 * @param places for each entity asked about, by its index in the passage, its mentions in text order
 */
public record Marked(List<String> tokens, List<Integer> origin, SortedMap<Integer, List<Place>> places) {
    public Marked {
        tokens = List.copyOf(tokens);
        origin = List.copyOf(origin);
        TreeMap<Integer, List<Place>> copy = new TreeMap<>();
        places.forEach((entity, at) -> copy.put(entity, List.copyOf(at)));
        places = Collections.unmodifiableSortedMap(copy);
        if (origin.size() != tokens.size())
            throw new IllegalArgumentException(tokens.size() + " tokens have " + origin.size() + " origins");
    }

    /**
     * A mention.
     *
     * @param start its start marker, or without markers its first word
     * @param end the index after its end marker, or after its last word
     * @param words its words (or masks) alone, ascending, at least one: no markers, no type words, no words in the gap of a discontinuous mention
     */
    public record Place(int start, int end, List<Integer> words) {
        public Place {
            words = List.copyOf(words);
            if (words.isEmpty() || start > words.get(0) || end <= words.get(words.size() - 1))
                throw new IllegalArgumentException("a place [" + start + ", " + end + ") with words " + words);
        }
    }
}
