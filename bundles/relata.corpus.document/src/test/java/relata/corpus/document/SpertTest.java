package relata.corpus.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Pair;
import relata.testkit.CorpusReaderContract;
import relata.testkit.Damage;
import relata.testkit.PublishedData;
import relata.testkit.Wrong;

final class SpertTest implements CorpusReaderContract<Spert.Config> {
    private static final String ALL = """
            [{"tokens": ["Zolin", "gave", "him", "a", "bad", "rash", "."], "entities": [{"type": "AE", "start": 4, "end": 6}, {"type": "Drug", "start": 0, "end": 1}],
              "relations": [{"type": "causes", "head": 0, "tail": 1}], "orig_id": 0},
             {"tokens": ["Fever", "and", "café", "rash", "with", "Zolin"], "entities": [{"type": "AE", "start": 0, "end": 1}, {"type": "AE", "start": 2, "end": 4}, {"type": "Drug", "start": 5, "end": 6}],
              "relations": [{"type": "causes", "head": 0, "tail": 2}], "orig_id": "s1"},
             {"tokens": ["No", "rash"], "entities": [{"type": "AE", "start": 1, "end": 2}], "relations": [], "orig_id": 2}]
            """;
    private static final String FOLDS = """
            {"split_1": {"train set": ["0", "2"], "test set": ["s1"]}, "split_2": {"train set": ["s1"], "test set": ["0", "2"]}, "split_3": {"train set": ["s1"], "test set": ["0"]}}
            """;

    @TempDir
    Path folder;

    @Override
    public ComponentProvider<CorpusReader, Spert.Config> provider() {
        return new Spert();
    }

    @Override
    public Map<String, ?> settings() {
        try {
            Path root = Files.createDirectories(folder.resolve("good"));
            Files.writeString(root.resolve("own.json"), ALL);
            Files.writeString(root.resolve("cv_splits.json"), FOLDS);
            Files.writeString(root.resolve("own_types.json"), "{}");
            return Map.of("root", root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Corpus with(String setting, Object value) throws IOException {
        return parts().create(provider(), Map.of("root", settings().get("root"), setting, value)).read();
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> broken = new Wrong(folder, "own.json", ALL)
                .but("\"end\": 6", "\"end\": 8", "line 1", "[0]", "entities[0]", "4 to 8", "7 tokens")
                .but("\"start\": 4", "\"start\": 6", "line 1", "[0]", "entities[0]", "exclusive")
                .but("\"start\": 4", "\"start\": -4", "line 1", "[0]", "entities[0]", "-4")
                .but("\"head\": 0", "\"head\": 2", "line 1", "[0]", "relations[0]", "there are 2")
                .but("\"head\": 0", "\"head\": 1", "line 1", "[0]", "relations[0]", "itself")
                .but("{\"type\": \"causes\", \"head\": 0, \"tail\": 1}", "{\"type\": \"causes\", \"head\": 0, \"tail\": 1}, {\"type\": \"causes\", \"head\": 0, \"tail\": 1}", "line 1", "[0]", "relations[1] repeats")
                .but("\"causes\"", "\"none\"", "line 2", "[0].relations[0]", "none", "negative")
                .but("\"type\": \"causes\"", "\"kind\": \"causes\"", "line 2", "[0].relations[0]", "no 'type'")
                .but("\"s1\"", "\"0\"", "line 3", "'0'", "line 1 [0]")
                .but("\"relations\": [{\"type\": \"causes\", \"head\": 0, \"tail\": 2}], ", "", "line 3", "[1]", "no label")
                .but("[\"No\", \"rash\"]", "[]", "line 5", "[2]", "tokens is empty")
                .but("2}]\n", "2}\n", "line 6", "cut off")
                .file("[]", Map.of(), "line 1", "empty")
                .file("[{\"tokens\": [\"a\"], \"entities\": []}]", Map.of(), "line 1", "no sentence with a pair")
                .all();
        Path root = Path.of(settings().get("root").toString());
        broken.put("a fold that there is not", new Broken(Map.of("root", root, "fold", 4), "cv_splits.json", "'split_4'", "split_1, split_2, split_3"));
        broken.put("a fold without a sentence", new Broken(Map.of("root", root, "fold", 3), "own.json", "line 5", "[2]", "'2'", "fold 3"));
        Path other = Files.createDirectories(folder.resolve("folds"));
        Files.writeString(other.resolve("own.json"), ALL);
        broken.put("no folds", new Broken(Map.of("root", other, "fold", 1), "cv_splits.json", "does not exist"));
        Path wrong = Files.createDirectories(folder.resolve("foldsOfOthers"));
        Files.writeString(wrong.resolve("own.json"), ALL);
        Files.writeString(wrong.resolve("cv_splits.json"), FOLDS.replaceFirst("\"2\"", "\"7\""));
        broken.put("folds of another file", new Broken(Map.of("root", wrong, "fold", 1), "cv_splits.json", "line 1", "split_1.train set[1]", "'7'"));
        Path twice = Files.createDirectories(folder.resolve("twice"));
        Files.writeString(twice.resolve("own.json"), ALL);
        Files.writeString(twice.resolve("cv_splits.json"), FOLDS.replaceFirst("\"s1\"", "\"2\""));
        broken.put("a sentence in train and test", new Broken(Map.of("root", twice, "fold", 1), "cv_splits.json", "line 1", "'2'", "train set already"));
        return broken;
    }

    @Test
    void allOrderedPairsAreAsked() throws IOException {
        Corpus corpus = part().read();
        assertEquals(List.of("own"), List.copyOf(corpus.splits().keySet()));
        Example first = corpus.split("own").get(0);
        assertEquals("0", first.id());
        assertEquals(List.of(Entity.of("e0", "AE", 4, 6), Entity.of("e1", "Drug", 0, 1)), first.passage().entities());
        assertEquals(List.of(new Fact(0, 1, "causes")), first.passage().facts());
        assertEquals(List.of(new Pair(0, 1, List.of("causes")), new Pair(1, 0, List.of("none"))), first.pairs());
        assertEquals(6, corpus.split("own").get(1).pairs().size());
        assertEquals(2, corpus.split("own").size()); // one entity makes no pair
    }

    @Test
    void orThoseWhoseTypesGoTogetherOrThoseWithARelation() throws IOException {
        assertEquals(List.of(new Pair(0, 2, List.of("causes")), new Pair(1, 2, List.of("none"))), with("pairs", "typed").split("own").get(1).pairs());
        Corpus labelled = with("pairs", "labelled");
        assertEquals(List.of(new Pair(0, 2, List.of("causes"))), labelled.split("own").get(1).pairs());
        assertEquals(Optional.empty(), labelled.negative());
    }

    @Test
    void foldsDivideTheFile() throws IOException {
        Corpus corpus = with("fold", 1);
        assertEquals(List.of("0"), corpus.split("train").stream().map(Example::id).toList());
        assertEquals(List.of("s1"), corpus.split("test").stream().map(Example::id).toList());
        assertTrue(corpus.inputs().containsKey("cv_splits.json"));
        assertEquals(List.of("s1"), with("fold", 2).split("train").stream().map(Example::id).toList());
    }

    @Test
    void withoutRelationsTheAnswersAreUnknown() throws IOException {
        Path file = Files.writeString(folder.resolve("test.json"), "[{\"tokens\": [\"a\", \"b\"], \"entities\": [{\"type\": \"T\", \"start\": 0, \"end\": 1}, {\"type\": \"T\", \"start\": 1, \"end\": 2}]}]");
        assertEquals(List.of(new Pair(0, 1, List.of()), new Pair(1, 0, List.of())), parts().create(provider(), Map.of("root", file)).read().split("test").get(0).pairs());
    }

    @Test
    void aThousandDamagedFilesAndAThousandDamagedFolds() throws IOException {
        Path root = Path.of(settings().get("root").toString());
        CorpusReader reader = part(); // asking for the settings again would write the good files again
        Pattern place = Pattern.compile(" line \\d+: |is empty|damaged or cut off");
        int errors = Damage.check(root.resolve("own.json"), 1000, place, reader::read);
        assertTrue(errors > 500, "most damage must show, but only " + errors + " did");
        CorpusReader second = parts().create(provider(), Map.of("root", root, "fold", 2));
        int folds = Damage.check(root.resolve("cv_splits.json"), 1000, Pattern.compile(" line \\d+: |is empty|damaged or cut off|has no fold 'split_2'|not in fold 2"), () -> {
            try {
                return second.read();
            } catch (IOException e) { // a sentence that is missing from a fold is named where it stands
                throw e.getMessage().contains("not in fold") ? new IOException("cv_splits.json: " + e.getMessage(), e) : e;
            }
        });
        assertTrue(folds > 500, "most damage must show, but only " + folds + " did");
    }

    @Test
    void thePublishedFilesHaveThePublishedCounts() throws IOException {
        Path root = PublishedData.folder("ade");
        Corpus corpus = parts().create(provider(), Map.of("root", root)).read();
        List<Example> all = corpus.split("ade_full_spert");
        assertEquals(4272, all.size());
        assertEquals(5063, all.stream().flatMap(e -> e.passage().entities().stream()).filter(e -> e.type().equals("Drug")).count());
        assertEquals(5776, all.stream().flatMap(e -> e.passage().entities().stream()).filter(e -> e.type().equals("Adverse-Effect")).count());
        assertEquals(6821, relations(all));
        assertEquals(97, all.stream().mapToInt(e -> e.passage().tokens().size()).max().orElseThrow());
        assertEquals(119, all.stream().filter(SpertTest::overlaps).count());
        int[][] folds = {{6155, 666}, {6097, 724}, {6133, 688}, {6164, 657}, {6173, 648}, {6089, 732}, {6155, 666}, {6117, 704}, {6133, 688}, {6173, 648}};
        for (int f = 1; f <= folds.length; f++) {
            Corpus fold = parts().create(provider(), Map.of("root", root, "fold", f, "pairs", "typed")).read();
            assertEquals(List.of(folds[f - 1][0], folds[f - 1][1]), List.of(relations(fold.split("train")), relations(fold.split("test"))), "fold " + f);
            assertEquals(f == 10 ? 429 : 427, fold.split("test").size());
        }
    }

    private static int relations(List<Example> examples) {
        return examples.stream().flatMap(e -> e.pairs().stream()).mapToInt(p -> p.relations().equals(List.of("none")) ? 0 : p.relations().size()).sum();
    }

    private static boolean overlaps(Example e) {
        List<Entity> entities = new ArrayList<>(e.passage().entities());
        for (int i = 0; i < entities.size(); i++)
            for (int j = 0; j < i; j++) if (entities.get(i).tokens().intersects(entities.get(j).tokens())) return true;
        return false;
    }
}
