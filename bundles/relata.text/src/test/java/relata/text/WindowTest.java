package relata.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

final class WindowTest {
    private static final List<Pair> ONE = List.of(new Pair(0, 1, List.of()));

    private static Marked mark(InputFormat format, int words, List<Pair> pairs, Entity... entities) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < words; i++) tokens.add("w" + i);
        return format.mark(new Passage("p", tokens, List.of(), List.of(entities), List.of()), pairs);
    }

    /** The words that stay, if each has one sub-word. */
    private static String kept(Marked marked, int room) {
        int[] sizes = new int[marked.tokens().size()];
        Arrays.fill(sizes, 1);
        int[] keep = Window.keep(sizes, marked, room);
        List<String> kept = new ArrayList<>();
        for (int t = 0; t < keep.length; t++) if (keep[t] > 0) kept.add(marked.tokens().get(t));
        return String.join(" ", kept);
    }

    @Test
    void whatFitsStays() {
        Marked m = mark(InputFormat.PLAIN, 5, ONE, Entity.of("a", "", 1, 2), Entity.of("b", "", 4, 5));
        assertEquals("w0 w1 w2 w3 w4", kept(m, 5));
        assertArrayEquals(new int[] {3, 1, 1, 1, 1}, Window.keep(new int[] {3, 1, 1, 1, 1}, m, 7));
    }

    @Test
    void notSimplyTheEndIsCut() {
        Marked m = mark(InputFormat.MENTION, 20, ONE, Entity.of("a", "", 12, 13), Entity.of("b", "", 15, 16));
        assertEquals("w10 w11 [E1] w12 [/E1] w13 w14 [E2] w15 [/E2] w16 w17", kept(m, 12));
        assertEquals("w11 [E1] w12 [/E1] w13 w14 [E2] w15 [/E2]", kept(m, 9));
    }

    @Test
    void atTheEdgesTheOtherSideGetsTheRoom() {
        Marked first = mark(InputFormat.PLAIN, 20, ONE, Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3));
        assertEquals("w0 w1 w2 w3 w4 w5", kept(first, 6));
        Marked last = mark(InputFormat.PLAIN, 20, ONE, Entity.of("a", "", 19, 20), Entity.of("b", "", 17, 18));
        assertEquals("w14 w15 w16 w17 w18 w19", kept(last, 6));
    }

    @Test
    void mentionsFarApartKeepTheirNeighbours() {
        Marked m = mark(InputFormat.PLAIN, 50, ONE, Entity.of("a", "", 5, 6), Entity.of("b", "", 44, 45));
        assertEquals("w4 w5 w6 w43 w44 w45", kept(m, 6));
        assertEquals("w5 w44", kept(m, 2));
    }

    @Test
    void betweenComesBeforeAround() {
        Marked m = mark(InputFormat.PLAIN, 30, ONE, Entity.of("a", "", 10, 11), Entity.of("b", "", 18, 19));
        assertEquals("w10 w11 w12 w13 w14 w15 w16 w17 w18", kept(m, 9));
        assertEquals("w9 w10 w11 w12 w13 w14 w15 w16 w17 w18", kept(m, 10));
    }

    @Test
    void startsOfMentionsComeFirst() {
        Entity a = new Entity("a", "", List.of(Mention.of(0, 6), Mention.of(20, 22)));
        Marked m = mark(InputFormat.MENTION, 30, ONE, a, Entity.of("b", "", 10, 12));
        assertEquals("[E1] [E2]", kept(m, 2));
        assertEquals("[E1] [E2] [E1]", kept(m, 3));
        assertEquals("[E1] [/E1] [E2] [/E2] [E1] [/E1]", kept(m, 6));
        assertEquals("[E1] w0 [/E1] [E2] w10 [/E2] [E1] w20 [/E1]", kept(m, 9));
        assertEquals("[E1]", kept(m, 1));
        assertEquals("", kept(m, 0));
    }

    @Test
    void aLongMentionKeepsItsBeginning() {
        Marked m = mark(InputFormat.PLAIN, 4, ONE, Entity.of("a", "", 0, 2), Entity.of("b", "", 3, 4));
        assertArrayEquals(new int[] {5, 1, 0, 2}, Window.keep(new int[] {9, 3, 1, 2}, m, 8));
    }

    @Test
    void anyPassageFitsAnyRoom() {
        Random random = new Random(3);
        for (int trial = 0; trial < 500; trial++) {
            int words = 1 + random.nextInt(40);
            Entity[] entities = new Entity[1 + random.nextInt(5)];
            for (int e = 0; e < entities.length; e++) {
                List<Mention> mentions = new ArrayList<>();
                for (int k = 0; k <= random.nextInt(3); k++) {
                    int start = random.nextInt(words);
                    mentions.add(Mention.of(start, start + 1 + random.nextInt(words - start)));
                }
                entities[e] = new Entity("e" + e, random.nextBoolean() ? "TYPE" : "", mentions);
            }
            List<Pair> pairs = new ArrayList<>(Collections.nCopies(1 + random.nextInt(4), new Pair(0, 0, List.of())));
            pairs.replaceAll(p -> new Pair(random.nextInt(entities.length), random.nextInt(entities.length), List.of()));
            Marked m = mark(InputFormat.values()[random.nextInt(InputFormat.values().length)], words, pairs, entities);
            int[] sizes = random.ints(m.tokens().size(), 0, 4).toArray();
            m.places().values().forEach(places -> places.forEach(p -> {
                sizes[p.start()] = Math.max(1, sizes[p.start()]);
                p.words().forEach(t -> sizes[t] = Math.max(1, sizes[t]));
            }));
            int room = random.nextInt(60);
            int[] keep = Window.keep(sizes, m, room);
            int sum = 0;
            for (int t = 0; t < keep.length; t++) {
                assertTrue(keep[t] >= 0 && keep[t] <= sizes[t]);
                sum += keep[t];
            }
            assertTrue(sum <= room, sum + " of " + room);
            assertTrue(sum == Arrays.stream(sizes).sum() || sum >= room - 3, "no more than part of a word is left free: " + sum + " of " + room);
            if (room >= m.places().size()) m.places().values().forEach(places -> assertTrue(keep[places.get(0).start()] > 0, "the start of the first mention of each entity stays"));
        }
    }
}
