package relata.corpus.text;

import java.util.List;
import java.util.Optional;

/**
 * A mention as a file gives it, its offsets not yet looked up.
 *
 * @param name for messages: which one it is, such as {@code entities[1]} or {@code T4}
 * @param spans start (inclusive) and end (exclusive) of each of its pieces, ascending
 * @param text what should stand there, if the file says so; spaces do not count, and the pieces are joined
 * @param at where the file gives it, if that is another place than the passage's
 */
public record Mark(String name, List<int[]> spans, Optional<String> text, Optional<Place> at) {
    public Mark {
        spans = List.copyOf(spans);
    }

    /** A mention given where its passage is. */
    public Mark(String name, List<int[]> spans, Optional<String> text) {
        this(name, spans, text, Optional.empty());
    }

    /** A mention in one piece. */
    public static Mark of(String name, int start, int end, Optional<String> text) {
        return new Mark(name, List.of(new int[] {start, end}), text);
    }
}
