package relata.encode.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.view.View;
import relata.testkit.TinyCorpus;
import relata.text.InputFormat;

final class SentenceTest {
    private static final int FAR = 3;

    /** A passage of the words w0, w1, ... */
    private static View view(int words, List<Pair> pairs, Entity... entities) {
        List<String> tokens = IntStream.range(0, words).mapToObj(i -> "w" + i).toList();
        return View.of(new Example("e", new Passage("p", tokens, List.of(), List.of(entities), List.of()), pairs));
    }

    private static Sentence read(View view, InputFormat format, int maxLength) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 30; i++) counts.put("w" + i, 100 - i);
        // the word wN has the number N + 1
        return new Sentence.Reader(Vocabulary.of(counts, 1, Set.of(), true), format, FAR, maxLength, new AtomicBoolean()).read(view);
    }

    private static String signed(int[] distances) {
        return Arrays.stream(distances).mapToObj(d -> String.valueOf(d - FAR)).collect(Collectors.joining(" "));
    }

    private static String plain(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }

    @Test
    void distancesAreSignedAndCutOff() {
        Sentence read = read(view(10, List.of(new Pair(0, 1, List.of())), Entity.of("a", "", 2, 4), Entity.of("b", "", 8, 9)), InputFormat.PLAIN, 100);
        assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, read.words());
        assertEquals("-2 -1 0 0 1 2 3 3 3 3", signed(read.rows().get(0).head()));
        assertEquals("-3 -3 -3 -3 -3 -3 -2 -1 0 1", signed(read.rows().get(0).tail()));
    }

    @Test
    void piecesEndWithTheEntitiesWhicheverIsHead() {
        for (Pair pair : List.of(new Pair(0, 1, List.of()), new Pair(1, 0, List.of()))) {
            Sentence read = read(view(10, List.of(pair), Entity.of("a", "", 2, 4), Entity.of("b", "", 6, 8)), InputFormat.PLAIN, 100);
            assertEquals("0 0 0 0 1 1 1 1 2 2", plain(read.rows().get(0).piece()));
        }
    }

    @Test
    void piecesMayBeEmpty() {
        Sentence last = read(view(5, List.of(new Pair(0, 1, List.of())), Entity.of("a", "", 0, 1), Entity.of("b", "", 4, 5)), InputFormat.PLAIN, 100);
        assertEquals("0 1 1 1 1", plain(last.rows().get(0).piece()), "nothing after the second entity");
        Sentence nested = read(view(5, List.of(new Pair(0, 1, List.of())), Entity.of("a", "", 1, 4), Entity.of("b", "", 2, 4)), InputFormat.PLAIN, 100);
        assertEquals("0 0 0 0 2", plain(nested.rows().get(0).piece()), "entities that end together");
        Sentence same = read(view(3, List.of(new Pair(0, 0, List.of())), Entity.of("a", "", 1, 2)), InputFormat.PLAIN, 100);
        assertEquals("0 0 2", plain(same.rows().get(0).piece()), "an entity and itself");
    }

    @Test
    void ofSeveralMentionsTheTwoNearestCount() {
        Entity often = new Entity("a", "", List.of(Mention.of(0, 1), Mention.of(6, 7), Mention.of(9, 10)));
        Sentence read = read(view(11, List.of(new Pair(0, 1, List.of()), new Pair(0, 2, List.of())), often, Entity.of("b", "", 4, 5), Entity.of("c", "", 1, 2)), InputFormat.PLAIN, 100);
        assertEquals("-3 -3 -3 -3 -2 -1 0 1 2 3 3", signed(read.rows().get(0).head()), "the second is two words from w4");
        assertEquals("0 1 2 3 3 3 3 3 3 3 3", signed(read.rows().get(1).head()), "the first is beside w1");
        assertEquals("0 0 0 0 0 1 1 2 2 2 2", plain(read.rows().get(0).piece()));
    }

    @Test
    void aLongPassageIsCutAroundThePairButItsDistancesStay() {
        Sentence read = read(view(30, List.of(new Pair(0, 1, List.of())), Entity.of("a", "", 10, 11), Entity.of("b", "", 13, 14)), InputFormat.PLAIN, 6);
        assertArrayEquals(new int[] {10, 11, 12, 13, 14, 15}, read.words());
        assertEquals("-1 0 1 2 3 3", signed(read.rows().get(0).head()));
        Sentence apart = read(view(30, List.of(new Pair(0, 1, List.of())), Entity.of("a", "", 3, 4), Entity.of("b", "", 20, 21)), InputFormat.PLAIN, 4);
        assertArrayEquals(new int[] {3, 4, 5, 21}, apart.words());
        assertEquals("-1 0 1 3", signed(apart.rows().get(0).head()), "words left out between the entities still count");
        assertEquals("0 0 1 1", plain(apart.rows().get(0).piece()));
    }

    @Test
    void whatTheFormatAddsIsReadToo() {
        Sentence read = read(view(4, List.of(new Pair(0, 1, List.of())), Entity.of("a", "DRUG", 0, 2), Entity.of("b", "GENE", 3, 4)), InputFormat.MASKED, 100);
        assertArrayEquals(new int[] {0, 3, 0}, read.words(), "two masks that the vocabulary lacks, and a word between them");
        Sentence marked = read(view(3, List.of(new Pair(0, 1, List.of())), Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3)), InputFormat.MENTION, 100);
        assertEquals("-1 0 1 2 3 3 3", signed(marked.rows().get(0).head()), "[E1] w0 [/E1] w1 [E2] w2 [/E2]: a marker is a word beside the entity");
    }

    @Test
    void documentsHaveARowForEachPair() {
        View document = View.of(TinyCorpus.document());
        assertEquals(document.pairs().size(), read(document, InputFormat.PLAIN, 100).rows().size());
    }
}
