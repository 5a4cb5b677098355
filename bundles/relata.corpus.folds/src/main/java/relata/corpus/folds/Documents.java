package relata.corpus.folds;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Example;
import relata.corpus.text.Hash;
import relata.corpus.text.Line;
import relata.corpus.text.Lines;

/** The documents of a corpus, and how they are dealt. */
final class Documents {
    private final String corpus;
    private final Set<String> ids = new LinkedHashSet<>();

    Documents(String corpus, List<Example> examples) {
        this.corpus = corpus;
        for (Example e : examples) ids.add(e.passage().document());
    }

    /** By a hash of their ids: the sizes differ by one at most. */
    Map<String, Integer> dealt(int folds) throws CorpusException {
        if (folds > ids.size()) throw new CorpusException(corpus, "has " + ids.size() + " documents, which cannot be dealt into " + folds + " folds");
        Map<String, Integer> foldOf = new HashMap<>();
        List<String> order = ordered(ids, "");
        for (int i = 0; i < order.size(); i++) foldOf.put(order.get(i), i % folds);
        return foldOf;
    }

    /** As a file says. @param inputs takes the file's hash */
    Map<String, Integer> given(Path file, int folds, SortedMap<String, String> inputs) throws IOException {
        Map<String, Integer> foldOf = new HashMap<>();
        inputs.put(String.valueOf(file.getFileName()), Lines.read(file, line -> {
            int tab = line.text().lastIndexOf('\t');
            if (tab < 0) throw line.error("has no tab, but a document's id, a tab and the number of its fold were expected");
            String id = line.text().substring(0, tab);
            if (!ids.contains(id)) throw line.error("names the document '" + id + "', which " + corpus + " does not have; it has, for example, '" + ids.iterator().next() + "'");
            if (foldOf.put(id, fold(line, line.text().substring(tab + 1).strip(), folds)) != null) throw line.error("has the document '" + id + "' again");
        }));
        for (String id : ids) if (!foldOf.containsKey(id)) throw new CorpusException(file.toString(), "gives no fold to the document '" + id + "' of " + corpus);
        return foldOf;
    }

    private static int fold(Line line, String text, int folds) throws CorpusException {
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) >= folds) throw line.error("has the fold '" + text + "', but a whole number from 0 to " + (folds - 1) + " was expected");
        return Integer.parseInt(text);
    }

    /**
     * The split of each document.
     *
     * @param fold the one that is {@code test}
     * @param dev share of the others that become {@code dev}: if it is not 0, at least one, never all
     */
    Map<String, String> splits(Map<String, Integer> foldOf, int fold, double dev) throws CorpusException {
        Map<String, String> splitOf = new HashMap<>();
        for (String id : ids) splitOf.put(id, foldOf.get(id) == fold ? "test" : "train");
        List<String> train = ids.stream().filter(id -> splitOf.get(id).equals("train")).toList();
        if (train.isEmpty() || train.size() == ids.size())
            throw new CorpusException(corpus, "has " + (train.isEmpty() ? "all documents" : "no document") + " in fold " + fold + "; the folds are " + foldOf.values().stream().distinct().sorted().toList());
        if (dev > 0) {
            int count = (int) Math.min(train.size() - 1, Math.ceil(dev * train.size()));
            if (count == 0) throw new CorpusException(corpus, "has one training document in fold " + fold + ": too few to take dev from");
            // another order than that of dealing, so that dev is not the next fold
            ordered(train, "dev\n").subList(0, count).forEach(id -> splitOf.put(id, "dev"));
        }
        return splitOf;
    }

    private static List<String> ordered(Collection<String> ids, String salt) {
        return ids.stream().sorted(Comparator.comparing(id -> Hash.of(salt + id), Arrays::compareUnsigned)).toList();
    }
}
