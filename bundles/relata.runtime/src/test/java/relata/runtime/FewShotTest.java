package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.evaluate.Classifier;
import relata.api.learn.EncoderLoader;
import relata.api.run.Recipe;
import relata.api.run.Recipes;
import relata.api.run.StageContext;
import relata.testkit.TestEngine;

class FewShotTest {
    record None() {}

    private static final String[] WORDS = {"acid", "binds", "cell", "drug", "enzyme", "fat", "gene", "heart"};
    private static final Recipe RECIPE =
            new Recipe("tiny", "", List.of(), 5, new Ref<>(CorpusReader.class, "none", new None()), new Ref<>(EncoderLoader.class, "tiny", new None()), Map.of(), "");

    private final List<String> said = new ArrayList<>();
    private final List<Map<?, ?>> metrics = new ArrayList<>();

    /** Relations with a word of their own and a word by turns: a model of words can tell them apart, but not always. */
    private static Corpus corpus() {
        List<Example> examples = new ArrayList<>();
        for (int r = 0; r < 6; r++)
            for (int i = 0; i < (r == 5 ? 2 : 8); i++) {
                Passage passage = new Passage(r + "-" + i, List.of(WORDS[r], WORDS[i], WORDS[(i * 3 + r) % 8]), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3)), List.of());
                examples.add(new Example(r + "-" + i, passage, List.of(new Pair(0, 1, List.of("r" + r)))));
            }
        return new Corpus("tiny", new TreeMap<>(Map.of("test", examples)), List.of("r0", "r1", "r2", "r3", "r4", "r5"), Optional.empty(), new TreeMap<>());
    }

    private Map<String, FewShotResult> run(Path folder, FewShot.Config config) throws Exception {
        Files.createDirectories(folder);
        StageContext context = (StageContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {StageContext.class}, (proxy, method, args) -> switch (method.getName()) {
            case "corpus" -> corpus();
            case "recipe" -> RECIPE;
            case "folder" -> folder;
            case "say" -> {
                said.add((String) args[0]);
                yield null;
            }
            case "metric" -> {
                metrics.add((Map<?, ?>) args[0]);
                yield null;
            }
            default -> null;
        });
        Parts parts = (Parts) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Parts.class}, (proxy, method, args) -> ((Ref<?>) args[0]).kind() == EncoderLoader.class
                ? TinyEncoder.LOADER : (Classifier) (embeddings, labels, random) -> EpisodesTest.means(embeddings, labels));
        Recipes recipes = (Recipes) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Recipes.class}, (proxy, method, args) -> "{ use: " + ((Ref<?>) args[0]).name() + " }");
        new FewShot(TestEngine.engine(), recipes).create(config, parts).run(context);
        return FewShotResult.read(folder);
    }

    private static FewShot.Config config(int episodes, Optional<Long> seed, FewShot.Task... tasks) {
        return new FewShot.Config(
                Optional.empty(), "test", Optional.empty(), Optional.empty(), new Ref<>(Classifier.class, "means", new None()), List.of(tasks), 2, 0, Optional.empty(), episodes, seed);
    }

    @Test
    void givesTheSameAgainAndOtherEpisodesForAnotherSeed(@TempDir Path folder) throws Exception {
        FewShot.Task[] tasks = {new FewShot.Task(3, 1), new FewShot.Task(3, 4)};
        Map<String, FewShotResult> one = run(folder.resolve("one"), config(200, Optional.empty(), tasks));
        assertEquals(List.of("3-way 1-shot", "3-way 4-shot"), List.copyOf(one.keySet()));
        assertTrue(said.get(0).contains("r5"), said.toString());
        assertEquals(one, run(folder.resolve("again"), config(200, Optional.of(5L), tasks)), "5 is the recipe's seed");
        assertEquals(Files.readString(folder.resolve("one/episodes.csv")), Files.readString(folder.resolve("again/episodes.csv")));
        Map<String, FewShotResult> other = run(folder.resolve("other"), config(200, Optional.of(6L), tasks));
        assertNotEquals(one.get("3-way 1-shot").episodes(), other.get("3-way 1-shot").episodes());
        assertEquals(6, one.get("3-way 1-shot").scores().each().get(0).inside(), "three relations, two queries each");
        assertEquals(one.get("3-way 4-shot").scores().accuracy(), metrics.get(0).get("3-way-4-shot"));
    }

    @Test
    void tooFewRelationsAreSaidBeforeAnythingIsEncoded(@TempDir Path folder) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> run(folder, config(10, Optional.empty(), new FewShot.Task(6, 1))));
        assertTrue(e.getMessage().contains("only these have so many: r0, r1, r2, r3, r4"), e.getMessage());
    }

    @Test
    void aDamagedResultIsNamed(@TempDir Path folder) throws Exception {
        run(folder, config(5, Optional.empty(), new FewShot.Task(2, 1)));
        Files.writeString(folder.resolve("episodes.csv"), "task\nnothing");
        assertTrue(assertThrows(IOException.class, () -> FewShotResult.read(folder)).getMessage().contains("episodes.csv"));
        Files.writeString(folder.resolve("episodes.csv"), "task\n");
        Files.writeString(folder.resolve("few-shot.json"), "{}");
        assertTrue(assertThrows(IOException.class, () -> FewShotResult.read(folder)).getMessage().contains("few-shot.json is damaged"));
    }

    private static FewShotResult result(String hash, int... right) {
        List<EpisodeScores.Score> scores = new ArrayList<>();
        for (int r : right) scores.add(new EpisodeScores.Score(5, r, 0, 0));
        return new FewShotResult(hash, new EpisodeScores(scores));
    }

    private static String report(FewShotResult first, FewShotResult second) {
        Map<String, ReportTable.Column> columns = new LinkedHashMap<>();
        columns.put("plain", new ReportTable.Column(Map.of(), Optional.empty(), Map.of("5-way 1-shot", first)));
        columns.put("trained", new ReportTable.Column(Map.of(), Optional.empty(), Map.of("5-way 1-shot", second)));
        ReportTable table = new ReportTable(RECIPE, columns);
        table.compareEpisodes(500, 1);
        return table.text();
    }

    @Test
    void aReportComparesEpisodeByEpisode() {
        String same = report(result("h", 3, 4, 5, 2, 3, 4, 1, 5), result("h", 4, 3, 5, 2, 4, 3, 1, 5));
        assertTrue(same.contains("5-way 1-shot   67.50 ± "), same);
        assertTrue(same.contains("0.00 points of 5-way 1-shot accuracy") && same.contains("not distinguishable from chance on these episodes"), same);
        String better = report(result("h", 3, 4, 4, 2, 3, 4, 1, 4), result("h", 4, 5, 5, 3, 4, 5, 2, 5));
        assertTrue(better.contains("+20.00 points") && better.contains("[+20.00, +20.00]") && better.contains("is distinguishable on these episodes"), better);
        String other = report(result("h", 3, 4), result("g", 4, 5));
        assertTrue(other.contains("'trained' and 'plain' answered different episodes of 5-way 1-shot: they are not compared.") && !other.contains("bootstrap"), other);
    }
}
