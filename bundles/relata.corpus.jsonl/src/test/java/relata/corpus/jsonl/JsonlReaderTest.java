package relata.corpus.jsonl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;
import relata.corpus.text.Lines;
import relata.testkit.CorpusReaderContract;

final class JsonlReaderTest implements CorpusReaderContract<JsonlReader.Config> {
    private static final String SHORT = "{\"tokens\":[\"a\",\"b\",\"c\"],\"head\":{\"start\":0,\"end\":1},\"tail\":{\"start\":2,\"end\":3},\"relation\":\"%s\"}";

    @TempDir
    Path folder;

    @Override
    public ComponentProvider<CorpusReader, JsonlReader.Config> provider() {
        return new JsonlReader();
    }

    @Override
    public Map<String, ?> settings() {
        try {
            Path root = Files.createDirectories(folder.resolve("good"));
            Files.writeString(root.resolve("train.jsonl"), line("x") + line("y") + line("no") + line("x"));
            Files.writeString(root.resolve("test.jsonl"), line("y") + "{\"tokens\":[\"a\",\"b\",\"c\"],\"entities\":[{\"mentions\":[{\"start\":1,\"end\":2},{\"start\":0,\"end\":1}]},"
                    + "{\"mentions\":[{\"start\":2,\"end\":3}]}],\"pairs\":\"all\",\"relations\":[{\"head\":0,\"tail\":1,\"relation\":\"x\"}]}\n");
            return Map.of("root", root, "negative", "no", "dev", 0.1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> broken = new LinkedHashMap<>();
        add(broken, "", "is empty");
        add(broken, "\n \r\n", "is empty");
        add(broken, line("x") + "{\"tokens\":[\"a\",", "line 2", "cut off", "tokens");
        add(broken, line("x") + "garbage", "line 2", "no valid JSON");
        add(broken, "[" + SHORT.formatted("x") + "]", "line 1", "an object");
        add(broken, SHORT.formatted("x") + "{}", "line 1");
        add(broken, SHORT.formatted("x").replace("\"c\"]", "\"c\",]"), "line 1", "no valid JSON");
        add(broken, SHORT.formatted("x").replace("\"c\"", "\"\\ud83d\""), "line 1", "tokens[2]", "surrogate");
        add(broken, SHORT.formatted("x").replace("\"c\"", "7"), "line 1", "tokens[2]", "a text");
        add(broken, SHORT.formatted("x").replace("\"c\"", "\" \""), "line 1", "tokens[2]", "empty");
        add(broken, SHORT.formatted("x").replace(":2", ":\"2\""), "line 1", "tail.start", "whole number");
        add(broken, SHORT.formatted("x").replace(":2", ":2.5"), "line 1", "tail.start", "2.5");
        add(broken, SHORT.formatted("x").replace(":2", ":99999999999"), "line 1", "tail.start", "99999999999");
        add(broken, SHORT.formatted("x").replace(":3", ":4"), "line 1", "tail", "2 to 4", "3 tokens");
        add(broken, SHORT.formatted("x").replace(":3", ":2"), "line 1", "tail", "2 to 2", "exclusive");
        add(broken, SHORT.formatted("x").replace(":2", ":-2"), "line 1", "tail", "-2");
        add(broken, SHORT.formatted("x").replace("relation", "realtion"), "line 1", "'realtion'", "did you mean 'relation'");
        add(broken, SHORT.formatted("x").replace("\"relation\"", "\"colour\":1,\"relation\""), "line 1", "'colour'", "meta");
        add(broken, SHORT.formatted("x").replace("\"relation\"", "\"head\":{\"start\":0,\"end\":1},\"relation\""), "line 1", "twice");
        add(broken, SHORT.formatted("x").replace("\"tail\"", "\"meta\""), "line 1", "'tail' is missing");
        add(broken, SHORT.formatted("x").replace("\"tokens\"", "\"meta\""), "line 1", "neither 'tokens' nor 'text'");
        add(broken, SHORT.formatted("x").replace("\"head\"", "\"text\":\"a\",\"head\""), "line 1", "both 'tokens' and 'text'");
        add(broken, SHORT.formatted("x").replace("\"head\"", "\"pairs\":\"all\",\"head\""), "line 1", "'pairs'", "short form");
        add(broken, SHORT.formatted("x").replace("\"head\"", "\"unit\":\"utf16\",\"head\""), "line 1", "unit");
        add(broken, SHORT.formatted("x").replace("\"head\"", "\"sentences\":[1],\"head\""), "line 1", "sentences");
        add(broken, SHORT.formatted("x").replace("\"head\"", "\"sentences\":[0,0],\"head\""), "line 1", "sentences");
        add(broken, SHORT.formatted("x").replace("\"head\"", "\"sentences\":[0,3],\"head\""), "line 1", "sentences", "3");
        add(broken, SHORT.formatted("x").replace("\"head\"", "\"id\":\"i\",\"head\"") + "\n" + SHORT.formatted("x").replace("\"head\"", "\"id\":\"i\",\"head\""), "line 2", "'i'", "line 1");
        add(broken, SHORT.formatted("x") + "\n" + SHORT.replace(",\"relation\":\"%s\"", ""), "line 2", "no label", "negative");
        add(broken, SHORT.formatted(" "), "line 1", "relation", "empty");
        add(broken, SHORT.formatted("x") + "\n" + SHORT.formatted("x").replace("\"head\"", "\"split\":\"s\",\"head\""), "line 2", "split");
        add(broken, many("[]", "", ""), "line 1", "no pair");
        add(broken, many("[{\"mentions\":[]}]", "", ""), "line 1", "entities[0]", "no mentions");
        add(broken, many("[{\"mentions\":[{}]}]", "", ""), "line 1", "entities[0].mentions[0]", "'start' and 'end'");
        add(broken, many("[{\"mentions\":[{\"start\":1}]}]", "", ""), "line 1", "entities[0].mentions[0]", "'start' and 'end'");
        add(broken, many("[{\"mentions\":[{\"spans\":[[0,1,2]]}]}]", "", ""), "line 1", "entities[0].mentions[0].spans[0]", "[0, 1, 2]");
        add(broken, many("[{\"mentions\":[{\"spans\":[[1,2],[0,1]]}]}]", "", "\"all\""), "line 1", "entities[0].mentions[0]", "ascend");
        String two = "[{\"id\":\"p\",\"mentions\":[{\"start\":0,\"end\":1}]},{\"id\":\"q\",\"mentions\":[{\"start\":1,\"end\":3}]}]";
        add(broken, many(two.replace("\"q\"", "\"p\""), "", "\"all\""), "line 1", "'p'");
        add(broken, many(two, "{\"head\":0,\"tail\":2,\"relation\":\"x\"}", ""), "line 1", "relations[0]", "there are 2");
        add(broken, many(two, "{\"head\":0,\"tail\":-1,\"relation\":\"x\"}", ""), "line 1", "relations[0].tail", "-1");
        add(broken, many(two, "{\"head\":0,\"tail\":0,\"relation\":\"x\"}", ""), "line 1", "relations[0]", "itself");
        add(broken, many(two, "{\"head\":0,\"tail\":1}", ""), "line 1", "relations[0]", "label is missing");
        add(broken, many(two, "{\"head\":0,\"relation\":\"x\"}", ""), "line 1", "relations[0]", "'tail'");
        add(broken, many(two, "{\"head\":0,\"tail\":1,\"relation\":\"x\"},{\"head\":0,\"tail\":1,\"relation\":\"x\"}", ""), "line 1", "relations[1]", "repeats x");
        add(broken, many(two, "", "[[0,1],[0,1]]"), "line 1", "pairs[1]", "again");
        add(broken, many(two, "", "[[0,5]]"), "line 1", "pairs[0]", "5");
        add(broken, many(two, "", "\"some\""), "line 1", "pairs", "\"all\"");
        add(broken, "{\"a\":".repeat(100_000), "line 1");
        add(broken, many(two, "", "[[0,1]]").replace("]]", "]],\"meta\":" + "[".repeat(100_000)), "line 1");
        addSettings(broken, Map.of("negative", "none"), SHORT.formatted("x"), "'none'", "there are: x");
        addSettings(broken, Map.of("negative", "no"), many(two, "{\"head\":0,\"tail\":1,\"relation\":\"x\"},{\"head\":0,\"tail\":1,\"relation\":\"no\"}", ""), "line 1", "'no'", "none");
        addSettings(broken, Map.of("dev", 0.1), SHORT.formatted("x"), "no split 'train'");

        byte[] latin = (line("x") + line("café")).getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("latin.jsonl"), latin);
        broken.put("Latin-1", new Broken(Map.of("root", file), "latin.jsonl", "line 2", "not UTF-8", "0xE9", "byte " + (SHORT.formatted("caf").indexOf("caf") + 4) + " of the line", "byte "
                + (new String(latin, StandardCharsets.ISO_8859_1).indexOf('é') + 1) + " of the file"));
        file = Files.write(folder.resolve("wide.jsonl"), ("\ufeff" + line("x")).getBytes(StandardCharsets.UTF_16LE));
        broken.put("UTF-16", new Broken(Map.of("root", file), "wide.jsonl", "line 1", "UTF-16"));
        file = Files.write(folder.resolve("long.jsonl"), (line("x") + " ".repeat(Lines.LONGEST) + line("x")).getBytes(StandardCharsets.UTF_8));
        broken.put("too long", new Broken(Map.of("root", file), "long.jsonl", "line 2", "16 MB"));

        Path empty = Files.createDirectories(folder.resolve("empty"));
        Files.writeString(empty.resolve("train.json"), "{}");
        broken.put("a folder without corpus", new Broken(Map.of("root", empty), empty.toString(), ".jsonl", "train.json"));
        Path unseen = Files.createDirectories(folder.resolve("unseen"));
        Files.writeString(unseen.resolve("train.jsonl"), line("x"));
        Files.writeString(unseen.resolve("test.jsonl"), line("x") + line("z"));
        broken.put("an unseen label", new Broken(Map.of("root", unseen), "test.jsonl", "line 2", "'z'", "unseen"));
        Path same = Files.createDirectories(folder.resolve("same"));
        Files.writeString(same.resolve("train.jsonl"), SHORT.formatted("x").replace("\"head\"", "\"id\":\"i\",\"head\""));
        Files.writeString(same.resolve("test.jsonl"), "\n" + SHORT.formatted("x").replace("\"head\"", "\"id\":\"i\",\"head\""));
        broken.put("the same id in two splits", new Broken(Map.of("root", same), "train.jsonl line 1", "'i'", "test.jsonl line 2"));
        Path small = Files.createDirectories(folder.resolve("small"));
        Files.writeString(small.resolve("train.jsonl"), line("x") + line("y"));
        broken.put("too few for dev", new Broken(Map.of("root", small, "dev", 0.5), "too few"));
        return broken;
    }

    private void add(Map<String, Broken> broken, String content, String... message) throws IOException {
        addSettings(broken, Map.of(), content, message);
    }

    private void addSettings(Map<String, Broken> broken, Map<String, ?> settings, String content, String... message) throws IOException {
        Path file = Files.writeString(folder.resolve("broken" + broken.size() + ".jsonl"), content);
        Map<String, Object> all = new HashMap<>(settings);
        all.put("root", file);
        String[] parts = Arrays.copyOf(message, message.length + 1);
        parts[message.length] = file.getFileName().toString();
        broken.put(broken.size() + ": " + content.substring(0, Math.min(200, content.length())), new Broken(all, parts));
    }

    private static String line(String label) {
        return SHORT.formatted(label) + "\n";
    }

    private static String many(String entities, String relations, String pairs) {
        return "{\"tokens\":[\"a\",\"b\",\"c\"],\"entities\":" + entities + ",\"relations\":[" + relations + "]" + (pairs.isEmpty() ? "" : ",\"pairs\":" + pairs) + "}";
    }

    private Corpus read(Map<String, ?> settings) throws IOException {
        return parts().create(provider(), settings).read();
    }

    private Example one(String line, Map<String, ?> settings) throws IOException {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("root", Files.writeString(folder.resolve("one.jsonl"), line));
        return read(all).split("all").get(0);
    }

    private Example one(String line) throws IOException {
        return one(line, Map.of());
    }

    @Test
    void theShortFormIsOnePair() throws IOException {
        Example e = one("{\"tokens\":[\"a\",\"b\",\"c\"],\"head\":{\"start\":2,\"end\":3,\"type\":\"T\",\"id\":\"q\"},\"tail\":{\"start\":0,\"end\":1},\"relation\":\"x\",\"meta\":{\"any\":[1,null]}}");
        Passage passage = new Passage("one:1", List.of("a", "b", "c"), List.of(), List.of(Entity.of("q", "T", 2, 3), Entity.of("e1", "", 0, 1)), List.of(new Fact(0, 1, "x")));
        assertEquals(new Example("one:1", passage, List.of(new Pair(0, 1, List.of("x")))), e);
    }

    @Test
    void passagesCanBeOfOneDocument() throws IOException {
        String line = SHORT.formatted("x");
        assertEquals("one:1", one(line).passage().document(), "a passage by itself is a document");
        assertEquals("p", one("{\"passage\":\"p\"," + line.substring(1)).passage().document());
        assertEquals("d", one("{\"passage\":\"p\",\"document\":\"d\"," + line.substring(1)).passage().document());
    }

    @Test
    void theLongFormHasMentionsSentencesAndSeveralRelations() throws IOException {
        Example e = one("{\"id\":\"d\",\"tokens\":[\"a\",\"b\",\"c\"],\"sentences\":[0,2],\"entities\":[{\"mentions\":[{\"start\":2,\"end\":3},{\"spans\":[[0,1],[2,3]],\"text\":\"a c\"}]},"
                + "{\"mentions\":[{\"start\":1,\"end\":2}]}],\"relations\":[{\"head\":0,\"tail\":1,\"relation\":\"x\"},{\"head\":0,\"tail\":1,\"relation\":\"y\"},{\"head\":1,\"tail\":0,\"relation\":\"no\"}],"
                + "\"pairs\":[[1,0],[0,1]]}", Map.of("negative", "no"));
        assertEquals(List.of(0, 2), e.passage().sentences());
        assertEquals(List.of(new Mention(List.of(new Span(0, 1), new Span(2, 3))), Mention.of(2, 3)), e.passage().entities().get(0).mentions());
        assertEquals(List.of(new Fact(0, 1, "x"), new Fact(0, 1, "y")), e.passage().facts());
        assertEquals(List.of(new Pair(1, 0, List.of("no")), new Pair(0, 1, List.of("x", "y"))), e.pairs());
    }

    @Test
    void askedPairsWithoutRelationAreNegativeOrUnknown() throws IOException {
        String line = "{\"tokens\":[\"a\",\"b\",\"c\"],\"entities\":[{\"mentions\":[{\"start\":0,\"end\":1}]},{\"mentions\":[{\"start\":1,\"end\":2}]},{\"mentions\":[{\"start\":2,\"end\":3}]}],\"pairs\":\"all\"}";
        assertEquals(List.of(List.of(0, 1), List.of(0, 2), List.of(1, 0), List.of(1, 2), List.of(2, 0), List.of(2, 1)), one(line).pairs().stream().map(p -> List.of(p.head(), p.tail())).toList());
        for (Pair p : one(line).pairs()) assertEquals(List.of(), p.relations());
        for (Pair p : one(line, Map.of("negative", "no")).pairs()) assertEquals(List.of("no"), p.relations());
    }

    @Test
    void charactersAreCodePointsOrUtf16Units() throws IOException {
        String line = "{\"text\":\"😀 Ada's  dog ran.\",\"unit\":%s,\"sentences\":[0,%d],\"head\":{\"start\":%d,\"end\":%d,\"text\":\"Ada\"},\"tail\":{\"start\":%d,\"end\":%d,\"text\":\"dog\"}}";
        Example points = one(line.formatted("null", 8, 2, 5, 9, 12));
        Example units = one(line.formatted("\"utf16\"", 9, 3, 6, 10, 13));
        assertEquals(points, units);
        assertEquals(List.of("😀", "Ada", "'s", "dog", "ran", "."), points.passage().tokens());
        assertEquals(List.of(Entity.of("e0", "", 1, 2), Entity.of("e1", "", 3, 4)), points.passage().entities());
        assertEquals(List.of(0, 3), points.passage().sentences());
        String message = assertThrows(CorpusException.class, () -> one(line.formatted("null", 8, 3, 6, 9, 12))).getMessage();
        assertTrue(message.contains("line 1: head is 'Ada', but at characters 3 to 6 stands 'da''; it stands at characters 2 to 5 (offsets count Unicode code points; set unit to utf16"), message);
        assertTrue(assertThrows(CorpusException.class, () -> one(line.formatted("\"utf16\"", 9, 1, 2, 10, 13))).getMessage().contains("cuts a character in two"));
        assertTrue(assertThrows(CorpusException.class, () -> one(line.formatted("null", 8, 7, 8, 9, 12))).getMessage().contains("head holds only space"));
        assertTrue(assertThrows(CorpusException.class, () -> one(line.formatted("null", 8, 2, 5, 9, 18))).getMessage().contains("the text has 17 characters"));
        assertTrue(assertThrows(CorpusException.class, () -> one(line.formatted("\"bytes\"", 8, 2, 5, 9, 12))).getMessage().contains("unit was 'bytes'"));
        assertTrue(assertThrows(CorpusException.class, () -> one("{\"text\":\" \",\"entities\":[],\"pairs\":\"all\"}")).getMessage().contains("text is empty"));
    }

    @Test
    void mentionsAlwaysBreakTokens() throws IOException {
        Example e = one("{\"text\":\"anti-p53-based\",\"head\":{\"start\":5,\"end\":8,\"text\":\"p53\"},\"tail\":{\"start\":9,\"end\":14},\"relation\":\"x\"}");
        assertEquals(List.of("anti", "-", "p53", "-", "based"), e.passage().tokens());
        assertEquals(Mention.of(2, 3), e.passage().entities().get(0).mentions().get(0));
    }

    @Test
    void theSplitsOfOneFileAreNamedByItsLines() throws IOException {
        Path file = Files.writeString(folder.resolve("c.jsonl"), line("x").replace("\"head\"", "\"split\":\"train\",\"head\"") + line("x").replace("\"head\"", "\"split\":\"dev\",\"head\""));
        Corpus corpus = read(Map.of("root", file));
        assertEquals(List.of("dev", "train"), List.copyOf(corpus.splits().keySet()));
        assertEquals("c", corpus.name());
        assertEquals(List.of("x"), corpus.relations());
        assertEquals(Optional.empty(), corpus.negative());
        assertEquals("c:2", corpus.split("dev").get(0).id());
    }

    @Test
    void byteOrderMarksWindowsLineEndsAndBlankLinesAreTolerated() throws IOException {
        Path file = Files.writeString(folder.resolve("c.jsonl"), "\ufeff" + SHORT.formatted("x") + "\r\n\r\n" + SHORT.formatted("ü"));
        Corpus corpus = read(Map.of("root", file));
        assertEquals(List.of("c:1", "c:3"), corpus.split("all").stream().map(Example::id).toList());
        assertEquals(List.of("x", "ü"), corpus.relations());
    }

    @Test
    void unseenLabelsCanBeDroppedOrKept() throws IOException {
        Files.writeString(folder.resolve("train.jsonl"), line("x"));
        Files.writeString(folder.resolve("test.jsonl"), line("z") + line("x"));
        Corpus dropped = read(Map.of("root", folder, "unseen", "drop"));
        assertEquals(List.of("x"), dropped.relations());
        assertEquals(List.of("test:2"), dropped.split("test").stream().map(Example::id).toList());
        Corpus kept = read(Map.of("root", folder, "unseen", "keep"));
        assertEquals(List.of("x", "z"), kept.relations());
        assertEquals(2, kept.split("test").size());
        Files.writeString(folder.resolve("test.jsonl"), line("z"));
        assertTrue(assertThrows(CorpusException.class, () -> read(Map.of("root", folder, "unseen", "drop"))).getMessage().contains("'test'"));
    }

    @Test
    void devIsAShareOfEachRelationAndDependsOnIdsAlone() throws IOException {
        List<String> lines = IntStream.range(0, 105).mapToObj(i -> line(i % 10 == 0 ? "rare" : i % 2 == 0 ? "even" : "odd").replace("\"head\"", "\"id\":\"i" + i + "\",\"head\"")).toList();
        Files.writeString(folder.resolve("train.jsonl"), String.join("", lines) + line("once"));
        Corpus corpus = read(Map.of("root", folder, "dev", 0.1));
        Map<String, Integer> counts = new TreeMap<>();
        for (Example e : corpus.split("dev")) counts.merge(e.pairs().get(0).relations().get(0), 1, Integer::sum);
        assertEquals(Map.of("even", 5, "odd", 6, "rare", 2), counts); // of 42, 52 and 11, rounded up; 'once' stays in train
        assertEquals(106 - 13, corpus.split("train").size());
        List<String> ids = corpus.split("dev").stream().map(Example::id).sorted().toList();
        List<String> turned = new ArrayList<>(lines);
        Collections.reverse(turned);
        Files.writeString(folder.resolve("train.jsonl"), String.join("", turned));
        assertEquals(ids, read(Map.of("root", folder, "dev", 0.1)).split("dev").stream().map(Example::id).sorted().toList());
        Files.writeString(folder.resolve("dev.jsonl"), line("odd"));
        assertEquals(1, read(Map.of("root", folder, "dev", 0.1)).split("dev").size());
    }

    @Test
    void hiddenAndOtherFilesAreNoSplits() throws IOException {
        Files.writeString(folder.resolve("train.jsonl"), line("x"));
        Files.writeString(folder.resolve("._train.jsonl"), "\0\0");
        Files.writeString(folder.resolve("README.md"), "hello");
        Corpus corpus = read(Map.of("root", folder));
        assertEquals(List.of("train"), List.copyOf(corpus.splits().keySet()));
        assertEquals(List.of("train.jsonl"), List.copyOf(corpus.inputs().keySet()));
    }
}
