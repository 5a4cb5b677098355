package relata.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tokens that say where an entity begins and ends, and in which role it is asked about. The empty text stands for no marker.
 *
 * @param headStart before the head, where one pair is asked about
 * @param headEnd after the head
 * @param tailStart before the tail
 * @param tailEnd after the tail
 * @param start before any entity, where a passage has several pairs
 * @param end after any entity
 */
public record Markers(String headStart, String headEnd, String tailStart, String tailEnd, String start, String end) {
    /** {@code [E1] head [/E1]}, {@code [E2] tail [/E2]}; with several pairs {@code [E] entity [/E]} (after Baldini Soares et al. 2019). */
    public static final Markers USUAL = new Markers("[E1]", "[/E1]", "[E2]", "[/E2]", "[E]", "[/E]");
    /** No markers: an encoder has other means to tell the entities, or none. */
    public static final Markers NONE = new Markers("", "", "", "", "", "");

    /**
     * Markers from a setting.
     *
     * @param tokens start and end of the head, then of the tail; then, if they are not to be {@code [E]} and {@code [/E]}, start and end of an entity
     *     where a passage has several pairs. None for no markers
     * @throws IllegalArgumentException if there are not 0, 4 or 6, or one is empty or has a space
     */
    public static Markers of(List<String> tokens) {
        if (tokens.isEmpty()) return NONE;
        if (tokens.size() != 4 && tokens.size() != 6)
            throw new IllegalArgumentException("markers must be four tokens (start and end of the head, start and end of the tail), six (then start and end of an entity where a passage has "
                    + "several pairs) or none, but there are " + tokens.size() + ": " + tokens);
        List<String> all = new ArrayList<>(tokens);
        if (all.size() == 4) all.addAll(List.of(USUAL.start, USUAL.end));
        all.forEach(token -> whole("marker", token));
        return new Markers(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5));
    }

    /** The different markers, in the order of the record. */
    public List<String> all() {
        return Stream.of(headStart, headEnd, tailStart, tailEnd, start, end).filter(m -> !m.isEmpty()).distinct().toList();
    }

    String start(Asked.Role role) {
        return switch (role) {
            case HEAD -> headStart;
            case TAIL -> tailStart;
            case EITHER -> start;
        };
    }

    String end(Asked.Role role) {
        return switch (role) {
            case HEAD -> headEnd;
            case TAIL -> tailEnd;
            case EITHER -> end;
        };
    }

    /** A token that an encoder is to read as one piece. */
    static void whole(String what, String token) {
        if (token.isEmpty() || token.chars().anyMatch(Character::isWhitespace))
            throw new IllegalArgumentException("a " + what + " must be one token, without spaces, but was '" + token + "'");
    }
}
