package relata.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Mention;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

class IdentityTest {
    private static final Passage PASSAGE = new Passage("p", List.of("Pine", "and", "Oak", "planks", "of", "Oldport"), List.of(0), List.of(
            new Entity("Q1", "", List.of(new Mention(List.of(new Span(0, 1), new Span(3, 4))), Mention.of(2, 3))),
            Entity.of("e1", "", 2, 4), Entity.of("e1x", "", 5, 6), Entity.of("e1", "", 5, 6)), List.of());

    @Test
    void isTheIdUnlessItIsThePlace() {
        assertEquals("Q1", Identity.of(PASSAGE, 0));
        assertEquals("oak planks", Identity.of(PASSAGE, 1));
        assertEquals("e1x", Identity.of(PASSAGE, 2));
        assertEquals("e1", Identity.of(PASSAGE, 3), "e1 is not the place of entity 3");
    }

    @Test
    void namesAreThoseOfAllMentions() {
        assertEquals(List.of("pine planks", "oak"), Identity.names(PASSAGE, 0));
    }

    @Test
    void nameIsTheFirstMentionInLowerCase() {
        assertEquals("pine planks", Identity.name(PASSAGE, 0));
        assertEquals("oldport", Identity.name(PASSAGE, 2));
    }
}
