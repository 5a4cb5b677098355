package relata.runtime;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Example;
import relata.api.run.StageContext;

/**
 * Stratified shares of a split: ceil(n · fraction) examples of each relation, in the split's order; a smaller share is part of a larger one of the same
 * seed. An example with several pairs counts for the relation of its first.
 */
final class Subsample {
    /** The file in a stage's folder that names the examples. */
    static final String FILE = "sample.json";

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** Settings of a stage that works on a share of a split. */
    interface Shared {
        /** The split. */
        String split();

        /** The share, in (0, 1]. */
        double fraction();
    }

    private Subsample() {}

    /** The share that a stage works on. @param seed the recipe's: stages of a run with the same share have the same examples */
    static List<Example> of(Shared share, Corpus corpus, long seed) throws CorpusException {
        return of(corpus.split(share.split()), share.fraction(), new Seeds(seed, "fraction").of(share.split()));
    }

    /** The same, and notes in the stage's folder which they are, unless they are all. */
    static List<Example> noted(Shared share, StageContext context) throws IOException {
        List<Example> chosen = of(share, context.corpus(), context.recipe().seed());
        if (share.fraction() < 1) {
            Map<String, Object> sample = note(share, context.corpus(), chosen);
            sample.put("ids", chosen.stream().map(Example::id).toList());
            Path file = context.folder().resolve(FILE);
            Folders.write(file, GSON.toJson(sample) + "\n");
        }
        return chosen;
    }

    /** What provenance says of a share. */
    static Map<String, Object> note(Shared share, Corpus corpus, List<Example> chosen) throws CorpusException {
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("corpus", corpus.name());
        note.put("split", share.split());
        note.put("fraction", share.fraction());
        note.put("examples", chosen.size());
        note.put("of", corpus.split(share.split()).size());
        note.put("sha256", hash(chosen));
        return note;
    }

    /** The SHA-256 of the examples' ids, each with a line end. */
    static String hash(List<Example> examples) {
        StringBuilder ids = new StringBuilder();
        for (Example e : examples) ids.append(e.id()).append('\n');
        return Provenance.sha256(ids.toString());
    }

    static List<Example> of(List<Example> examples, double fraction, long seed) {
        if (fraction >= 1) return examples;
        Map<String, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++)
            groups.computeIfAbsent(examples.get(i).pairs().get(0).relation().orElse(""), r -> new ArrayList<>()).add(i);
        BitSet chosen = new BitSet();
        groups.forEach((relation, members) -> {
            Collections.shuffle(members, new Random(Seeds.at(seed, relation.hashCode())));
            members.subList(0, share(members.size(), fraction)).forEach(chosen::set);
        });
        return chosen.stream().mapToObj(examples::get).toList();
    }

    /** The ceiling of the decimal number that was written: in binary, 0.07 · 100 is a little more than 7. */
    private static int share(int size, double fraction) {
        return BigDecimal.valueOf(fraction).multiply(BigDecimal.valueOf(size)).setScale(0, RoundingMode.CEILING).intValueExact();
    }
}
