package relata.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.corpus.Example;
import relata.console.rest.Refusal;

class SentencesTest {
    private static Sentence text(String text, String unit, int... ends) {
        return new Sentence(text, List.of(), List.of(ends[0], ends[1]), List.of(ends[2], ends[3]), "", "", unit);
    }

    private static Example read(Sentence sentence) throws Refusal {
        return Sentences.examples(List.of(sentence)).get(0);
    }

    private static String words(Example e, int entity) {
        return String.join(" ", e.passage().tokens().subList(e.passage().entities().get(entity).mentions().get(0).start(), e.passage().entities().get(entity).mentions().get(0).end()));
    }

    @Test
    void textIsCutAndTheEntitiesFound() throws Refusal {
        Example e = read(text("Ada's friend, Steve Jobs, founded Apple.", "utf16", 14, 24, 34, 39));
        assertEquals(List.of("Ada", "'s", "friend", ",", "Steve", "Jobs", ",", "founded", "Apple", "."), e.passage().tokens());
        assertEquals("Steve Jobs", words(e, 0));
        assertEquals("Apple", words(e, 1));
        assertEquals("COX-2", words(read(text("COX-2-mediated pain of Ada", "utf16", 0, 5, 23, 26)), 0), "a hyphenated word may be cut at its hyphen");
    }

    @Test
    void offsetsCountWhatTheUnitSays() throws Refusal {
        // 𝛼 is one character of two UTF-16 units
        String text = "𝛼-actinin binds titin";
        assertEquals("titin", words(read(text(text, "codepoint", 0, 9, 16, 21)), 1));
        assertEquals("titin", words(read(text(text, "utf16", 0, 10, 17, 22)), 1));
        assertEquals("𝛼-actinin", words(read(text(text, "codepoint", 0, 9, 16, 21)), 0));
        Refusal wrong = assertThrows(Refusal.class, () -> read(text(text, "utf16", 1, 10, 17, 22)));
        assertTrue(wrong.details().get(0).contains("cuts a character in two at 1"), wrong.details().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0, 3, 14, 19 | head is 'Ste', which cuts a word in two at 3",
        "1, 5, 14, 19 | head is 'teve', which cuts a word in two at 1",
        "0, 5, 14, 40 | tail goes from 14 to 40, but there are 20 UTF-16 units",
        "5, 5, 14, 19 | head goes from 5 to 5, but there are 20 UTF-16 units (the end is exclusive)",
        "-1, 5, 14, 19 | head goes from -1 to 5",
        "0, 13, 6, 19 | head and tail overlap",
        "5, 6, 14, 19 | head holds only space"
    })
    void wrongOffsetsAreRefused(String ends, String said) {
        int[] e = List.of(ends.split(", ")).stream().mapToInt(Integer::parseInt).toArray();
        Refusal refusal = assertThrows(Refusal.class, () -> read(text("Steve founded Apple.", "utf16", e)));
        assertEquals("422 wrong-sentence", Lab.refused(refusal));
        assertTrue(refusal.details().get(0).startsWith("sentences[0]: " + said), refusal.details().toString());
    }

    @Test
    void tokensAreTakenAsTheyAre() throws Refusal {
        Example e = read(new Sentence("", List.of("Steve", "founded", "Apple"), List.of(0, 1), List.of(2, 3), "PER", "ORG", "utf16"));
        assertEquals("Apple", words(e, 1));
        assertEquals("ORG", e.passage().entities().get(1).type());
    }

    @Test
    void allMistakesComeAtOnce() {
        List<Sentence> sentences = List.of(
                new Sentence("", List.of(), List.of(0, 1), List.of(2, 3), "", "", "utf16"), text("a b c", "utf16", 0, 1, 2, 3), new Sentence("a b", List.of("a"), List.of(0, 1), List.of(2, 3), "", "", "utf16"),
                new Sentence("", List.of("a", " "), List.of(0, 1), List.of(1, 2), "", "", "utf16"), new Sentence("a b", List.of(), List.of(0), List.of(2, 3), "", "", "utf16"), text("a b", "bytes", 0, 1, 2, 3),
                text("a".repeat(Sentences.LONGEST + 1), "utf16", 0, 1, 2, 3), new Sentence("", Collections.nCopies(Sentences.MOST_TOKENS + 1, "a"), List.of(0, 1), List.of(1, 2), "", "", "utf16"));
        List<String> mistakes = assertThrows(Refusal.class, () -> Sentences.examples(sentences)).details();
        assertEquals(7, mistakes.size(), mistakes.toString());
        assertTrue(mistakes.get(0).contains("neither text nor tokens") && mistakes.get(1).startsWith("sentences[2]: has both") && mistakes.get(4).contains("must be utf16 or codepoint"), mistakes.toString());
    }
}
