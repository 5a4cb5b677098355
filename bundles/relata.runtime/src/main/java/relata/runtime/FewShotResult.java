package relata.runtime;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import relata.api.evaluate.PairedBootstrap;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;

/**
 * What one task of a few-shot stage gave, and its place on disk: {@code few-shot.json} with the settings and, for each task, accuracy, interval and
 * the episodes' hash; {@code episodes.csv} with the score of each episode.
 *
 * @param episodes hash of the episodes: equal for two models that answered the same ones
 * @param scores one for each of them
 */
record FewShotResult(String episodes, EpisodeScores scores) {
    private static final String SUMMARY = "few-shot.json";
    private static final String SCORES = "episodes.csv";
    private static final String HEAD = "task,episode,inside,inside right,outside,outside right,accuracy";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    static void write(Path folder, Map<String, Object> setting, Map<String, FewShotResult> results) throws IOException {
        StringBuilder csv = new StringBuilder(HEAD).append('\n');
        Map<String, Object> tasks = new LinkedHashMap<>();
        results.forEach((title, result) -> {
            List<EpisodeScores.Score> each = result.scores.each();
            for (int e = 0; e < each.size(); e++) {
                EpisodeScores.Score s = each.get(e);
                csv.append(title).append(',').append(e + 1).append(',').append(s.inside()).append(',').append(s.insideRight()).append(',').append(s.outside()).append(',').append(s.outsideRight())
                        .append(',').append(s.accuracy()).append('\n');
            }
            tasks.put(title, result.summary());
        });
        Folders.write(folder.resolve(SCORES), csv.toString());
        Map<String, Object> all = new LinkedHashMap<>(setting);
        all.put("interval", "95 %, normal approximation over the accuracies of episodes: 1.96 s / √n");
        all.put("tasks", tasks);
        Map<String, Object> metrics = new LinkedHashMap<>();
        results.forEach((title, result) -> metrics.put(metric(title), result.scores.accuracy()));
        all.put("metrics", metrics);
        Folders.write(folder.resolve(SUMMARY), GSON.toJson(all) + "\n");
    }

    /** The name of a task's accuracy among metrics, e.g. {@code 5-way-1-shot}. */
    static String metric(String title) {
        return title.replace(' ', '-');
    }

    private Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("episodes", scores.each().size());
        summary.put("episodesSha256", episodes);
        summary.put("accuracy", scores.accuracy());
        summary.put("low", scores.accuracy() - scores.halfWidth());
        summary.put("high", scores.accuracy() + scores.halfWidth());
        if (scores.each().stream().anyMatch(s -> s.outside() > 0)) {
            summary.put("insideAccuracy", scores.insideAccuracy());
            summary.put("outsideAccuracy", scores.outsideAccuracy());
        }
        return summary;
    }

    /** This model against another on the same episodes, which are drawn with replacement. */
    PairedBootstrap.Comparison against(FewShotResult base, int resamples, long seed) {
        PairedBootstrap bootstrap = new PairedBootstrap(
                drawn -> Map.of("accuracy", drawn.items().stream().mapToDouble(p -> p.scores().get(0)).average().orElse(0)), "accuracy", resamples, seed);
        return bootstrap.of(new TreeMap<>(Map.of(0L, answers()))).minus(bootstrap.of(new TreeMap<>(Map.of(0L, base.answers()))));
    }

    /** Each episode as one item, with its accuracy for score. */
    private Predictions answers() {
        List<Prediction> items = new ArrayList<>();
        for (EpisodeScores.Score s : scores.each()) items.add(new Prediction("episode " + (items.size() + 1), 0, List.of(), "", List.of(s.accuracy())));
        return new Predictions(List.of(), Optional.empty(), items);
    }

    /** The results of a few-shot stage by task; none if the folder is that of another stage. */
    static Map<String, FewShotResult> read(Path folder) throws IOException {
        Path summary = folder.resolve(SUMMARY), csv = folder.resolve(SCORES);
        Map<String, FewShotResult> results = new LinkedHashMap<>();
        if (!Files.isRegularFile(summary)) return results;
        Map<String, List<EpisodeScores.Score>> scores = new LinkedHashMap<>();
        try {
            List<String> lines = Files.readAllLines(csv);
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",");
                scores.computeIfAbsent(cells[0], t -> new ArrayList<>())
                        .add(new EpisodeScores.Score(Integer.parseInt(cells[2]), Integer.parseInt(cells[3]), Integer.parseInt(cells[4]), Integer.parseInt(cells[5])));
            }
            JsonObject all = GSON.fromJson(Files.readString(summary), JsonObject.class);
            if (all == null || !(all.get("tasks") instanceof JsonObject tasks)) throw new IOException(summary + " is damaged: it has no tasks");
            for (Map.Entry<String, JsonElement> task : tasks.entrySet()) {
                if (!(task.getValue() instanceof JsonObject one) || !one.has("episodesSha256")) throw new IOException(summary + " is damaged: task '" + task.getKey() + "' has no hash of its episodes");
                results.put(task.getKey(), new FewShotResult(one.get("episodesSha256").getAsString(), new EpisodeScores(scores.getOrDefault(task.getKey(), List.of()))));
            }
        } catch (JsonParseException | IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException e) {
            throw new IOException(summary + " or " + csv.getFileName() + " is damaged: " + Words.of(e), e);
        }
        return results;
    }
}
