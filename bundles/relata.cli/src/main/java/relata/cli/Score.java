package relata.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final String STAGES = "stages.";

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
     * @param key {@code recipe}, {@code stage}, {@code seed}, {@code fold}, {@code fraction} (the share of the data that the judged model was trained on), or a path in the recipe
     * @return the value, or an empty string if the recipe has none
     */
    String value(String key) {
        return switch (key) {
            case "stage" -> stage;
            case "fold" -> settings.containsKey("corpus.with.folds") ? settings.getOrDefault("corpus.with.fold", "") : "";
            case "fraction" -> settings.getOrDefault(STAGES + settings.getOrDefault(STAGES + stage + ".with.model", "") + ".with.fraction", "1");
            default -> settings.getOrDefault(key, "");
        };
    }

    /** The seed of the run. */
    long seed() {
        String seed = value("seed");
        return seed.matches("-?\\d{1,18}") ? Long.parseLong(seed) : 0;
    }
}
