package relata.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import relata.api.corpus.Entity;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

final class FormatterTest {
    private static final Pair ONE = new Pair(0, 1, List.of());

    private static Passage passage(String text, Entity... entities) {
        return new Passage("p", List.of(text.split(" ")), List.of(), List.of(entities), List.of());
    }

    private static Formatter usual(InputFormat format) {
        return new Formatter(format, Markers.USUAL, Formatter.SYMBOLS);
    }

    private static String text(InputFormat format, Passage passage, Pair... pairs) {
        return String.join(" ", usual(format).mark(passage, List.of(pairs)).tokens());
    }

    private static void all(Passage p, String type, String onlyContext, String onlyMention, String onlyType, Pair... pairs) {
        assertEquals(type, text(InputFormat.TYPE, p, pairs));
        assertEquals(onlyContext, text(InputFormat.ONLY_CONTEXT, p, pairs));
        assertEquals(onlyMention, text(InputFormat.ONLY_MENTION, p, pairs));
        assertEquals(onlyType, text(InputFormat.ONLY_TYPE, p, pairs));
    }

    @Test
    void onePair() {
        Passage p = passage("The big factor Rpn4 binds Ubc4 .", Entity.of("a", "PROTEIN", 1, 4), Entity.of("b", "E2_Enzyme", 5, 6));
        all(p, "The [E1] protein [/E1] binds [E2] e2 enzyme [/E2] .", "The [E1] [BLANK] [/E1] binds [E2] [BLANK] [/E2] .", "[E1] big factor Rpn4 [/E1] [E2] Ubc4 [/E2]",
                "[E1] protein [/E1] [E2] e2 enzyme [/E2]", ONE);
        all(p, "The [E2] protein [/E2] binds [E1] e2 enzyme [/E1] .", "The [E2] [BLANK] [/E2] binds [E1] [BLANK] [/E1] .", "[E2] big factor Rpn4 [/E2] [E1] Ubc4 [/E1]",
                "[E2] protein [/E2] [E1] e2 enzyme [/E1]", new Pair(1, 0, List.of()));
    }

    @Test
    void nestedCrossingAndEqualMentionsStandApart() {
        Passage nested = passage("a b c d", Entity.of("a", "X", 0, 3), Entity.of("b", "Y", 1, 3));
        all(nested, "[E1] x [/E1] [E2] y [/E2] d", "[E1] [BLANK] [/E1] [E2] [BLANK] [/E2] d", "[E1] a b c [/E1] [E2] b c [/E2]", "[E1] x [/E1] [E2] y [/E2]", ONE);
        Passage crossing = passage("a b c d", Entity.of("a", "X", 1, 3), Entity.of("b", "Y", 0, 2));
        all(crossing, "[E2] y [/E2] [E1] x [/E1] d", "[E2] [BLANK] [/E2] [E1] [BLANK] [/E1] d", "[E2] a b [/E2] [E1] b c [/E1]", "[E2] y [/E2] [E1] x [/E1]", ONE);
        Passage equal = passage("a b", Entity.of("a", "X", 0, 1), Entity.of("b", "X", 0, 1));
        all(equal, "[E1] x [/E1] [E2] x [/E2] b", "[E1] [BLANK] [/E1] [E2] [BLANK] [/E2] b", "[E1] a [/E1] [E2] a [/E2]", "[E1] x [/E1] [E2] x [/E2]", ONE);
    }

    @Test
    void discontinuousMentionsLeaveTheirGap() {
        Entity leftAtrium = new Entity("a", "PART", List.of(new Mention(List.of(new Span(0, 1), new Span(3, 4)))));
        Entity rightAtrium = new Entity("b", "PART", List.of(Mention.of(2, 4)));
        all(passage("left and right atrium hurt", leftAtrium, rightAtrium), "[E1] part [/E1] and [E2] part [/E2] hurt", "[E1] [BLANK] [/E1] and [E2] [BLANK] [/E2] hurt",
                "[E1] left atrium [/E1] [E2] right atrium [/E2]", "[E1] part [/E1] [E2] part [/E2]", ONE);
    }

    @Test
    void everyMentionIsTreatedButATypeIsToldOnce() {
        Entity ann = new Entity("a", "PERSON", List.of(Mention.of(0, 2), Mention.of(5, 6), Mention.of(5, 6)));
        Passage p = passage("Ann Lee met Bob and she saw Carl", ann, Entity.of("b", "PERSON", 3, 4), Entity.of("c", "", 7, 8));
        all(p, "[E1] person [/E1] met [E2] person [/E2] and [E1] person [/E1] saw Carl", "[E1] [BLANK] [/E1] met [E2] [BLANK] [/E2] and [E1] [BLANK] [/E1] saw Carl",
                "[E1] Ann Lee [/E1] [E2] Bob [/E2] [E1] she [/E1]", "[E1] person [/E1] [E2] person [/E2]", ONE);
        all(p, "[E] person [/E] met [E] person [/E] and [E] person [/E] saw [E] entity [/E]", "[E] [BLANK] [/E] met [E] [BLANK] [/E] and [E] [BLANK] [/E] saw [E] [BLANK] [/E]",
                "[E] Ann Lee [/E] [E] Bob [/E] [E] she [/E] [E] Carl [/E]", "[E] person [/E] [E] person [/E] [E] entity [/E]", ONE, new Pair(2, 0, List.of()));
        assertEquals("[E1] Ann Lee [/E1] met [E2] Bob [/E2] and [E1] she [/E1] saw Carl", text(InputFormat.MENTION, p, ONE), "a mention that the corpus has twice is marked once");
    }

    @Test
    void anEntityWithItselfIsInItsFirstMarkers() {
        Passage p = passage("it eats itself", new Entity("a", "ANIMAL", List.of(Mention.of(0, 1), Mention.of(2, 3))));
        Pair self = new Pair(0, 0, List.of());
        all(p, "[E1] animal [/E1] [E2] animal [/E2] eats [E1] animal [/E1] [E2] animal [/E2]", "[E1] [BLANK] [/E1] [E2] [BLANK] [/E2] eats [E1] [BLANK] [/E1] [E2] [BLANK] [/E2]",
                "[E1] it [/E1] [E2] it [/E2] [E1] itself [/E1] [E2] itself [/E2]", "[E1] animal [/E1] [E2] animal [/E2]", self);
        Marked m = usual(InputFormat.ONLY_CONTEXT).mark(p, List.of(self));
        assertEquals(List.of(new Marked.Place(0, 3, List.of(1)), new Marked.Place(7, 10, List.of(8))), m.places().get(0));
    }

    @Test
    void placesAndOrigins() {
        Passage p = passage("The big factor binds Ubc4 .", Entity.of("a", "E2_Enzyme", 1, 3), Entity.of("b", "", 4, 5));
        Marked type = usual(InputFormat.TYPE).mark(p, List.of(ONE));
        assertEquals(List.of("The", "[E1]", "e2", "enzyme", "[/E1]", "binds", "[E2]", "entity", "[/E2]", "."), type.tokens());
        assertEquals(List.of(0, -1, 1, 1, -1, 3, -1, 4, -1, 5), type.origin());
        assertEquals(List.of(new Marked.Place(1, 5, List.of(2, 3))), type.places().get(0));
        assertEquals(List.of(new Marked.Place(6, 9, List.of(7))), type.places().get(1));
        Marked mention = usual(InputFormat.ONLY_MENTION).mark(p, List.of(ONE));
        assertEquals(List.of(-1, 1, 2, -1, -1, 4, -1), mention.origin());
        assertEquals(List.of(new Marked.Place(0, 4, List.of(1, 2))), mention.places().get(0));
    }

    @Test
    void markersAndSymbolsAreSettings() {
        Passage p = passage("Ann met Bob", Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3));
        Formatter released = new Formatter(InputFormat.ONLY_CONTEXT, Markers.of(List.of("[unused0]", "[unused2]", "[unused1]", "[unused3]")), List.of("[unused4]", "[unused5]"));
        assertEquals("[unused0] [unused4] [unused2] met [unused1] [unused5] [unused3]", String.join(" ", released.mark(p, List.of(ONE)).tokens()));
        assertEquals("[E] [unused4] [/E] met [E] [unused4] [/E]", String.join(" ", released.mark(p, List.of(ONE, ONE)).tokens()));
        assertEquals(List.of("[unused0]", "[unused2]", "[unused1]", "[unused3]", "[E]", "[/E]", "[unused4]", "[unused5]"), released.written());
        assertEquals(released.written(), released.whole());
        Formatter stars = new Formatter(InputFormat.MENTION, Markers.of(List.of("*", "*", "*", "*", "*", "*")), List.of());
        assertEquals("* Ann * met * Bob *", String.join(" ", stars.mark(p, List.of(ONE)).tokens()));
        assertEquals(List.of("*"), stars.whole());
        Formatter bare = new Formatter(InputFormat.ONLY_CONTEXT, Markers.of(List.of()), List.of("[SUBJ]", "[OBJ]", "[OTHER]"));
        Marked m = bare.mark(p, List.of(ONE));
        assertEquals(List.of("[SUBJ]", "met", "[OBJ]"), m.tokens());
        assertEquals(List.of(new Marked.Place(2, 3, List.of(2))), m.places().get(1));
        assertEquals(List.of("[SUBJ]", "[OBJ]", "[OTHER]"), bare.whole());
        assertEquals(List.of("[BLANK]"), usual(InputFormat.PLAIN).whole(), "an augmenter may blank in any format");
        assertEquals(List.of(), usual(InputFormat.PLAIN).written());
    }

    @Test
    void wrongMarkersAndSymbolsAreNamed() {
        refused("there are 3: [a, b, c]", () -> Markers.of(List.of("a", "b", "c")));
        refused("a marker must be one token, without spaces, but was '[E 1]'", () -> Markers.of(List.of("[E 1]", "b", "c", "d")));
        refused("a marker must be one token, without spaces, but was ''", () -> Markers.of(List.of("", "b", "c", "d")));
        refused("a symbol must be one token", () -> new Formatter(InputFormat.PLAIN, Markers.USUAL, List.of("a\tb")));
        refused("only-context needs one of the symbols", () -> new Formatter(InputFormat.ONLY_CONTEXT, Markers.USUAL, List.of()));
    }

    private static void refused(String message, org.junit.jupiter.api.function.Executable action) {
        String told = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(told.contains(message), told);
    }

    @Test
    void missingTypesAreTold() {
        Passage p = passage("a b c", Entity.of("a", "X", 0, 1), Entity.of("b", " - ", 1, 2), Entity.of("c", "", 2, 3));
        for (InputFormat format : InputFormat.values())
            assertEquals(format.typed() ? "b" : "none", usual(format).untyped(p, List.of(ONE)).map(Entity::id).orElse("none"), format.name());
        assertTrue(usual(InputFormat.TYPE).untyped(p, List.of(new Pair(0, 0, List.of()))).isEmpty(), "who is not asked about does not count");
    }

    /** A passage of different words with one to four entities: long, nested, crossing, discontinuous, repeated, with and without types. */
    private static Passage random(Random random) {
        int n = 1 + random.nextInt(12);
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < n; i++) tokens.add("w" + i);
        List<Entity> entities = new ArrayList<>();
        for (int e = 0; e <= random.nextInt(4); e++) {
            List<Mention> mentions = new ArrayList<>();
            for (int k = 0; k <= random.nextInt(3); k++) {
                TreeSet<Integer> ends = new TreeSet<>();
                while (ends.size() < 2) ends.add(random.nextInt(n + 1));
                while (random.nextInt(3) == 0 && ends.size() + 2 <= n + 1) for (int more = 0; more < 2; ) if (ends.add(random.nextInt(n + 1))) more++;
                List<Span> spans = new ArrayList<>();
                for (List<Integer> left = new ArrayList<>(ends); !left.isEmpty(); left = left.subList(2, left.size())) spans.add(new Span(left.get(0), left.get(1)));
                mentions.add(new Mention(spans));
            }
            mentions.sort((a, b) -> Integer.compare(a.start(), b.start()));
            entities.add(new Entity("e" + e, random.nextInt(4) == 0 ? "" : "Type_" + e, mentions));
        }
        return new Passage("p", tokens, List.of(), entities, List.of());
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsShownThatAFormatHidesAndNothingElseIsLost(InputFormat format) {
        Random random = new Random(11);
        Formatter formatter = new Formatter(format, Markers.USUAL, List.of("<H>", "<T>"));
        for (int trial = 0; trial < 3000; trial++) {
            Passage p = random(random);
            int size = p.entities().size();
            List<Pair> pairs = new ArrayList<>(Collections.nCopies(1 + random.nextInt(2), ONE));
            pairs.replaceAll(x -> new Pair(random.nextInt(size), random.nextInt(size), List.of()));
            Marked m = formatter.mark(p, pairs);
            String shown = format + " " + p.entities() + " " + pairs + ": " + m.tokens();
            BitSet names = new BitSet();
            Set<Integer> asked = new TreeSet<>();
            pairs.forEach(pair -> asked.addAll(List.of(pair.head(), pair.tail())));
            asked.forEach(e -> names.or(p.entities().get(e).tokens()));
            List<String> context = new ArrayList<>();
            for (int i = 0; i < p.tokens().size(); i++) if (!names.get(i)) context.add(p.tokens().get(i));
            List<String> words = m.tokens().stream().filter(p.tokens()::contains).toList();
            switch (format) {
                case PLAIN, MENTION, TYPED_MENTION -> assertEquals(p.tokens(), words, shown);
                case TYPE, ONLY_CONTEXT, MASKED -> assertEquals(context, words, shown);
                case ONLY_MENTION -> assertEquals(Set.copyOf(names.stream().mapToObj(p.tokens()::get).toList()), new HashSet<>(words), shown);
                case ONLY_TYPE -> assertEquals(List.of(), words, shown);
            }
            assertEquals(asked, m.places().keySet(), shown);
            for (int i = 0; i < m.tokens().size(); i++)
                if (p.tokens().contains(m.tokens().get(i))) assertEquals(p.tokens().get(m.origin().get(i)), m.tokens().get(i), shown);
            if (format.marked() && format != InputFormat.MENTION && format != InputFormat.TYPED_MENTION) units(format, p, pairs, m, shown);
        }
    }

    /** Between a start marker and its end marker stands one symbol, one type or one mention, and each place is such a unit. */
    private static void units(InputFormat format, Passage p, List<Pair> pairs, Marked m, String shown) {
        Set<List<Integer>> units = new HashSet<>();
        List<String> open = List.of("[E1]", "[E2]", "[E]"), close = List.of("[/E1]", "[/E2]", "[/E]");
        for (int i = 0; i < m.tokens().size(); i++) {
            int role = open.indexOf(m.tokens().get(i));
            assertFalse(close.contains(m.tokens().get(i)), "an end without a start: " + shown);
            if (role < 0) continue;
            int start = i++;
            while (!m.tokens().get(i).equals(close.get(role))) i++;
            if (format == InputFormat.ONLY_CONTEXT) assertEquals(List.of(role == 1 ? "<T>" : "<H>"), m.tokens().subList(start + 1, i), shown);
            units.add(List.of(start, i + 1));
        }
        TreeMap<Integer, Set<BitSet>> mentions = new TreeMap<>();
        m.places().forEach((entity, places) -> {
            for (Mention mention : p.entities().get(entity).mentions()) mentions.computeIfAbsent(entity, e -> new HashSet<>()).add(mention.tokens());
            assertEquals(format == InputFormat.ONLY_TYPE ? 1 : mentions.get(entity).size(), places.size(), shown);
            places.forEach(place -> assertTrue(units.contains(List.of(place.start(), place.end())), place + " in " + shown));
            places.forEach(place -> assertEquals(place.end() - place.start() - 2, place.words().size(), place + " in " + shown));
        });
        int self = pairs.size() == 1 && pairs.get(0).head() == pairs.get(0).tail() ? 2 : 1;
        assertEquals(self * m.places().values().stream().mapToInt(List::size).sum(), units.size(), shown);
    }
}
