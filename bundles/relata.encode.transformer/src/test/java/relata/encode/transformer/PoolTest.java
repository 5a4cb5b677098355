package relata.encode.transformer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Entity;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Span;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.Encoding;
import relata.api.learn.Step;
import relata.api.view.View;

/** Relation vectors against plain loops over the token states. */
final class PoolTest {
    private static final int H = TinyBert.H;

    @TempDir
    static Path folder;

    /** One pair, one mention each. */
    private final View one = Models.view("the axe is ox", Entity.of("a", "PROTEIN", 1, 2), Entity.of("b", "", 3, 4));
    /** Two pairs; entity 0 has two mentions; entity 2 is asked about twice. */
    private final View two = Models.view("ab is c of de the ab", List.of(new Pair(0, 2, List.of()), new Pair(2, 1, List.of())),
            new Entity("a", "", List.of(Mention.of(0, 1), Mention.of(6, 7))), Entity.of("b", "", 2, 3), Entity.of("c", "", 4, 5));

    @BeforeAll
    static void write() throws IOException {
        TinyBert.write(folder);
    }

    /** A batch with its numbers. */
    private record Encoded(Collated batch, float[][] relations, float[][][] tokens, Map<String, float[]> parameters, String read) {
        int[] ids(int view) {
            return IntStream.range(0, batch.length()).map(j -> (int) batch.field("ids").values()[view * batch.length() + j]).toArray();
        }

        float[] mean(int view, int... places) {
            float[] mean = new float[H];
            for (int p : places) for (int i = 0; i < H; i++) mean[i] += tokens[view][p][i] / places.length;
            return mean;
        }
    }

    private static Encoded encode(Map<String, ?> settings, View... views) throws Exception {
        return Models.ENGINE.call(() -> {
            try (NDManager owner = Models.ENGINE.newManager(); NDManager manager = owner.newSubManager()) {
                Encoder encoder = Models.load(folder, owner, settings);
                Collated batch = encoder.collate(List.of(views));
                Encoding encoding = encoder.encode(batch, new Step(Models.ENGINE, manager, false));
                float[][] flat = Models.rows(encoding.tokens().orElseThrow().toFloatArray(), H);
                float[][][] tokens = new float[views.length][][];
                for (int i = 0; i < views.length; i++) tokens[i] = Arrays.copyOfRange(flat, i * batch.length(), (i + 1) * batch.length());
                Map<String, float[]> parameters = new TreeMap<>();
                encoder.parameters().all().forEach((name, array) -> parameters.put(name, array.toFloatArray()));
                return new Encoded(batch, Models.rows(encoding.relations().toFloatArray(), encoder.dimension()), tokens, parameters, String.join(" ", encoder.pieces(views[0])));
            }
        });
    }

    private static float[] both(float[] head, float[] tail) {
        float[] both = Arrays.copyOf(head, 2 * H);
        System.arraycopy(tail, 0, both, H, H);
        return both;
    }

    private static int id(String piece) {
        return TinyBert.WORDS.indexOf(piece);
    }

    @Test
    void markersAndSubWordsAreRead() throws Exception {
        Encoded e = encode(Map.of(), one, two);
        int m = TinyBert.WORDS.size();
        // [CLS] the [E1] a ##x ##e [/E1] is [E2] o ##x [/E2] [SEP]
        int[] first = {2, id("the"), m, id("a"), id("##x"), id("##e"), m + 1, id("is"), m + 2, id("o"), id("##x"), m + 3, 3};
        assertArrayEquals(first, Arrays.copyOf(e.ids(0), first.length));
        // [CLS] [E] a ##b [/E] is [E] c [/E] of [E] d ##e [/E] the [E] a ##b [/E] [SEP]
        int[] second = {2, m + 4, id("a"), id("##b"), m + 5, id("is"), m + 4, id("c"), m + 5, id("of"), m + 4, id("d"), id("##e"), m + 5, id("the"), m + 4, id("a"), id("##b"), m + 5, 3};
        assertArrayEquals(second, e.ids(1));
        assertEquals(0, e.ids(0)[first.length], "padding");
    }

    @Test
    void whatIsReadCanBeLookedAt() throws Exception {
        Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                assertEquals("[CLS] the [E1] a ##x ##e [/E1] is [E2] o ##x [/E2] [SEP]", String.join(" ", Models.load(folder, manager, Map.of()).pieces(one)));
                assertEquals("[CLS] the [E1] [BLANK] [/E1] is [E2] [BLANK] [/E2] [SEP]", String.join(" ", Models.load(folder, manager, Map.of("format", "only-context")).pieces(one)));
            }
            return null;
        });
    }

    @Test
    void mentionStarts() throws Exception {
        Encoded e = encode(Map.of(), one, two);
        assertEquals(3, e.relations.length);
        assertArrayEquals(both(e.mean(0, 2), e.mean(0, 8)), e.relations[0], 1e-6f);
        assertArrayEquals(both(e.mean(1, 1, 15), e.mean(1, 10)), e.relations[1], 1e-6f);
        assertArrayEquals(both(e.mean(1, 10), e.mean(1, 6)), e.relations[2], 1e-6f);
    }

    @Test
    void mentionStartsWithoutMarkers() throws Exception {
        // [CLS] the a ##x ##e is o ##x [SEP]
        Encoded e = encode(Map.of("format", "plain"), one);
        assertArrayEquals(both(e.mean(0, 2), e.mean(0, 6)), e.relations[0], 1e-6f);
    }

    @Test
    void mentionMeans() throws Exception {
        Encoded e = encode(Map.of("pool", "mention-mean"), one, two);
        assertArrayEquals(both(e.mean(0, 3, 4, 5), e.mean(0, 9, 10)), e.relations[0], 1e-6f);
        assertArrayEquals(both(e.mean(1, 2, 3, 16, 17), e.mean(1, 11, 12)), e.relations[1], 1e-6f);
        assertArrayEquals(both(e.mean(1, 11, 12), e.mean(1, 7)), e.relations[2], 1e-6f);
    }

    @Test
    void mentionMeansLeaveTypeWordsOut() throws Exception {
        // [CLS] the [E1] protein : a ##x ##e [/E1] is [E2] o ##x [/E2] [SEP]
        Encoded e = encode(Map.of("pool", "mention-mean", "format", "typed-mention"), one);
        assertArrayEquals(new int[] {id("protein"), id(":")}, Arrays.copyOfRange(e.ids(0), 3, 5));
        assertArrayEquals(both(e.mean(0, 5, 6, 7), e.mean(0, 11, 12)), e.relations[0], 1e-6f);
    }

    /** Starts and means of a format, against the places where they are to be found; and what is read. */
    private void places(String format, Map<String, ?> settings, View view, String read, int[] head, int[] tail, int[] headWords, int[] tailWords) throws Exception {
        Map<String, Object> starts = new HashMap<>(settings), means = new HashMap<>(settings);
        starts.putAll(Map.of("format", format, "pool", "mention-starts"));
        means.putAll(Map.of("format", format, "pool", "mention-mean"));
        Encoded s = encode(starts, view), m = encode(means, view);
        assertEquals(read, s.read, format);
        assertEquals(read, m.read, format);
        assertArrayEquals(both(s.mean(0, head), s.mean(0, tail)), s.relations[0], 1e-6f, format + " starts: " + read);
        assertArrayEquals(both(m.mean(0, headWords), m.mean(0, tailWords)), m.relations[0], 1e-6f, format + " means: " + read);
    }

    private static int[] at(int... places) {
        return places;
    }

    @Test
    void everyFormatIsReadWhereItsEntitiesAre() throws Exception {
        places("plain", Map.of(), one, "[CLS] the a ##x ##e is o ##x [SEP]", at(2), at(6), at(2, 3, 4), at(6, 7));
        places("mention", Map.of(), one, "[CLS] the [E1] a ##x ##e [/E1] is [E2] o ##x [/E2] [SEP]", at(2), at(8), at(3, 4, 5), at(9, 10));
        places("type", Map.of(), one, "[CLS] the [E1] protein [/E1] is [E2] e ##n ##t ##i ##t ##y [/E2] [SEP]", at(2), at(6), at(3), at(7, 8, 9, 10, 11, 12));
        places("typed-mention", Map.of(), one, "[CLS] the [E1] protein : a ##x ##e [/E1] is [E2] o ##x [/E2] [SEP]", at(2), at(10), at(5, 6, 7), at(11, 12));
        places("only-context", Map.of(), one, "[CLS] the [E1] [BLANK] [/E1] is [E2] [BLANK] [/E2] [SEP]", at(2), at(6), at(3), at(7));
        places("only-mention", Map.of(), one, "[CLS] [E1] a ##x ##e [/E1] [E2] o ##x [/E2] [SEP]", at(1), at(6), at(2, 3, 4), at(7, 8));
        places("only-type", Map.of(), one, "[CLS] [E1] protein [/E1] [E2] e ##n ##t ##i ##t ##y [/E2] [SEP]", at(1), at(4), at(2), at(5, 6, 7, 8, 9, 10));
        places("masked", Map.of(), one, "[CLS] the @ protein $ is @ e ##n ##t ##i ##t ##y $ [SEP]", at(2), at(6), at(2, 3, 4), at(6, 7, 8, 9, 10, 11, 12, 13));
    }

    @Test
    void withoutMarkersTheFirstSubWordIsTheStart() throws Exception {
        Map<String, ?> none = Map.of("markers", List.of(), "symbols", List.of("[H]", "[T]"));
        places("mention", none, one, "[CLS] the a ##x ##e is o ##x [SEP]", at(2), at(6), at(2, 3, 4), at(6, 7));
        places("typed-mention", none, one, "[CLS] the protein : a ##x ##e is o ##x [SEP]", at(2), at(8), at(4, 5, 6), at(8, 9));
        places("only-context", none, one, "[CLS] the [H] is [T] [SEP]", at(2), at(4), at(2), at(4));
    }

    @Test
    void nestedMentionsAndMentionsInPieces() throws Exception {
        View nested = Models.view("the ab cd of", Entity.of("a", "", 1, 3), Entity.of("b", "", 2, 3));
        places("plain", Map.of(), nested, "[CLS] the a ##b c ##d of [SEP]", at(2), at(4), at(2, 3, 4, 5), at(4, 5));
        places("mention", Map.of(), nested, "[CLS] the [E1] a ##b [E2] c ##d [/E2] [/E1] of [SEP]", at(2), at(5), at(3, 4, 6, 7), at(6, 7));
        places("only-context", Map.of(), nested, "[CLS] the [E1] [BLANK] [/E1] [E2] [BLANK] [/E2] of [SEP]", at(2), at(5), at(3), at(6));
        places("masked", Map.of(), nested, "[CLS] the @ e ##n ##t ##i ##t ##y - e ##n ##t ##i ##t ##y $ of [SEP]", at(2), at(2), IntStream.range(2, 17).toArray(), IntStream.range(2, 17).toArray());
        View torn = Models.view("ab is cd of the", new Entity("a", "", List.of(new Mention(List.of(new Span(0, 1), new Span(2, 3))))), Entity.of("b", "", 1, 2));
        places("mention", Map.of(), torn, "[CLS] [E1] a ##b [E2] is [/E2] c ##d [/E1] of the [SEP]", at(1), at(4), at(2, 3, 7, 8), at(5));
        places("plain", Map.of(), torn, "[CLS] a ##b is c ##d of the [SEP]", at(1), at(3), at(1, 2, 4, 5), at(3));
        places("only-context", Map.of(), torn, "[CLS] [E1] [BLANK] [/E1] [E2] [BLANK] [/E2] of the [SEP]", at(1), at(4), at(2), at(5));
        places("only-mention", Map.of(), torn, "[CLS] [E1] a ##b c ##d [/E1] [E2] is [/E2] [SEP]", at(1), at(7), at(2, 3, 4, 5), at(8));
    }

    @Test
    void ofAMentionThatIsCutItsBeginningStands() throws Exception {
        Map<String, ?> few = Map.of("maxLength", 10);
        View wide = Models.view("the abcd of efgh is", Entity.of("a", "", 1, 2), Entity.of("b", "", 3, 4));
        places("mention", few, wide, "[CLS] [E1] a ##b [/E1] [E2] e ##f [/E2] [SEP]", at(1), at(5), at(2, 3), at(6, 7));
        places("plain", few, wide, "[CLS] a ##b ##c ##d e ##f ##g ##h [SEP]", at(1), at(5), at(1, 2, 3, 4), at(5, 6, 7, 8));
        places("only-mention", few, wide, "[CLS] [E1] a ##b [/E1] [E2] e ##f [/E2] [SEP]", at(1), at(5), at(2, 3), at(6, 7));
    }

    @Test
    void meanAndClsAreTheSameForAllPairs() throws Exception {
        Encoded mean = encode(Map.of("pool", "mean", "format", "plain"), one, two);
        assertArrayEquals(mean.mean(0, IntStream.range(0, 9).toArray()), mean.relations[0], 1e-6f);
        assertArrayEquals(mean.relations[1], mean.relations[2]);
        Encoded cls = encode(Map.of("pool", "cls"), one, two);
        assertArrayEquals(cls.tokens[0][0], cls.relations[0]);
        assertArrayEquals(cls.tokens[1][0], cls.relations[1]);
        assertArrayEquals(cls.tokens[1][0], cls.relations[2]);
    }

    @Test
    void poolerIsTanhOfADenseLayer() throws Exception {
        Encoded e = encode(Map.of("pool", "pooler"), one, two);
        float[] w = e.parameters.get("pooler.dense.weight"), b = e.parameters.get("pooler.dense.bias");
        for (int row = 0; row < 3; row++)
            for (int i = 0; i < H; i++) {
                double sum = b[i];
                for (int j = 0; j < H; j++) sum += (double) w[i * H + j] * e.tokens[row == 0 ? 0 : 1][0][j];
                assertEquals(Math.tanh(sum), e.relations[row][i], 1e-6);
            }
    }

    @Test
    void aPassageThatIsCutKeepsItsEntities() throws Exception {
        View longOne = Models.view("of ".repeat(60) + "ab is cd " + "the ".repeat(60).strip(), Entity.of("a", "", 60, 61), Entity.of("b", "", 62, 63));
        Encoded e = encode(Map.of("maxLength", 16), longOne);
        int m = TinyBert.WORDS.size();
        assertEquals(16, e.batch.length());
        // [CLS] of of of [E1] a ##b [/E1] is [E2] c ##d [/E2] the the [SEP]
        assertArrayEquals(new int[] {2, id("of"), id("of"), id("of"), m, id("a"), id("##b"), m + 1, id("is"), m + 2, id("c"), id("##d"), m + 3, id("the"), id("the"), 3}, e.ids(0));
        assertArrayEquals(both(e.mean(0, 4), e.mean(0, 9)), e.relations[0], 1e-6f);
    }

    @Test
    void moreEntitiesThanThereIsRoomFor() throws Exception {
        Entity[] entities = new Entity[20];
        for (int i = 0; i < 20; i++) entities[i] = Entity.of("e" + i, "", i, i + 1);
        View crowded = Models.view("ab ".repeat(20).strip(), IntStream.range(0, 19).mapToObj(i -> new Pair(i, i + 1, List.of())).toList(), entities);
        Encoded e = encode(Map.of("maxLength", 8), crowded);
        assertEquals(19, e.relations.length);
        assertArrayEquals(both(e.tokens[0][0], e.tokens[0][0]), e.relations[18], 1e-6f, "[CLS] stands for what is cut off");
        assertArrayEquals(both(e.mean(0, 1), e.mean(0, 2)), e.relations[0], 1e-6f);
    }

    @Test
    void aMentionOfNothingPrintable() throws Exception {
        Encoded e = encode(Map.of("format", "plain"), Models.view("the \u200b is", Entity.of("a", "", 1, 2), Entity.of("b", "", 2, 3)));
        assertArrayEquals(new int[] {2, id("the"), 1, id("is"), 3}, e.ids(0));
        assertTrue(Float.isFinite(e.relations[0][0]));
    }
}
