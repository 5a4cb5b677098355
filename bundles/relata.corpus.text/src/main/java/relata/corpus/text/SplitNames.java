package relata.corpus.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;

/** What a writer has to know of a corpus's splits and labels so that a reader takes its files for what they are. */
public final class SplitNames {
    private SplitNames() {}

    /** The name of a split's file. @throws CorpusException if it would be no file of the folder */
    public static String file(String split, String extension) throws CorpusException {
        if (!split.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*")) throw new CorpusException("split '" + split + "'", "cannot be the name of a file; letters, digits, '_', '-' and '.' can");
        return split + extension;
    }

    /** For the setting {@code files}: each split's file, unless all names are such as {@link SplitFile} knows. */
    public static Map<String, String> files(Corpus corpus, String extension) throws CorpusException {
        if (Set.of("train", "dev", "test").containsAll(corpus.splits().keySet())) return Map.of();
        Map<String, String> files = new TreeMap<>();
        for (String split : corpus.splits().keySet()) files.put(split, file(split, extension));
        return files;
    }

    /** For the setting {@code negative}: the label that means no relation, if a pair has it. */
    public static Optional<String> negative(Corpus corpus) {
        return corpus.negative().filter(n -> corpus.splits().values().stream().anyMatch(s -> relations(s).contains(n)));
    }

    /** True if a split has a label that {@code train} lacks, at which readers would stop. */
    public static boolean unseen(Corpus corpus) {
        Set<String> known = relations(corpus.splits().getOrDefault("train", List.of()));
        corpus.negative().ifPresent(known::remove);
        if (known.isEmpty()) return false;
        corpus.negative().ifPresent(known::add);
        return corpus.splits().values().stream().anyMatch(s -> !known.containsAll(relations(s)));
    }

    private static Set<String> relations(List<Example> examples) {
        Set<String> relations = new TreeSet<>();
        for (Example e : examples) for (Pair p : e.pairs()) relations.addAll(p.relations());
        return relations;
    }
}
