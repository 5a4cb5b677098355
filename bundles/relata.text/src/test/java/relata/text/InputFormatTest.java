package relata.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

final class InputFormatTest {
    private static final Pair ONE = new Pair(0, 1, List.of());

    private static Passage passage(String text, Entity... entities) {
        return new Passage("p", List.of(text.split(" ")), List.of(), List.of(entities), List.of());
    }

    private static String text(InputFormat format, Passage passage, Pair... pairs) {
        return String.join(" ", format.mark(passage, List.of(pairs)).tokens());
    }

    @Test
    void formatsOfOnePair() {
        Passage p = passage("The factor Rpn4 directly binds Ubc4 .", Entity.of("a", "PROTEIN", 2, 3), Entity.of("b", "E2_Enzyme", 5, 6));
        assertEquals("The factor Rpn4 directly binds Ubc4 .", text(InputFormat.PLAIN, p, ONE));
        assertEquals("The factor [E1] Rpn4 [/E1] directly binds [E2] Ubc4 [/E2] .", text(InputFormat.MENTION, p, ONE));
        assertEquals("The factor [E2] Rpn4 [/E2] directly binds [E1] Ubc4 [/E1] .", text(InputFormat.MENTION, p, new Pair(1, 0, List.of())));
        assertEquals("The factor [E1] protein : Rpn4 [/E1] directly binds [E2] e2 enzyme : Ubc4 [/E2] .", text(InputFormat.TYPED_MENTION, p, ONE));
        assertEquals("The factor @PROTEIN$ directly binds @E2_ENZYME$ .", text(InputFormat.MASKED, p, ONE));
    }

    @Test
    void placesAndOrigins() {
        Passage p = passage("The factor Rpn4 binds Ubc4 .", Entity.of("a", "PROTEIN", 1, 3), Entity.of("b", "", 4, 5));
        Marked m = InputFormat.TYPED_MENTION.mark(p, List.of(ONE));
        assertEquals(List.of(0, -1, -1, -1, 1, 2, -1, 3, -1, 4, -1, 5), m.origin());
        assertEquals(List.of(new Marked.Place(1, 7, List.of(4, 5))), m.places().get(0));
        assertEquals(List.of(new Marked.Place(8, 11, List.of(9))), m.places().get(1));
        Marked masked = InputFormat.MASKED.mark(p, List.of(ONE));
        assertEquals(List.of("The", "@PROTEIN$", "binds", "@ENTITY$", "."), masked.tokens());
        assertEquals(List.of(0, 1, 3, 4, 5), masked.origin());
        assertEquals(List.of(new Marked.Place(1, 2, List.of(1))), masked.places().get(0));
        assertEquals(List.of(new Marked.Place(1, 3, List.of(1, 2))), InputFormat.PLAIN.mark(p, List.of(ONE)).places().get(0));
    }

    @Test
    void nestedMentionsNestTheirMarkers() {
        Passage p = passage("a b c d", Entity.of("a", "X", 0, 3), Entity.of("b", "Y", 1, 3));
        assertEquals("[E1] a [E2] b c [/E2] [/E1] d", text(InputFormat.MENTION, p, ONE));
        assertEquals("[E2] a [E1] b c [/E1] [/E2] d", text(InputFormat.MENTION, p, new Pair(1, 0, List.of())));
        assertEquals("@X-Y$ d", text(InputFormat.MASKED, p, ONE));
        Passage same = passage("a b", Entity.of("a", "DRUG", 0, 1), Entity.of("b", "DRUG", 0, 1));
        assertEquals("[E1] [E2] a [/E2] [/E1] b", text(InputFormat.MENTION, same, ONE));
        assertEquals("@DRUG-DRUG$ b", text(InputFormat.MASKED, same, ONE));
        Passage crossing = passage("a b c d", Entity.of("a", "X", 0, 2), Entity.of("b", "Y", 1, 3));
        assertEquals("[E1] a [E2] b [/E1] c [/E2] d", text(InputFormat.MENTION, crossing, ONE));
        assertEquals("@X-Y$ d", text(InputFormat.MASKED, crossing, ONE));
    }

    @Test
    void touchingMentionsStayApart() {
        Passage p = passage("a b c", Entity.of("a", "X", 0, 1), Entity.of("b", "X", 1, 3));
        assertEquals("[E1] a [/E1] [E2] b c [/E2]", text(InputFormat.MENTION, p, ONE));
        assertEquals("@X$ @X$", text(InputFormat.MASKED, p, ONE));
    }

    @Test
    void discontinuousMentions() {
        Entity leftAtrium = new Entity("a", "PART", List.of(new Mention(List.of(new Span(0, 1), new Span(3, 4)))));
        Passage p = passage("left and right atrium hurt", leftAtrium, Entity.of("b", "", 4, 5));
        assertEquals("[E1] left and right atrium [/E1] [E2] hurt [/E2]", text(InputFormat.MENTION, p, ONE));
        assertEquals(List.of(1, 4), InputFormat.MENTION.mark(p, List.of(ONE)).places().get(0).get(0).words());
        assertEquals("@PART$ and right @PART$ @ENTITY$", text(InputFormat.MASKED, p, ONE));
        assertEquals(List.of(new Marked.Place(0, 4, List.of(0, 3))), InputFormat.MASKED.mark(p, List.of(ONE)).places().get(0));
    }

    @Test
    void masksStayAsTheyAre() {
        Passage p = passage("@GENE$ binds @CHEM-GENE$ here", Entity.of("a", "", 0, 1), Entity.of("b", "gene", 2, 3));
        assertEquals("@GENE$ binds @CHEM-GENE$ here", text(InputFormat.MASKED, p, ONE));
    }

    @Test
    void severalPairsMarkEveryMentionOfEveryEntityAskedAbout() {
        Entity a = new Entity("a", "PERSON", List.of(Mention.of(0, 1), Mention.of(4, 5)));
        Passage p = passage("Ann met Bob and she saw Carl", a, Entity.of("b", "PERSON", 2, 3), Entity.of("c", "PERSON", 6, 7), Entity.of("d", "", 1, 2));
        Pair[] pairs = {ONE, new Pair(2, 0, List.of())};
        assertEquals("[E] Ann [/E] met [E] Bob [/E] and [E] she [/E] saw [E] Carl [/E]", text(InputFormat.MENTION, p, pairs));
        assertEquals("@PERSON$ met @PERSON$ and @PERSON$ saw @PERSON$", text(InputFormat.MASKED, p, pairs));
        Marked m = InputFormat.MENTION.mark(p, List.of(pairs));
        assertEquals(List.of(0, 1, 2), List.copyOf(m.places().keySet()));
        assertEquals(2, m.places().get(0).size());
        assertEquals("[E1] Ann [/E1] met [E2] Bob [/E2] and [E1] she [/E1] saw Carl", text(InputFormat.MENTION, p, ONE));
    }

    @Test
    void anEntityWithItself() {
        Passage p = passage("it eats itself", new Entity("a", "", List.of(Mention.of(0, 1), Mention.of(2, 3))));
        Marked m = InputFormat.MENTION.mark(p, List.of(new Pair(0, 0, List.of())));
        assertEquals("[E1] [E2] it [/E2] [/E1] eats [E1] [E2] itself [/E2] [/E1]", String.join(" ", m.tokens()));
        assertEquals(List.of(new Marked.Place(0, 5, List.of(2)), new Marked.Place(6, 11, List.of(8))), m.places().get(0));
    }

    @Test
    void onlyFormatsWithMarkersNeedThem() {
        assertEquals(List.of(), InputFormat.PLAIN.markers());
        assertEquals(List.of(), InputFormat.MASKED.markers());
        assertEquals(List.of("[E1]", "[/E1]", "[E2]", "[/E2]", "[E]", "[/E]"), InputFormat.MENTION.markers());
        assertThrows(IllegalArgumentException.class, () -> new Marked.Place(2, 3, List.of(1)));
    }
}
