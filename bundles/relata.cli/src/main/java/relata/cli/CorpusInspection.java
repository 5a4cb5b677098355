package relata.cli;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import relata.api.corpus.Corpus;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;

/** Looks for what a reader lets pass but a training will suffer from. */
final class CorpusInspection {
    private final Corpus corpus;
    private final List<String> findings = new ArrayList<>();

    private CorpusInspection(Corpus corpus) {
        this.corpus = corpus;
    }

    /** One sentence for each finding, in the order of the corpus; none if there is nothing to say. */
    static List<String> of(Corpus corpus) {
        CorpusInspection inspection = new CorpusInspection(corpus);
        inspection.sizes();
        inspection.ids();
        inspection.pairs();
        inspection.leaks();
        inspection.unseen();
        return inspection.findings;
    }

    private void sizes() {
        if (corpus.splits().isEmpty()) findings.add("there are no splits");
        corpus.splits().forEach((name, examples) -> {
            if (examples.isEmpty()) findings.add(name + ": holds no example");
        });
    }

    private void ids() {
        Map<String, String> seen = new HashMap<>();
        each((split, example) -> {
            String before = seen.putIfAbsent(example.id(), split);
            if (before != null) findings.add(split + " " + example.id() + ": this id is in " + before + " already");
        });
    }

    private void pairs() {
        each((split, example) -> {
            for (int i = 0; i < example.pairs().size(); i++) {
                Pair pair = example.pairs().get(i);
                String where = split + " " + example.id() + ": pair " + i;
                for (String relation : pair.relations())
                    if (!corpus.relations().contains(relation)) findings.add(where + " has the relation '" + relation + "', which is not among the corpus's");
                if (pair.relations().size() > 1 && corpus.negative().filter(pair.relations()::contains).isPresent())
                    findings.add(where + " has both a relation and '" + corpus.negative().get() + "'");
                BitSet head = example.head(i).tokens();
                if (pair.head() != pair.tail() && head.equals(example.tail(i).tokens())) findings.add(where + " has head and tail on the same tokens");
            }
        });
    }

    /** The same question in two splits: what is learnt by heart counts as understood. */
    private void leaks() {
        Map<String, String> seen = new HashMap<>();
        each((split, example) -> {
            for (int i = 0; i < example.pairs().size(); i++) {
                String question = example.passage().text() + "\t" + example.head(i).tokens() + "\t" + example.tail(i).tokens();
                String before = seen.putIfAbsent(question, split);
                if (before != null && !before.equals(split)) findings.add(split + " " + example.id() + ": the same text with the same pair is in " + before);
            }
        });
    }

    private void unseen() {
        List<Example> train = corpus.splits().get("train");
        if (train == null) return;
        Set<String> known = new HashSet<>();
        train.forEach(e -> e.pairs().forEach(p -> known.addAll(p.relations())));
        if (known.isEmpty()) return;
        Set<String> told = new HashSet<>();
        each((split, example) -> example.pairs().forEach(p -> p.relations().forEach(r -> {
            if (!known.contains(r) && told.add(split + r)) findings.add(split + " " + example.id() + ": the relation '" + r + "' does not occur in train");
        })));
    }

    private void each(BiConsumer<String, Example> visitor) {
        corpus.splits().forEach((split, examples) -> examples.forEach(example -> visitor.accept(split, example)));
    }
}
