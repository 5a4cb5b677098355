package relata.corpus.biomedical;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where sentences begin in English biomedical text. A sentence ends at {@code . ! ?}, with brackets and quotes that close after it, where space follows and then a capital,
 * a digit, or an opening bracket or quote; not after abbreviations, initials and the like, and never inside of a mention. The same text and mentions always give the same sentences.
 */
final class Sentences {
    private static final String CLOSING = ")]}\"'\u2019\u201d\u00bb";
    private static final String OPENING = "([{\"'\u2018\u201c\u00ab";
    /** What stands before more of the same sentence. */
    private static final Set<String> ABBREVIATIONS = Set.of("e.g", "i.e", "vs", "cf", "approx", "fig", "figs", "no", "nos", "al", "ca", "dr", "prof", "st", "sp", "spp", "subsp", "var", "resp",
            "eq", "eqs", "ref", "refs", "vol", "ed", "eds", "inc", "ltd", "co", "viz", "wt", "mol", "conc", "temp", "min", "max", "tab", "suppl", "i.v", "i.p", "s.c", "p.o", "i.m", "i.c.v", "a.m",
            "p.m", "u.s", "u.k", "b.i.d", "t.i.d", "q.d");

    private final String text;
    private final BitSet inside;
    private final List<Integer> starts = new ArrayList<>();

    private Sentences(String text, BitSet inside) {
        this.text = text;
        this.inside = inside;
    }

    /**
     * The places where a sentence begins, ascending, the first word's among them.
     *
     * @param from where to begin
     * @param to where to end
     * @param inside places where none may begin: a mention goes on
     * @param lines every line begins one
     */
    static List<Integer> starts(String text, int from, int to, BitSet inside, boolean lines) {
        Sentences sentences = new Sentences(text, inside);
        int first = sentences.skipSpace(from, to);
        if (first == to) return List.of();
        sentences.starts.add(first);
        for (int i = first; i < to;) {
            int c = text.codePointAt(i);
            if (!isSpace(c)) {
                i += Character.charCount(c);
                continue;
            }
            int next = sentences.skipSpace(i, to);
            if (next < to && !inside.get(next) && (lines && sentences.hasLineEnd(i, next) || sentences.ends(first, i) && sentences.canBegin(next))) sentences.starts.add(next);
            i = next;
        }
        return sentences.starts;
    }

    private int skipSpace(int i, int to) {
        while (i < to && isSpace(text.codePointAt(i))) i += Character.charCount(text.codePointAt(i));
        return i;
    }

    private boolean hasLineEnd(int from, int to) {
        for (int i = from; i < to; i++) if (text.charAt(i) == '\n' || text.charAt(i) == '\r') return true;
        return false;
    }

    private boolean canBegin(int i) {
        int c = text.codePointAt(i);
        return Character.isUpperCase(c) || Character.isTitleCase(c) || Character.isDigit(c) || OPENING.indexOf(c) >= 0 || c > 0x7f && !Character.isLowerCase(c);
    }

    /** True if a sentence may end right before {@code end}. */
    private boolean ends(int from, int end) {
        int last = end;
        while (last > from && CLOSING.indexOf(text.charAt(last - 1)) >= 0) last--;
        if (last == from || ".!?".indexOf(text.charAt(last - 1)) < 0 || inside.get(last)) return false;
        if (text.charAt(last - 1) != '.' || last < end) return true;
        int start = last - 1;
        while (start > from && !isSpace(text.codePointBefore(start))) start--;
        while (start < last - 1 && OPENING.indexOf(text.charAt(start)) >= 0) start++;
        String word = text.substring(start, last - 1);
        // as in J. Smith, but not in cyclosporin A, which is named as a whole
        boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !inside.get(start);
        return !initial && !ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
