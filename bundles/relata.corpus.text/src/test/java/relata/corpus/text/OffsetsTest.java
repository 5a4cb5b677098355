package relata.corpus.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Mention;
import relata.api.corpus.Span;

final class OffsetsTest {
    private static final Place AT = new Place(Path.of("folder", "file.txt"), 7, "doc");
    /** é has two bytes, 😀 four of them and two UTF-16 units. */
    private static final String TEXT = "café 😀 dogs bark";

    private static Mention mention(Unit unit, int start, int end, String text) throws CorpusException {
        Mark mark = Mark.of("T1", start, end, Optional.of(text));
        return Offsets.ofText(AT, TEXT, unit, List.of(mark), List.of()).mention(mark);
    }

    @Test
    void bytesUnitsAndCodePointsAreToldApart() throws CorpusException {
        assertEquals(Mention.of(2, 3), mention(Unit.CODEPOINT, 7, 11, "dogs"));
        assertEquals(Mention.of(2, 3), mention(Unit.UTF16, 8, 12, "dogs"));
        assertEquals(Mention.of(2, 3), mention(Unit.BYTE, 11, 15, "dogs"));
        assertEquals(Mention.of(1, 2), mention(Unit.BYTE, 6, 10, "😀"));
    }

    @Test
    void aMismatchNamesTheMentionAndWhereItStands() {
        String message = assertThrows(CorpusException.class, () -> mention(Unit.CODEPOINT, 8, 12, "dogs")).getMessage();
        assertTrue(message.startsWith(Path.of("folder", "file.txt") + " line 7: doc: T1 is 'dogs', but at characters 8 to 12 stands 'ogs '; it stands at characters 7 to 11 (offsets count"), message);
        message = assertThrows(CorpusException.class, () -> mention(Unit.BYTE, 7, 11, "dogs")).getMessage();
        assertTrue(message.contains("T1 cuts a character in two at 7"), message);
        message = assertThrows(CorpusException.class, () -> mention(Unit.BYTE, 6, 10, "dogs")).getMessage();
        assertTrue(message.contains("it stands at bytes 11 to 15"), message);
        message = assertThrows(CorpusException.class, () -> mention(Unit.UTF16, 6, 9, "x")).getMessage();
        assertTrue(message.contains("cuts a character in two at 6"), message);
        message = assertThrows(CorpusException.class, () -> mention(Unit.BYTE, 11, 21, "dogs")).getMessage();
        assertTrue(message.contains("11 to 21") && message.contains("20 bytes"), message);
    }

    @Test
    void caseCountsUnlessItShouldNot() throws CorpusException {
        Offsets offsets = Offsets.ofTokens(AT, List.of("The", "Dogs"));
        Mark mark = Mark.of("h", 1, 2, Optional.of("dogs"));
        assertThrows(CorpusException.class, () -> offsets.mention(mark));
        assertEquals(new Mention(List.of(new Span(1, 2))), offsets.ignoringCase().mention(mark));
    }

    @Test
    void blankTokensAreCountedButLeftOut() throws CorpusException {
        Offsets offsets = Offsets.ofTokensWithBlanks(AT, List.of("\u00a0", "big", " ", "dogs", "bark"));
        assertEquals(List.of("big", "dogs", "bark"), offsets.tokens());
        assertEquals(Mention.of(0, 2), offsets.mention(Mark.of("h", 1, 4, Optional.of("big dogs"))));
        assertEquals(Mention.of(2, 3), offsets.mention(Mark.of("h", 4, 5, Optional.of("bark"))));
        assertEquals(List.of(0, 2), offsets.sentences(List.of(0, 4)));
        assertTrue(assertThrows(CorpusException.class, () -> offsets.mention(Mark.of("h", 2, 3, Optional.empty()))).getMessage().contains("h holds only space"));
        assertTrue(assertThrows(CorpusException.class, () -> offsets.mention(Mark.of("h", 4, 6, Optional.empty()))).getMessage().contains("5 tokens"));
        assertThrows(CorpusException.class, () -> Offsets.ofTokensWithBlanks(AT, List.of(" ")));
        assertThrows(CorpusException.class, () -> Offsets.ofTokens(AT, List.of("a", " ")));
    }

    @Test
    void aFewNamesMayBeWrong() throws CorpusException {
        Offsets offsets = Offsets.ofTokens(AT, List.of("a", "b"));
        Mismatches few = new Mismatches(0.25);
        for (String name : List.of("a", "a", "a", "x")) assertEquals(Mention.of(0, 1), few.mention(offsets, Mark.of(name, 0, 1, Optional.of(name))));
        few.finish();
        few.mention(offsets, Mark.of("y", 0, 1, Optional.of("y")));
        assertTrue(assertThrows(CorpusException.class, few::finish).getMessage().contains("x is 'x', but at tokens 0 to 1 stands 'a'"));
        assertThrows(CorpusException.class, () -> few.mention(offsets, Mark.of("z", 1, 3, Optional.empty())));
    }

    @Test
    void messagesNameThePlaceOfTheMention() throws CorpusException {
        Place there = new Place(Path.of("b.ann"), 7);
        Offsets offsets = Offsets.ofText(AT, "a bc", Unit.CODEPOINT, List.of(), List.of());
        Mark wrong = new Mark("T1", List.of(new int[] {2, 4}), Optional.of("x"), Optional.of(there));
        Mark outside = new Mark("T2", List.of(new int[] {2, 9}), Optional.empty(), Optional.of(there));
        Mismatches none = new Mismatches(0);
        none.mention(offsets, wrong);
        for (CorpusException error : List.of(assertThrows(CorpusException.class, () -> offsets.mention(wrong)), assertThrows(CorpusException.class, none::finish), assertThrows(CorpusException.class, () -> offsets.mention(outside))))
            assertTrue(error.getMessage().contains("b.ann") && error.getMessage().contains("7"), error.getMessage());
    }
}
