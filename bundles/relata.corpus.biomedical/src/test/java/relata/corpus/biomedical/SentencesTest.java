package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SentencesTest {
    private static List<String> split(String text, boolean lines, String... mentions) {
        BitSet inside = new BitSet();
        for (String m : mentions) inside.set(text.indexOf(m) + 1, text.indexOf(m) + m.length());
        List<Integer> starts = Sentences.starts(text, 0, text.length(), inside, lines);
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) sentences.add(text.substring(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : text.length()).strip());
        return sentences;
    }

    @Test
    void sentencesEndWhereTheNextBegins() {
        assertEquals(List.of("It binds.", "Does it?", "Yes!", "(Maybe.)", "\"No.\"", "5 mg."), split(" It binds. Does it? Yes! (Maybe.)  \"No.\" 5 mg. ", false));
        assertEquals(List.of("It is α.", "Αlpha is it.", "\ud835\udc00 too."), split("It is α. Αlpha is it. \ud835\udc00 too.", false));
        assertEquals(List.of("Pressure fell (P < 0.05).", "[Next]"), split("Pressure fell (P < 0.05). [Next]", false));
    }

    @Test
    void abbreviationsAndInitialsEndNothing() {
        for (String text : List.of("Given i.v. The dose of E. Coli, e.g. 5 mg vs. Placebo (cf. Fig. 2) by J. Smith et al. 1999", "in 3.5 ml of 0.1 M. it was", "the p53. protein")) assertEquals(List.of(text), split(text, false));
    }

    @Test
    void noneBeginsInAMention() {
        assertEquals(List.of("It is Factor V. Leiden here."), split("It is Factor V. Leiden here.", false, "Factor V. Leiden"));
        assertEquals(List.of("It is cyclosporin A.", "Here."), split("It is cyclosporin A. Here.", false, "cyclosporin A"));
        assertEquals(List.of("The drug Abc. Def is.", "New."), split("The drug Abc. Def is. New.", false, "Abc. Def"));
    }

    @Test
    void linesCountOnRequest() {
        assertEquals(List.of("A title", "the body goes", "on. and on"), split("A title\nthe body goes\r\non. and on", true));
        assertEquals(List.of("A title\nthe body."), split("A title\nthe body.", false));
        assertEquals(List.of("A left\nventricle", "b"), split("A left\nventricle\nb", true, "left\nventricle"));
    }

    @Test
    void emptyTextHasNone() {
        assertEquals(List.of(), split("", false));
        assertEquals(List.of(), split(" \n\t", true));
    }
}
