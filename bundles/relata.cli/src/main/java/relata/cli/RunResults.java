package relata.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import relata.api.result.Results;
import relata.api.result.Spread;
import relata.api.run.RecipeException;
import relata.api.run.RunPlan;
import relata.api.run.RunStatus;

/** What the runs of a group come to: for each varied setting and share of the training data, the spread over seeds and folds. */
final class RunResults {
    /**
     * What became of a run.
     *
     * @param error why it failed or, of one that is done, why its report could not be written; empty if neither
     * @param set what the group set in its recipe
     * @param recipe in YAML
     */
    record Result(String run, String path, long seed, RunStatus status, String error, Map<String, Map<String, Double>> metrics, Map<String, String> set, String recipe) {
        Map<String, Double> flat() {
            Map<String, Double> flat = new LinkedHashMap<>();
            metrics.forEach((stage, numbers) -> numbers.forEach((metric, number) -> flat.put(stage + "." + metric, number)));
            return flat;
        }
    }

    /**
     * Runs with the same settings and share of the training data.
     *
     * @param varied what was set in their recipe beside share, seed and fold
     * @param fraction the share, or empty
     * @param seeds how many are done
     * @param folds how many are done of each seed; 0: there are none
     * @param notes what is left out
     * @param spread over the seeds, each of them the mean of its folds; with one seed, over its folds
     * @param pooled over the seeds, each of them judged on the answers of all folds together
     */
    record Share(Map<String, String> varied, String fraction, int seeds, int folds, List<String> notes, Map<String, Spread> spread, Map<String, Spread> pooled) {
        String title() {
            String over = folds == 0 ? count(seeds, "seed") : seeds == 1 ? count(folds, "fold") : count(seeds, "seed") + ", each the mean of " + count(folds, "fold");
            String settings = varied.entrySet().stream().map(e -> ", " + e.getKey() + "=" + e.getValue()).collect(Collectors.joining());
            return "Over " + over + settings + (fraction.isEmpty() ? "" : ", on a share of " + fraction + " of the training data");
        }

        private static String count(int n, String what) {
            return n + " " + what + (n == 1 ? "" : "s");
        }
    }

    private final Services services;
    private final Set<String> fractions;
    private final List<Result> results;

    /** @param plan what is set in the recipe for each run @param results of runs that are done */
    RunResults(Services services, List<Map<String, String>> plan, List<Result> results) {
        this.services = services;
        this.fractions = RunPlan.fractions(plan);
        this.results = List.copyOf(results);
    }

    /** In the order of the runs. */
    List<Share> shares() throws Failure, IOException, RecipeException {
        Map<List<Object>, List<Result>> alike = new LinkedHashMap<>();
        for (Result r : results) alike.computeIfAbsent(List.of(RunPlan.varied(r.set(), fractions), RunPlan.fraction(r.set(), fractions)), k -> new ArrayList<>()).add(r);
        List<Share> shares = new ArrayList<>();
        for (List<Result> runs : alike.values()) shares.add(share(runs));
        return shares;
    }

    private Share share(List<Result> runs) throws Failure, IOException, RecipeException {
        Map<String, String> varied = RunPlan.varied(runs.get(0).set(), fractions);
        String fraction = RunPlan.fraction(runs.get(0).set(), fractions);
        if (RunPlan.fold(runs.get(0).set()).isEmpty()) return new Share(varied, fraction, runs.size(), 0, List.of(), Spread.over(runs.stream().map(Result::flat).toList()), Map.of());
        Map<Long, List<Result>> bySeed = new TreeMap<>();
        for (Result r : runs) bySeed.computeIfAbsent(r.seed(), s -> new ArrayList<>()).add(r);
        // a seed of which a fold is missing would be judged on other items
        int folds = bySeed.values().stream().mapToInt(List::size).max().orElse(0);
        List<String> notes = new ArrayList<>();
        bySeed.forEach((seed, r) -> {
            if (r.size() < folds) notes.add("Left out: seed " + seed + " has " + r.size() + " of " + folds + " folds.");
        });
        bySeed.values().removeIf(r -> r.size() < folds);
        List<Map<String, Double>> means = new ArrayList<>(), pooled = new ArrayList<>();
        for (List<Result> seed : bySeed.values()) {
            Map<String, Double> mean = new LinkedHashMap<>();
            Spread.over(seed.stream().map(Result::flat).toList()).forEach((name, spread) -> mean.put(name, spread.mean()));
            means.add(mean);
            pooled.add(pooled(seed));
        }
        List<Map<String, Double>> over = bySeed.size() > 1 ? means : bySeed.values().iterator().next().stream().map(Result::flat).toList();
        return new Share(varied, fraction, bySeed.size(), folds, notes, Spread.over(over), Spread.over(pooled));
    }

    /** The numbers of all folds together. */
    private Map<String, Double> pooled(List<Result> folds) throws Failure, IOException, RecipeException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        Result first = folds.get(0);
        Map<String, String> settings = services.recipes().settings(first.path(), first.recipe());
        List<Path> runs = folds.stream().map(fold -> Path.of(fold.path())).toList();
        for (String stage : first.metrics().keySet()) {
            services.comparisons().pooled(runs, settings, stage).forEach((metric, number) -> numbers.put(stage + "." + metric, number));
        }
        return numbers;
    }

    /** The figures of a share as text. */
    static Table table(Share share) {
        boolean pooled = !share.pooled().isEmpty();
        List<String> head = new ArrayList<>(List.of("  figure", "median", "mean", "deviation", "min", "max"));
        if (pooled) head.add("pooled");
        Table table = new Table().row(head.toArray());
        share.spread().forEach((name, s) -> {
            if (!Results.headline(name)) return;
            List<String> row = new ArrayList<>(List.of("  " + name, Spread.number(s.median()), Spread.number(s.mean()), Spread.number(s.deviation()), Spread.number(s.min()), Spread.number(s.max())));
            if (pooled) row.add(Optional.ofNullable(share.pooled().get(name)).map(p -> Spread.number(p.median())).orElse("-"));
            table.row(row.toArray());
        });
        return table;
    }
}
