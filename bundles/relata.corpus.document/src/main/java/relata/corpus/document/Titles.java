package relata.corpus.document;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Makes unique ids of titles: the second document of a title gets a number behind it. */
final class Titles {
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> ids = new HashSet<>();

    String id(String title) {
        String id = title;
        while (!ids.add(id)) id = title + " #" + (counts.merge(title, 1, Integer::sum) + 1);
        return id;
    }
}
