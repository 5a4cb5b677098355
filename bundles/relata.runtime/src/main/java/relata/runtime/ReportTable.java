package relata.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.api.evaluate.PairedBootstrap;
import relata.api.evaluate.Predictions;
import relata.api.run.Recipe;

/** Figures of several models in columns. Keys of per-class numbers are {@code f1:LABEL} and alike. */
record ReportTable(
        Recipe recipe, Map<String, Column> columns, Map<String, PairedBootstrap.Comparison> tests, Map<String, Map<String, PairedBootstrap.Comparison>> episodeTests) {
    private static final List<String> HEAD = List.of("micro-precision", "micro-recall", "micro-f1", "macro-f1", "accuracy");

    /**
     * What one column shows.
     *
     * @param fewShot results by task
     */
    record Column(Map<String, Double> numbers, Optional<Predictions> predictions, Map<String, FewShotResult> fewShot) {
        /** False if both answered, but not the same questions in the same order. */
        boolean sameQuestions(Column other) {
            return predictions.isEmpty() || other.predictions.isEmpty() || questions(predictions.get()).equals(questions(other.predictions.get()));
        }

        private static List<String> questions(Predictions predictions) {
            return predictions.items().stream().map(p -> p.example() + "\n" + p.pair()).toList();
        }
    }

    ReportTable(Recipe recipe, Map<String, Column> columns) {
        this(recipe, columns, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** Compares every column with the first on the tasks in which both answered the same episodes. */
    void compareEpisodes(int resamples, long seed) {
        String base = columns.keySet().iterator().next();
        columns.forEach((title, column) -> column.fewShot.forEach((task, result) -> {
            FewShotResult first = columns.get(base).fewShot.get(task);
            if (title.equals(base) || first == null || !first.episodes().equals(result.episodes())) return;
            episodeTests.computeIfAbsent(title, t -> new LinkedHashMap<>()).put(task, result.against(first, resamples, seed));
        }));
    }

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("recipe", recipe.name());
        all.put("seed", recipe.seed());
        Map<String, Object> byColumn = new LinkedHashMap<>();
        columns.forEach((title, c) -> {
            Map<String, Double> numbers = new LinkedHashMap<>(c.numbers());
            c.fewShot.forEach((task, result) -> numbers.put(FewShotResult.metric(task), result.scores().accuracy()));
            byColumn.put(title, numbers);
        });
        all.put("columns", byColumn);
        all.put("tests", tests);
        if (!episodeTests.isEmpty()) all.put("episodeTests", episodeTests);
        return all;
    }

    String markdown() {
        StringBuilder out = new StringBuilder("# " + recipe.name() + ", seed " + recipe.seed() + "\n\n");
        List<List<String>> rows = rows();
        for (int r = 0; r < rows.size(); r++) {
            out.append("| ").append(String.join(" | ", rows.get(r))).append(" |\n");
            if (r == 0) out.append("|---".repeat(rows.get(0).size())).append("|\n");
        }
        out.append('\n');
        sentences().forEach(s -> out.append(s).append("\n"));
        return out.toString();
    }

    String text() {
        List<List<String>> rows = rows();
        int[] width = new int[rows.get(0).size()];
        for (List<String> row : rows) for (int i = 0; i < width.length; i++) width[i] = Math.max(width[i], row.get(i).length());
        StringBuilder out = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < width.length; i++) {
                String cell = rows.get(r).get(i), space = " ".repeat(width[i] - cell.length());
                line.append(i == 0 ? cell + space : "   " + space + cell);
            }
            out.append(line.toString().stripTrailing()).append('\n');
            if (r == 0) out.append("-".repeat(line.length())).append('\n');
        }
        out.append('\n');
        sentences().forEach(s -> out.append(s).append('\n'));
        return out.toString();
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(columns.keySet());
        rows.add(head);
        for (String key : HEAD) row(rows, key, key, 100);
        Set<String> labels = new LinkedHashSet<>();
        for (Column c : columns.values()) c.numbers().keySet().stream().filter(k -> k.startsWith("f1:")).forEach(k -> labels.add(k.substring(3)));
        for (String label : labels) {
            List<String> row = new ArrayList<>(List.of(label + "  P / R / F1"));
            for (Column c : columns.values())
                row.add(cell(c, "precision:" + label, 100) + " / " + cell(c, "recall:" + label, 100) + " / " + cell(c, "f1:" + label, 100));
            rows.add(row);
        }
        if (columns.values().stream().anyMatch(c -> c.numbers().containsKey("shift-count"))) {
            List<String> row = new ArrayList<>(List.of("prediction shift"));
            for (Column c : columns.values()) {
                Double count = c.numbers().get("shift-count"), of = c.numbers().get("shift-positives");
                row.add(count == null || of == null ? "" : String.format(Locale.ROOT, "%.0f of %.0f (%s %%)", count, of, cell(c, "shift-rate", 100)));
            }
            rows.add(row);
        }
        Set<String> tasks = new LinkedHashSet<>();
        for (Column c : columns.values()) tasks.addAll(c.fewShot.keySet());
        for (String task : tasks) {
            List<String> row = new ArrayList<>(List.of(task));
            for (Column c : columns.values()) {
                FewShotResult result = c.fewShot.get(task);
                row.add(result == null ? "" : String.format(Locale.ROOT, "%.2f ± %.2f", 100 * result.scores().accuracy(), 100 * result.scores().halfWidth()));
            }
            rows.add(row);
        }
        return rows;
    }

    private void row(List<List<String>> rows, String title, String key, double scale) {
        if (columns.values().stream().noneMatch(c -> c.numbers().containsKey(key))) return;
        List<String> row = new ArrayList<>(List.of(title));
        for (Column c : columns.values()) row.add(cell(c, key, scale));
        rows.add(row);
    }

    private static String cell(Column column, String key, double scale) {
        Double number = column.numbers().get(key);
        return number == null ? "" : String.format(Locale.ROOT, "%.2f", number * scale);
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        String base = columns.keySet().iterator().next();
        if (columns.values().stream().anyMatch(c -> !c.fewShot.isEmpty()))
            sentences.add("Of N-way K-shot: mean accuracy of episodes in percent, ± half its 95 % interval (normal approximation) over the choice of episodes.");
        tests.forEach((title, t) -> sentences.add(sentence(title, base, "micro-F1", "test items", t)));
        columns.forEach((title, c) -> {
            if (!c.sameQuestions(columns.get(base))) sentences.add("'" + title + "' and '" + base + "' answered other questions: they are not compared.");
        });
        episodeTests.forEach((title, all) -> all.forEach((task, t) -> sentences.add(sentence(title, base, task + " accuracy", "episodes", t))));
        columns.forEach((title, c) -> c.fewShot.forEach((task, result) -> {
            FewShotResult first = columns.get(base).fewShot.get(task);
            if (first != null && !first.episodes().equals(result.episodes())) sentences.add("'" + title + "' and '" + base + "' answered different episodes of " + task + ": they are not compared.");
        }));
        return sentences;
    }

    private static String sentence(String title, String base, String number, String items, PairedBootstrap.Comparison t) {
        return String.format(
                Locale.ROOT, "'%s' differs from '%s' by %+.2f points of %s, 95 %% interval [%+.2f, %+.2f] (paired bootstrap, %d resamples): %s.",
                title, base, 100 * t.difference(), number, 100 * t.low(), 100 * t.high(), t.resamples(),
                t.distinguishable() ? "the difference is distinguishable on these " + items : "the difference is not distinguishable from chance on these " + items);
    }
}
