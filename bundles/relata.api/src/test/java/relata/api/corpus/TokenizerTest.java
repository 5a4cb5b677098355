package relata.api.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class TokenizerTest {
    private static List<String> tokens(String text, Integer... borders) {
        return Tokenizer.tokenize(text, new TreeSet<>(List.of(borders))).stream().map(s -> text.substring(s.start(), s.end())).toList();
    }

    @Test
    void wordsNumbersAndMarks() {
        assertEquals(List.of("We", "further", "show", "that", "@PROTEIN$", "directly", "interacts", "with", "@PROTEIN$", "and", "Rpn4", "."), tokens("We further show that @PROTEIN$ directly interacts with @PROTEIN$ and Rpn4."));
        assertEquals(List.of("In", "the", "U.S.", ",", "3.5", "%", "of", "1,000", "well-known", "IL-2", "genes", "(", "e.g.", "p53", ")", "..."), tokens("In the U.S., 3.5% of 1,000 well-known IL-2 genes (e.g. p53)..."));
        assertEquals(List.of("It", "does", "n't", "matter", ";", "they", "'re", "Ada", "'s", ",", "O'Brien", "’s", "and", "the", "dogs", "'"), tokens("It doesn't matter; they're Ada's, O'Brien’s and the dogs'"));
        assertEquals(List.of("naïve", "e\u0301tude", "漢字", "a_b", "x", "=", "y", "--", "z", "@", "$", "½", "😀"), tokens("naïve e\u0301tude 漢字 a_b x=y--z @$ ½😀"));
        assertEquals(List.of(), tokens(" \t\u00a0\n"));
        assertEquals(List.of(), tokens(""));
    }

    @Test
    void bordersBreakEverything() {
        assertEquals(List.of("@", "PRO", "TEIN", "$"), tokens("@PROTEIN$", 4, 8));
        assertEquals(List.of("IL", "-", "2", "R"), tokens("IL-2R", 0, 2, 3, 4, 5));
        assertEquals(List.of("Ada", "'s", "and", "Bo", "’ll"), tokens("Ada's and Bo’ll", 3, 12));
        assertEquals(List.of("Ada", "'", "six", "'"), tokens("Ada'six'", 3));
    }

    @Test
    void whateverTheTextTheTokensCoverItInOrder() {
        Random random = new Random(5);
        String alphabet = "ab9 .-'’$@_(%\n\u00a0é漢😀\u0301U.S.n't";
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) text.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, random.nextInt(alphabet.codePointCount(0, alphabet.length())))));
            TreeSet<Integer> borders = new TreeSet<>();
            for (int i = random.nextInt(4); i > 0; i--) borders.add(text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1)));
            int at = 0;
            for (Span token : Tokenizer.tokenize(text.toString(), borders)) {
                assertTrue(token.start() >= at, text::toString);
                assertTrue(text.substring(at, token.start()).codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c)), text::toString);
                assertTrue(text.substring(token.start(), token.end()).codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c)), text::toString);
                assertTrue(borders.subSet(token.start(), false, token.end(), false).isEmpty(), text::toString);
                at = token.end();
            }
            assertTrue(text.substring(at).codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c)), text::toString);
        }
    }

    @Test
    void longRunsTakeNoLongerThanTheyMust() {
        for (String unit : List.of("a", "a-", "a.", "@", "@a", ".", "'", "\u0301", "a'"))
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Tokenizer.tokenize(unit.repeat(1_000_000), new TreeSet<>()), unit);
    }
}
