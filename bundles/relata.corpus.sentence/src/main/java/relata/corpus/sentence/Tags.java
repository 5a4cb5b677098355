package relata.corpus.sentence;

import java.util.List;
import java.util.Optional;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Mark;
import relata.corpus.text.Offsets;
import relata.corpus.text.Place;
import relata.corpus.text.Unit;

/**
 * A text in which two entities stand between tags, such as {@code <e1>} and {@code </e1>}; the tags are cut out.
 *
 * @param head where the first entity stands in the text without tags
 * @param tail where the second stands
 */
record Tags(Offsets offsets, Mark head, Mark tail) {
    /** What opens and closes an entity. A closing tag counts only behind its opening one. */
    record Tag(String open, String close) {}

    /** Cuts the tags out. @throws CorpusException if a tag is missing, comes twice, or encloses nothing */
    static Tags of(Place at, String text, Tag head, Tag tail) throws CorpusException {
        int[] h = find(at, text, head);
        int[] t = find(at, text, tail);
        StringBuilder plain = new StringBuilder();
        int[] moved = new int[4];
        List<String> cuts = List.of(head.open, head.close, tail.open, tail.close);
        int[] places = {h[0], h[1], t[0], t[1]};
        for (int i = 0; i < text.length();) {
            int cut = -1;
            for (int k = 0; k < 4; k++) if (places[k] == i) cut = k;
            if (cut < 0) plain.append(text.charAt(i++));
            else {
                moved[cut] = plain.length();
                i += cuts.get(cut).length();
                // tags that overlap, as in "<< a >> ]]", would be read twice
                for (int p : places) if (p > places[cut] && p < i) throw at.error("the tags " + head + " and " + tail + " run into each other");
            }
        }
        Mark first = mark(at, head, moved[0], moved[1]);
        Mark second = mark(at, tail, moved[2], moved[3]);
        return new Tags(Offsets.ofText(at, plain.toString(), Unit.UTF16, List.of(first, second), List.of()), first, second);
    }

    private static int[] find(Place at, String text, Tag tag) throws CorpusException {
        int open = text.indexOf(tag.open);
        if (open < 0) throw at.error("has no '" + tag.open.strip() + "', but '" + tag.open + "entity" + tag.close + "' was expected");
        if (text.indexOf(tag.open, open + 1) >= 0) throw at.error("has more than one '" + tag.open.strip() + "'");
        int close = text.indexOf(tag.close, open + tag.open.length());
        if (close < 0) throw at.error("has no '" + tag.close.strip() + "' behind '" + tag.open.strip() + "'");
        return new int[] {open, close};
    }

    private static Mark mark(Place at, Tag tag, int start, int end) throws CorpusException {
        if (end <= start) throw at.error("has nothing between '" + tag.open.strip() + "' and '" + tag.close.strip() + "'");
        return Mark.of(tag.open + "..." + tag.close, start, end, Optional.empty());
    }
}
