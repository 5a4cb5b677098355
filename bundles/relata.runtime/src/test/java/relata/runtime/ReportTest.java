package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.api.learn.EncoderLoader;
import relata.api.run.Recipe;
import relata.api.run.StageContext;

class ReportTest {
    record None() {}

    private static final Recipe RECIPE =
            new Recipe("tiny", "", List.of(), 5, new Ref<>(CorpusReader.class, "none", new None()), new Ref<>(EncoderLoader.class, "tiny", new None()), Map.of(), "");
    private static final Corpus CORPUS = new Corpus("tiny", new TreeMap<>(), List.of("no", "yes"), Optional.empty(), new TreeMap<>());
    private static final Metric ACCURACY = predictions -> Map.of("accuracy", predictions.items().stream().mapToDouble(p -> p.right() ? 1 : 0).average().orElse(0));

    @TempDir
    Path folder;

    @BeforeEach
    void stages() throws Exception {
        answers("long", List.of("a", "b", "c", "d"), "yes");
        answers("longer", List.of("a", "b", "c", "d"), "no");
        answers("short", List.of("a", "c"), "yes");
        answers("turned", List.of("b", "a", "c", "d"), "yes");
        episodes("once", 3);
        episodes("twice", 4);
    }

    private void answers(String stage, List<String> examples, String label) throws Exception {
        List<Prediction> items = examples.stream().map(e -> new Prediction(e, 0, List.of("yes"), label, List.of(0.5, 0.5))).toList();
        PredictionFile.write(Files.createDirectories(folder.resolve(stage)).resolve("predictions.jsonl"), new Predictions(CORPUS.relations(), Optional.empty(), items));
    }

    private void episodes(String stage, int right) throws Exception {
        EpisodeScores.Score score = new EpisodeScores.Score(5, right, 0, 0);
        FewShotResult.write(Files.createDirectories(folder.resolve(stage)), Map.of(), Map.of("5-way 1-shot", new FewShotResult("h", new EpisodeScores(List.of(score, score)))));
    }

    /** @param columns each its title and its stages */
    private String report(List<List<String>> columns) throws Exception {
        StageContext context = (StageContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {StageContext.class}, (proxy, method, args) -> switch (method.getName()) {
            case "corpus" -> CORPUS;
            case "recipe" -> RECIPE;
            case "folder" -> args == null ? folder : folder.resolve((String) args[0]);
            case "seed" -> 7L;
            default -> null;
        });
        Parts parts = (Parts) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Parts.class}, (proxy, method, args) -> ACCURACY);
        Map<String, List<String>> stages = new LinkedHashMap<>();
        for (List<String> column : columns) stages.put(column.get(0), new ArrayList<>(column.subList(1, column.size())));
        new Report().create(new Report.Config(stages, new Ref<>(Metric.class, "accuracy", new None()), "accuracy", 50), parts).run(context);
        return Files.readString(folder.resolve("report.txt")) + Files.readString(folder.resolve("report.json"));
    }

    @Test
    void onlyAnswersToTheSameQuestionsAreCompared() throws Exception {
        String text = report(List.of(List.of("base", "long"), List.of("wrong", "longer"), List.of("part", "short"), List.of("mixed", "turned"), List.of("episodes", "once")));
        assertTrue(text.contains("'wrong' differs from 'base' by -100.00 points"), text);
        for (String other : List.of("part", "mixed")) {
            assertTrue(text.contains("'" + other + "' and 'base' answered other questions: they are not compared."), text);
            assertFalse(text.contains("'" + other + "' differs"), text);
        }
        assertFalse(text.contains("'wrong' and 'base'") || text.contains("'episodes' and 'base'"), text);
    }

    @Test
    void aTaskIsAnsweredOnceInAColumn() throws Exception {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> report(List.of(List.of("both", "once", "twice"))));
        assertEquals("stages 'once' and 'twice' of one column both answer 5-way 1-shot: show them in columns of their own", e.getMessage());
        assertTrue(report(List.of(List.of("first", "once", "once"), List.of("second", "twice"))).contains("\"5-way-1-shot\": 0.8"));
    }
}
