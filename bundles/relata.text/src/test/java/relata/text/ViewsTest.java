package relata.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;
import relata.api.view.View;

class ViewsTest {
    private static final Entity HEAD = new Entity("h", "A", List.of(Mention.of(1, 3), new Mention(List.of(new Span(5, 6), new Span(7, 8)))));
    private static final Entity TAIL = Entity.of("t", "B", 8, 9);
    private static final Example EXAMPLE = new Example("e",
            new Passage("p", List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"), List.of(0, 4, 9), List.of(HEAD, TAIL), List.of(new Fact(0, 1, "r"))),
            List.of(new Pair(0, 1, List.of("r"))));

    @Test
    void keepsAnUnchangedExample() {
        assertEquals(View.of(EXAMPLE), Views.of(EXAMPLE, EXAMPLE.passage().tokens(), List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
    }

    @Test
    void movesMentionsWhenTokensGoAndCome() {
        // a and d and g and j gone, e became two words, a new word before everything
        View view = Views.of(EXAMPLE, List.of("new", "b", "c", "e1", "e2", "f", "h", "i"), List.of(-1, 1, 2, 4, 4, 5, 7, 8));
        assertEquals(List.of(Mention.of(1, 3), new Mention(List.of(new Span(5, 6), new Span(6, 7)))), view.passage().entities().get(0).mentions());
        assertEquals(List.of(Mention.of(7, 8)), view.passage().entities().get(1).mentions());
        assertEquals(List.of(0, 3), view.passage().sentences(), "the last sentence is gone");
        assertEquals(EXAMPLE.passage().facts(), view.passage().facts());
        assertEquals(EXAMPLE, view.source());
    }

    @Test
    void tearsASpanInTwoIfTokensComeBetween() {
        View view = Views.of(EXAMPLE, List.of("b", "x", "c", "f", "h", "i"), List.of(1, -1, 2, 5, 7, 8));
        assertEquals(new Mention(List.of(new Span(0, 1), new Span(2, 3))), view.passage().entities().get(0).mentions().get(0));
    }

    @Test
    void keepsSentenceLengthsUnderSwaps() {
        View view = Views.of(EXAMPLE, List.of("j", "b", "c", "e", "d", "f", "g", "h", "i", "a"), List.of(9, 1, 2, 4, 3, 5, 6, 7, 8, 0));
        assertEquals(List.of(0, 4, 9), view.passage().sentences());
    }

    @Test
    void refusesToLoseAMention() {
        assertThrows(IllegalArgumentException.class, () -> Views.of(EXAMPLE, List.of("b", "i"), List.of(1, 8)));
    }
}
