package relata.corpus.sentence;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import relata.api.corpus.Corpus;
import relata.api.corpus.Example;

/** How often there is what. */
final class Count {
    private Count() {}

    static Map<String, Integer> labels(Corpus corpus, String split) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (Example e : corpus.split(split)) e.pairs().forEach(p -> p.relations().forEach(r -> counts.merge(r, 1, Integer::sum)));
        return counts;
    }
}
