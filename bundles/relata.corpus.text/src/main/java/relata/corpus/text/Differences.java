package relata.corpus.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Example;
import relata.api.corpus.Omissions;

/** What a corpus lost on its way through a format. Examples are compared in their order; the entities of two are the same if they begin and end at the same letters. */
final class Differences {
    private final Corpus given;
    private final Corpus back;
    private final Omissions omissions;

    /** Between what was given and what came back. */
    Differences(Corpus given, Corpus back, Omissions omissions) {
        this.given = given;
        this.back = back;
        this.omissions = omissions;
    }

    /** Tells all of them. */
    void report() throws CorpusException {
        for (Map.Entry<String, List<Example>> split : given.splits().entrySet()) {
            List<Example> examples = split.getValue();
            List<Example> others = back.splits().getOrDefault(split.getKey(), List.of());
            String where = "split '" + split.getKey() + "'";
            if (others.size() == examples.size()) for (int i = 0; i < examples.size(); i++) example(split.getKey(), examples.get(i), others.get(i));
            else if (others.isEmpty()) omissions.leaveOut(where, "splits", "it would not come back; there would be: " + String.join(", ", back.splits().keySet()));
            else omissions.leaveOut(where, "examples", examples.size() + " would come back as " + others.size());
        }
        Set<String> lost = new TreeSet<>(given.relations());
        lost.removeAll(back.relations());
        if (!lost.isEmpty()) omissions.leaveOut("the corpus " + given.name(), "relations that no pair has", String.join(", ", lost));
        if (!given.negative().equals(back.negative()))
            omissions.leaveOut("the corpus " + given.name(), "which label means no relation", given.negative().map(n -> "'" + n + "'").orElse("none") + " would come back as " + back.negative().map(n -> "'" + n + "'").orElse("none"));
    }

    private void example(String split, Example a, Example b) throws CorpusException {
        if (a.equals(b)) return;
        String where = split + " example '" + a.id() + "'";
        Letters mine = Letters.of(a.passage());
        Letters theirs = Letters.of(b.passage());
        same(where, "ids of examples", a.id(), b.id());
        if (!a.passage().id().equals(b.passage().id()) && !a.passage().id().equals(a.id())) same(where, "ids of passages", a.passage().id(), b.passage().id());
        if (!a.passage().document().equals(a.passage().id())) same(where, "documents of passages", a.passage().document(), b.passage().document());
        if (!mine.words().equals(theirs.words())) {
            omissions.leaveOut(where, "words", "'" + around(mine.words(), theirs.words()) + "' would come back as '" + around(theirs.words(), mine.words()) + "'");
            return; // places in other words cannot be compared
        }
        same(where, "borders of tokens", a.passage().tokens(), b.passage().tokens());
        same(where, "borders of sentences", mine.sentences(), theirs.sentences());
        pairs(where, a, b, entities(where, mine, theirs));
    }

    /** Which entity of what came back is which. @return for each that was given its index there, or -1 */
    private int[] entities(String where, Letters mine, Letters theirs) throws CorpusException {
        int[] index = new int[mine.entities().size()];
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < index.length; i++) {
            index[i] = theirs.find(mine.entities().get(i), taken);
            taken.add(index[i]);
        }
        for (int i = 0; i < index.length; i++) {
            Letters.Named e = mine.entities().get(i);
            if (index[i] < 0) {
                omissions.leaveOut(where, "entities", "'" + e.id() + "' would not come back where it is");
                continue;
            }
            Letters.Named other = theirs.entities().get(index[i]);
            same(where, "ids of entities", e.id(), other.id());
            same(where, "types of entities", e.type(), other.type());
            if (e.mentions().size() != other.mentions().size()) omissions.leaveOut(where, "further mentions of entities", e.mentions().size() + " of '" + e.id() + "' would come back as " + other.mentions().size());
            else if (!e.mentions().equals(other.mentions())) omissions.leaveOut(where, "pieces of mentions", "'" + e.id() + "' is named in pieces that would not come back as they are");
        }
        for (int i = 0; i < theirs.entities().size(); i++) if (!taken.contains(i)) omissions.leaveOut(where, "entities", "'" + theirs.entities().get(i).id() + "' would come with it");
        return index;
    }

    private void pairs(String where, Example a, Example b, int[] index) throws CorpusException {
        Map<List<Integer>, Set<String>> asked = new HashMap<>();
        b.pairs().forEach(p -> asked.put(List.of(p.head(), p.tail()), new TreeSet<>(p.relations())));
        Set<List<Integer>> seen = new HashSet<>();
        for (var p : a.pairs()) {
            List<Integer> pair = List.of(index[p.head()], index[p.tail()]);
            seen.add(pair);
            String which = "'" + a.passage().entities().get(p.head()).id() + "' and '" + a.passage().entities().get(p.tail()).id() + "'";
            if (!asked.containsKey(pair)) omissions.leaveOut(where, "pairs that are asked about", which + " would not be asked about");
            else if (!asked.get(pair).equals(new TreeSet<>(p.relations()))) omissions.leaveOut(where, "relations of pairs", p.relations() + " between " + which + " would come back as " + asked.get(pair));
        }
        asked.keySet().removeAll(seen);
        if (!asked.isEmpty()) omissions.leaveOut(where, "which pairs are not asked about", asked.size() + " more would be");
        Set<List<Object>> facts = new HashSet<>();
        a.passage().facts().forEach(f -> facts.add(List.of(index[f.head()], index[f.tail()], f.relation())));
        Set<List<Object>> others = new HashSet<>();
        b.passage().facts().forEach(f -> others.add(List.of(f.head(), f.tail(), f.relation())));
        if (!facts.equals(others)) omissions.leaveOut(where, "facts", facts.size() + " would come back as " + others.size() + ", or as others");
    }

    private void same(String where, String what, Object mine, Object theirs) throws CorpusException {
        if (!Objects.equals(mine, theirs)) omissions.leaveOut(where, what, "'" + around(String.valueOf(mine), String.valueOf(theirs)) + "' would come back as '" + around(String.valueOf(theirs), String.valueOf(mine)) + "'");
    }

    /** A long text where it begins to be another. */
    private static String around(String text, String other) {
        if (text.length() <= 60) return text;
        List<Integer> points = new ArrayList<>(text.codePoints().boxed().toList());
        int first = 0;
        List<Integer> others = other.codePoints().boxed().toList();
        while (first < Math.min(points.size(), others.size()) && points.get(first).equals(others.get(first))) first++;
        int from = Math.max(0, first - 20);
        int to = Math.min(points.size(), first + 30);
        StringBuilder part = new StringBuilder(from > 0 ? "..." : "");
        points.subList(from, to).forEach(part::appendCodePoint);
        return part.append(to < points.size() ? "..." : "").toString();
    }
}
