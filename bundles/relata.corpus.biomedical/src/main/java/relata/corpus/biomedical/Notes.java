package relata.corpus.biomedical;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a reader leaves out or decides, counted, so that nothing is lost in silence. */
final class Notes {
    private final Map<String, Integer> counts = new TreeMap<>();

    /** One more of something, in the plural: {@code events}. */
    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** All of it in one sentence; empty if there is nothing to say. */
    String words() {
        return counts.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).collect(Collectors.joining("; "));
    }
}
