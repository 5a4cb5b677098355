package relata.corpus.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
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
import relata.testkit.CorpusReaderContract;
import relata.testkit.Damage;
import relata.testkit.PublishedData;
import relata.testkit.Wrong;

final class DocRedTest implements CorpusReaderContract<DocRed.Config> {
    private static final String TRAIN = """
            [{"title": "Mira", "sents": [["Mira", "Olsen", "runs", "\u00a0", "Tarn", "."], ["\u00a0", "She", "likes", "Tarn", "and", "Bo", "."]],
              "vertexSet": [[{"name": "She", "pos": [1, 2], "sent_id": 1, "type": "PER"}, {"name": "Mira Olsen", "pos": [0, 2], "sent_id": 0, "type": "PER", "index": "0_0"}],
                            [{"name": "Tarn", "pos": [4, 5], "sent_id": 0, "type": "LOC"}, {"name": "Tarn", "pos": [3, 4], "sent_id": 1, "type": "LOC"}], [{"name": "Bo", "pos": [5, 6], "sent_id": 1, "type": "PER"}]],
              "labels": [{"h": 0, "t": 1, "r": "P6", "evidence": [0]}, {"h": 0, "t": 1, "r": "P1", "evidence": []}, {"h": 1, "t": 2, "r": "P1"}]},
             {"title": "Mira", "sents": [["Bo", "sits", "in", "Tarn"]], "vertexSet": [[{"name": "Bo", "pos": [0, 1], "sent_id": 0, "type": "PER"}], [{"name": "Tarn", "pos": [3, 4], "sent_id": 0, "type": "LOC"}]], "labels": []}]
            """;

    @TempDir
    Path folder;

    @Override
    public ComponentProvider<CorpusReader, DocRed.Config> provider() {
        return new DocRed();
    }

    @Override
    public Map<String, ?> settings() {
        try {
            Path root = Files.createDirectories(folder.resolve("good"));
            Files.writeString(root.resolve("train_own.json"), TRAIN);
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(root.resolve("dev_own.json.gz")))) {
                out.write(TRAIN.getBytes(StandardCharsets.UTF_8));
            }
            Files.writeString(root.resolve("rel_info.json"), "{}");
            Files.writeString(root.resolve("own_rel2id.json"), "{}");
            return Map.of("root", root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> broken = new Wrong(folder, "train_own.json", TRAIN)
                .but("[0, 2]", "[1, 3]", "line 1", "[0]", "vertexSet[0][1] is 'Mira Olsen'", "'Olsen runs'")
                .but("[0, 2]", "[0, 7]", "line 1", "[0]", "vertexSet[0][1]", "0 to 7", "sentence 0 has 6 tokens")
                .but("[0, 2]", "[2, 2]", "line 1", "[0]", "vertexSet[0][1]", "exclusive")
                .but("[0, 2]", "[-1, 2]", "line 1", "[0]", "vertexSet[0][1]", "-1")
                .but("[0, 2]", "[3, 4]", "line 1", "[0]", "vertexSet[0][1]", "only space")
                .but("\"sent_id\": 1", "\"sent_id\": 2", "line 1", "[0]", "vertexSet[0][0]", "sentence 2", "there are 2")
                .but("\"sent_id\": 1", "\"sent_id\": -2147483648", "line 1", "[0]", "vertexSet[0][0]", "-2147483648")
                .but("\"pos\": [1, 2], ", "", "line 2", "[0].vertexSet[0][0]", "no 'pos'")
                .but("\"h\": 1", "\"h\": 3", "line 1", "[0]", "labels[2]", "3 and 2", "there are 3")
                .but("\"h\": 1", "\"h\": 2", "line 1", "[0]", "labels[2]", "itself")
                .but("\"P6\"", "\"P1\"", "line 1", "[0]", "labels[1] repeats labels[0]", "P1")
                .but("\"P6\"", "\"NA\"", "line 4", "[0].labels[0]", "NA", "negative")
                .but("[[\"Bo\", \"sits\", \"in\", \"Tarn\"]]", "[[\"Bo\", \"sits\", \"in\", \"Tarn\"], []]", "line 5", "[1]", "sents[1] is empty")
                .but(", \"labels\": []", "", "line 5", "[1]", "no label")
                .but("\"vertexSet\"", "\"vertices\"", "[0]", "no 'vertexSet'", "vertices")
                .but("[[{\"name\": \"Bo\"", "[[], [{\"name\": \"Bo\"", "line 5", "[1]", "vertexSet[0] has no mentions")
                .file("[]", Map.of(), "line 1", "no document")
                .file("{}", Map.of(), "line 1", "an array")
                .file(TRAIN.substring(0, 500), Map.of(), "line 4", "[0].vertexSet")
                .all();
        Path two = Files.createDirectories(folder.resolve("two"));
        Files.writeString(two.resolve("train_annotated.json"), TRAIN);
        Files.writeString(two.resolve("train_distant.json"), TRAIN);
        broken.put("two files for train", new Broken(Map.of("root", two), two.toString(), "train_annotated.json and train_distant.json", "files: { train: train_annotated.json }"));
        return broken;
    }

    @Test
    void allOrderedPairsAreAsked() throws IOException {
        Corpus corpus = part().read();
        Example first = corpus.split("train").get(0);
        assertEquals(List.of("Mira", "Olsen", "runs", "Tarn", ".", "She", "likes", "Tarn", "and", "Bo", "."), first.passage().tokens());
        assertEquals(List.of(0, 5), first.passage().sentences());
        assertEquals(List.of(new Entity("e0", "PER", List.of(Mention.of(0, 2), Mention.of(5, 6))), new Entity("e1", "LOC", List.of(Mention.of(3, 4), Mention.of(7, 8))), Entity.of("e2", "PER", 9, 10)),
                first.passage().entities());
        assertEquals(List.of(new Fact(0, 1, "P6"), new Fact(0, 1, "P1"), new Fact(1, 2, "P1")), first.passage().facts());
        List<String> none = List.of("NA");
        assertEquals(List.of(new Pair(0, 1, List.of("P6", "P1")), new Pair(0, 2, none), new Pair(1, 0, none), new Pair(1, 2, List.of("P1")), new Pair(2, 0, none), new Pair(2, 1, none)), first.pairs());
        // files are read in the order of their names: dev first
        assertEquals(List.of("Mira", "Mira #2"), corpus.split("dev").stream().map(Example::id).toList());
        assertEquals(List.of("Mira #3", "Mira #4"), corpus.split("train").stream().map(Example::id).toList());
        assertEquals(List.of("NA", "P1", "P6"), corpus.relations());
    }

    @Test
    void orOnlyThoseWithARelation() throws IOException {
        Corpus corpus = parts().create(provider(), Map.of("root", settings().get("root"), "pairs", "labelled")).read();
        assertEquals(1, corpus.split("train").size());
        assertEquals(List.of(new Pair(0, 1, List.of("P6", "P1")), new Pair(1, 2, List.of("P1"))), corpus.split("train").get(0).pairs());
        assertEquals(Optional.empty(), corpus.negative());
    }

    @Test
    void withoutLabelsTheAnswersAreUnknown() throws IOException {
        Path file = Files.writeString(folder.resolve("test.json"), TRAIN.replace("\"labels\"", "\"notes\""));
        Corpus corpus = parts().create(provider(), Map.of("root", file)).read();
        assertEquals(6, corpus.split("test").get(0).pairs().size());
        for (Pair p : corpus.split("test").get(0).pairs()) assertEquals(List.of(), p.relations());
    }

    @Test
    void aFewWrongNamesAreToleratedIfTheSettingsSaySo() throws IOException {
        Path file = Files.writeString(folder.resolve("names.json"), TRAIN.replaceFirst("\"name\": \"Bo\"", "\"name\": \"Bob\""));
        assertEquals(2, parts().create(provider(), Map.of("root", file, "mismatches", 0.15)).read().split("names").size());
        assertTrue(assertThrows(CorpusException.class, () -> parts().create(provider(), Map.of("root", file)).read()).getMessage().contains("vertexSet[2][0] is 'Bob'"));
    }

    @Test
    void aThousandDamagedFilesAndAThousandZippedOnes() throws IOException {
        Path root = Path.of(settings().get("root").toString());
        CorpusReader reader = part(); // asking for the settings again would write the good files again
        Pattern place = Pattern.compile(" line \\d+: |is empty|damaged or cut off");
        int errors = Damage.check(root.resolve("train_own.json"), 1000, place, reader::read);
        assertTrue(errors > 500, "most damage must show, but only " + errors + " did");
        int zipped = Damage.check(root.resolve("dev_own.json.gz"), 1000, place, parts().create(provider(), Map.of("root", root.resolve("dev_own.json.gz")))::read);
        assertTrue(zipped > 900, "most damage must show, but only " + zipped + " did");
    }

    @Test
    void thePublishedFilesHaveThePublishedCounts() throws IOException {
        Corpus corpus = parts().create(provider(), Map.of("root", PublishedData.folder("redocred"))).read();
        counts(corpus.split("dev"), 9684, 13_189, 17_284, 193_232, 3651);
        counts(corpus.split("test"), 9779, 13_018, 17_448, 198_670, 3621);
        TreeSet<String> dev = new TreeSet<>();
        corpus.split("dev").forEach(e -> e.passage().facts().forEach(f -> dev.add(f.relation())));
        assertEquals(95, dev.size());
    }

    private static void counts(List<Example> documents, int entities, int mentions, int facts, int pairs, int several) {
        assertEquals(500, documents.size());
        assertEquals(entities, documents.stream().mapToInt(e -> e.passage().entities().size()).sum());
        assertEquals(mentions, documents.stream().flatMap(e -> e.passage().entities().stream()).mapToInt(e -> e.mentions().size()).sum());
        assertEquals(facts, documents.stream().mapToInt(e -> e.passage().facts().size()).sum());
        assertEquals(pairs, documents.stream().mapToInt(e -> e.pairs().size()).sum());
        assertEquals(several, documents.stream().flatMap(e -> e.pairs().stream()).filter(p -> p.relations().size() > 1).count());
        assertEquals(facts, documents.stream().flatMap(e -> e.pairs().stream()).filter(p -> !p.relations().equals(List.of("NA"))).mapToInt(p -> p.relations().size()).sum());
    }
}
