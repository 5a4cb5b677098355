package relata.corpus.biomedical;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Mention;
import relata.api.corpus.Span;
import relata.corpus.text.Mark;
import relata.corpus.text.Offsets;
import relata.corpus.text.Unit;

/**
 * Finds the mentions of a file's drafts in their texts. What the file's offsets count is a setting, or found out: the first of code points, UTF-16 units and
 * bytes in which at every mention of the file stands what should stand there. A mention that fits none is an error, and so are two that fit no unit together.
 */
final class Fitting {
    private static final List<Unit> UNITS = List.of(Unit.CODEPOINT, Unit.UTF16, Unit.BYTE);

    private Fitting() {}

    /** Looks up the offsets of a file. @param unit what they count, if known */
    static List<Document> fit(List<Draft> drafts, Optional<Unit> unit, Notes notes) throws CorpusException {
        for (Draft d : drafts) checkIds(d);
        // in plain ASCII all units are the same
        boolean ascii = drafts.stream().allMatch(d -> d.sections().stream().allMatch(s -> s.text().chars().allMatch(c -> c < 0x80)));
        Map<Unit, CorpusException> errors = new EnumMap<>(Unit.class);
        for (Unit u : unit.map(List::of).orElse(ascii ? UNITS.subList(0, 1) : UNITS)) {
            try {
                List<Document> documents = new ArrayList<>();
                for (Draft d : drafts) documents.add(document(d, u));
                if (u != Unit.CODEPOINT) notes.count("files have offsets that count " + u.plural());
                return documents;
            } catch (CorpusException e) {
                errors.put(u, e);
            }
        }
        if (errors.size() == 1) throw errors.values().iterator().next();
        throw unfit(drafts, errors);
    }

    /** Why no unit fits: a mention that fits none, or two that do not fit the same. */
    private static CorpusException unfit(List<Draft> drafts, Map<Unit, CorpusException> errors) throws CorpusException {
        Map<Unit, Draft.Name> misfits = new EnumMap<>(Unit.class);
        for (Draft d : drafts)
            for (Draft.Name name : d.names()) {
                List<Unit> fitting = new ArrayList<>();
                Draft alone = new Draft(d.at(), d.id(), d.sections(), List.of(name), List.of());
                CorpusException first = null;
                for (Unit u : UNITS) {
                    try {
                        document(alone, u);
                        fitting.add(u);
                    } catch (CorpusException e) {
                        if (first == null) first = e;
                        misfits.putIfAbsent(u, name);
                    }
                }
                if (fitting.isEmpty() && first != null) return first;
                for (Unit u : fitting) {
                    Draft.Name other = misfits.get(u);
                    if (misfits.size() == UNITS.size() && other != null)
                        return name.at().error(name.name() + " '" + name.text() + "' stands where it should only if offsets count " + u.plural() + ", but " + other.name() + " '" + other.text()
                                + "' (" + other.at().words() + ") only if they do not: the file mixes units");
                }
            }
        return errors.values().iterator().next();
    }

    private static void checkIds(Draft d) throws CorpusException {
        if (d.sections().stream().allMatch(s -> s.text().isBlank())) throw d.at().error("document '" + d.id() + "' has no text");
        for (Draft.Name name : d.names()) {
            for (int[] s : name.spans()) if (s[1] <= s[0] || s[0] < 0) throw name.at().error(name.name() + " goes from " + s[0] + " to " + s[1] + ", but an end (exclusive) after its start was expected");
            if (name.text().isBlank()) throw name.at().error(name.name() + " has no text to check its place by");
        }
    }

    private static Document document(Draft d, Unit unit) throws CorpusException {
        StringBuilder text = new StringBuilder();
        List<Integer> starts = new ArrayList<>();
        List<Integer> bases = new ArrayList<>();
        int base = 0;
        for (Draft.Section s : d.sections()) {
            starts.add(text.length());
            bases.add(base);
            text.append(s.text()).append('\n');
            base += unit.count(s.text()) + 1;
        }
        bases.add(base);
        List<Mark> marks = new ArrayList<>();
        for (Draft.Name name : d.names()) marks.add(mark(name, bases, unit));
        Offsets offsets = Offsets.ofText(d.at(), text.toString(), unit, marks, List.of());
        List<Document.Term> terms = new ArrayList<>();
        BitSet inside = new BitSet();
        for (int i = 0; i < marks.size(); i++) {
            Draft.Name name = d.names().get(i);
            Mention mention = offsets.mention(marks.get(i));
            terms.add(new Document.Term(name.at(), name.id(), name.type(), mention));
            inside.set(offsets.cuts().get(mention.start()).start() + 1, offsets.cuts().get(mention.end() - 1).end());
        }
        terms.sort(Comparator.<Document.Term>comparingInt(t -> t.mention().start()).thenComparingInt(t -> -t.mention().end()));
        return new Document(d.at(), d.id(), offsets.tokens(), sentences(d, text.toString(), starts, inside, offsets.cuts()), terms, d.links());
    }

    /** A mention's offsets count from its section; here they count from the document's start. */
    private static Mark mark(Draft.Name name, List<Integer> bases, Unit unit) throws CorpusException {
        int base = bases.get(name.section());
        int length = bases.get(name.section() + 1) - base - 1;
        List<int[]> spans = new ArrayList<>();
        for (int[] s : name.spans()) {
            if (s[1] > length) throw name.at().error(name.name() + " '" + name.text() + "' goes from " + s[0] + " to " + s[1] + ", but the text has " + length + " " + unit.plural());
            spans.add(new int[] {base + s[0], base + s[1]});
        }
        return new Mark(name.name(), spans, Optional.of(name.text()), Optional.of(name.at()));
    }

    private static List<Integer> sentences(Draft d, String text, List<Integer> starts, BitSet inside, List<Span> cuts) {
        TreeSet<Integer> characters = new TreeSet<>();
        for (int i = 0; i < starts.size(); i++) {
            Draft.Section s = d.sections().get(i);
            int from = starts.get(i);
            int to = from + s.text().length();
            if (s.cut() == Draft.Cut.NONE) characters.add(from);
            else {
                characters.addAll(Sentences.starts(text, from, from + s.body(), inside, s.cut() == Draft.Cut.LINES));
                characters.addAll(Sentences.starts(text, from + s.body(), to, inside, s.cut() == Draft.Cut.LINES));
            }
        }
        characters.removeIf(inside::get);
        TreeSet<Integer> sentences = new TreeSet<>();
        int token = 0;
        for (int c : characters) {
            while (token < cuts.size() && cuts.get(token).start() < c) token++;
            if (token < cuts.size()) sentences.add(token);
        }
        return List.copyOf(sentences);
    }
}
