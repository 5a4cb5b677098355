package relata.runs.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import relata.api.run.RunFolder;

/**
 * A figure of one evaluation of one run.
 *
 * @param run the run's id
 * @param stage the evaluation's name
 * @param folder the evaluation's folder
 * @param value the figure
 * @param settings the run's recipe, by path
 */
record Score(String run, String stage, Path folder, double value, Map<String, String> settings) {
    /** How the path of a stage's share ends. */
    static final String FRACTION = ".with.fraction";

    private static final String STAGES = "stages.";
    private static final String FOLDS = "corpus.with.folds";

    /** A figure's name: the metric's number, after {@code STAGE.} if it is of one stage only. */
    record Figure(String stage, String number) {
        /** @param stages the names that stages have: other words before a dot belong to the number */
        static Figure parse(String text, List<String> stages) {
            int dot = text.indexOf('.');
            boolean staged = dot > 0 && stages.contains(text.substring(0, dot));
            return new Figure(staged ? text.substring(0, dot) : "", staged ? text.substring(dot + 1) : text);
        }
    }

    /** The scores of a run, one for each evaluation that has the figure. */
    static List<Score> of(RunFolder run, Map<String, Map<String, Double>> metrics, Map<String, String> settings, Figure figure) throws IOException {
        List<Score> scores = new ArrayList<>();
        metrics.forEach((stage, numbers) -> {
            Double value = numbers.get(figure.number());
            if (value != null && (figure.stage().isEmpty() || figure.stage().equals(stage))) scores.add(new Score(run.id(), stage, run.path().resolve("stages").resolve(stage), value, settings));
        });
        return scores;
    }

    /**
     * What the score was reached with.
     *
     * @param key {@code recipe}, {@code stage}, {@code seed}, {@code fold}, {@code fraction} (the share of the data that the judged model was trained on; if all of it, what the stage before was trained on, and so on), or a path in the recipe
     * @return the value, or an empty string if the recipe has none
     */
    String value(String key) {
        return switch (key) {
            case "stage" -> stage;
            case "fold" -> settings.containsKey(FOLDS) ? settings.getOrDefault("corpus.with.fold", "") : "";
            case "fraction" -> shares().values().stream().findFirst().orElse("1");
            default -> settings.getOrDefault(key, "");
        };
    }

    /** The shares other than 1 that the evaluation's stage, the stage it judges, and those that one starts from were trained on, in this order: path to value. */
    Map<String, String> shares() {
        Map<String, String> shares = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (String at = stage; !at.isEmpty() && seen.add(at); at = settings.getOrDefault(STAGES + at + ".with.model", settings.getOrDefault(STAGES + at + ".with.from", ""))) {
            String path = STAGES + at + FRACTION, share = settings.getOrDefault(path, "1");
            if (!share.matches("1(\\.0*)?")) shares.put(path, share);
        }
        return shares;
    }

    /** How many folds the corpus has; 0: it is not divided. */
    int folds() {
        String folds = value(FOLDS);
        return folds.matches("\\d{1,9}") ? Integer.parseInt(folds) : 0;
    }

    /** The seed of the run. */
    long seed() {
        String seed = value("seed");
        return seed.matches("-?\\d{1,18}") ? Long.parseLong(seed) : 0;
    }
}
