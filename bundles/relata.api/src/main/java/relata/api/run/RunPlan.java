package relata.api.run;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What several runs of one recipe differ in: settings, their seeds, the share of the training data, the fold that they are judged on. Every combination is a run.
 *
 * @param varied settings with several values in YAML, all different, by path
 * @param seeds values of {@code seed}; empty: the recipe's
 * @param fractions shares of the training data, in (0, 1]; empty: the recipe's
 * @param shared the stages whose share it is; empty: those that train on the split {@code train} of the recipe's corpus
 * @param folds number of folds; 0: none
 * @param foldFile given folds; empty: dealt by a hash
 */
public record RunPlan(Map<String, List<String>> varied, List<Long> seeds, List<String> fractions, List<String> shared, int folds, String foldFile) {
    private static final int MOST = 10_000;
    private static final String FRACTION = ".with.fraction";
    private static final String FOLD = "corpus.with.fold";
    private static final String DIVIDED = "corpus.with.of";

    public RunPlan {
        varied = Collections.unmodifiableMap(new LinkedHashMap<>(varied));
        seeds = List.copyOf(seeds);
        fractions = List.copyOf(fractions);
        shared = List.copyOf(shared);
    }

    /**
     * The runs of a plan.
     *
     * @param recipe what they have in common, with every default filled in
     * @param plan what is set in it for each run: path to YAML value
     * @param recipes of the runs, in the same order
     */
    public record Planned(Recipe recipe, List<Map<String, String>> plan, List<Recipe> recipes) {
        public Planned {
            plan = List.copyOf(plan);
            recipes = List.copyOf(recipes);
        }
    }

    /**
     * Reads what somebody asks for, as words; an empty one asks for nothing.
     *
     * @param varied values with commas between them, by the path of a setting
     * @param seeds {@code 42..46} or {@code 1,7,42}
     * @param fractions {@code 0.01,0.1,1}
     * @param shared names of stages
     * @param folds 0, or from 2 to 1000
     * @param foldFile a file with a document's id, a tab and its fold, from 0, in each line
     * @throws PlanException if a word cannot be read, or two exclude each other
     */
    public static RunPlan parse(Map<String, String> varied, String seeds, String fractions, List<String> shared, int folds, String foldFile) throws PlanException {
        if (!shared.isEmpty() && fractions.isEmpty()) throw new PlanException("--fraction-stages names the stages of --fractions, which is missing");
        if (folds != 0 && (folds < 2 || folds > 1000)) throw new PlanException("--folds was " + folds + " but must be from 2 to 1000");
        if (!foldFile.isEmpty() && folds == 0) throw new PlanException("--fold-file gives the folds of --folds, which is missing");
        if (!foldFile.isEmpty() && !Files.isRegularFile(Path.of(foldFile))) throw new PlanException("there is no file " + foldFile);
        RunPlan plan = new RunPlan(Variation.parse(varied), seeds.isEmpty() ? List.of() : Seeds.parse(seeds), fractions.isEmpty() ? List.of() : shares(fractions), shared, folds, foldFile);
        plan.exclude();
        if (plan.count() > MOST) throw new PlanException("that is " + plan.count() + " runs, more than " + MOST);
        return plan;
    }

    /** Refuses what would set a value twice: runs of different settings would pass for alike. */
    private void exclude() throws PlanException {
        for (String path : varied.keySet()) {
            if (path.equals("seed") && !seeds.isEmpty()) throw new PlanException("--vary seed and --seeds exclude each other");
            if (path.endsWith(FRACTION) && !fractions.isEmpty()) throw new PlanException("--vary " + path + " and --fractions exclude each other");
            if (folds > 0 && (path.equals("corpus") || path.startsWith("corpus.")) && !path.equals(DIVIDED) && !path.startsWith(DIVIDED + "."))
                throw new PlanException("--vary " + path + " and --folds exclude each other: --folds makes another corpus around the recipe's, which is " + DIVIDED + " of it");
        }
    }

    private static List<String> shares(String text) throws PlanException {
        Set<BigDecimal> shares = new TreeSet<>();
        for (String word : text.split(",")) {
            String share = word.strip();
            // long exponents would make long numbers of short words
            if (!share.matches("\\d{0,9}\\.?\\d{1,12}([eE]-?\\d)?")) throw wrong(text);
            BigDecimal value = new BigDecimal(share);
            if (value.signum() <= 0 || value.compareTo(BigDecimal.ONE) > 0) throw wrong(text);
            if (!shares.add(value.stripTrailingZeros())) throw new PlanException("--fractions " + text + " names a share twice");
        }
        return shares.stream().map(BigDecimal::toPlainString).toList();
    }

    private static PlanException wrong(String text) {
        return new PlanException("--fractions was '" + text + "' but must be numbers above 0 and at most 1, like 0.01,0.1,1");
    }

    /** How many runs it makes. */
    public long count() {
        double runs = Math.max(1.0, seeds.size()) * Math.max(1, fractions.size()) * Math.max(1, folds);
        for (List<String> values : varied.values()) runs *= values.size();
        return (long) runs;
    }

    /** True if it is about one run as the recipe is. */
    public boolean single() {
        return varied.isEmpty() && seeds.isEmpty() && fractions.isEmpty() && folds == 0;
    }

    /**
     * Makes the runs. All recipes are read before the first is run: a mistake shows at once.
     *
     * @param source where the text comes from, for messages: a file name
     * @param yaml the recipe
     * @param overrides path to YAML value, set in all runs
     * @throws PlanException if the recipe has nothing that the plan is about, or an override sets what the plan varies
     * @throws RecipeException with all mistakes
     */
    public Planned of(Recipes recipes, String source, String yaml, Map<String, String> overrides) throws PlanException, RecipeException {
        Recipe recipe = recipes.read(source, yaml, overrides);
        if (single()) return new Planned(recipe, List.of(Map.of()), List.of(recipe));
        Map<String, String> whole = base(recipes.settings(source, recipe.yaml()), recipes.render(recipe.corpus()));
        if (!whole.isEmpty()) recipe = recipes.read(source, recipe.yaml(), whole);
        List<Map<String, String>> plan = runs(recipes.settings(source, recipe.yaml()));
        for (String path : plan.get(0).keySet()) if (overrides.containsKey(path)) throw new PlanException("-D " + path + " and " + option(path) + " exclude each other");
        List<Recipe> each = new ArrayList<>();
        for (Map<String, String> set : plan) each.add(recipes.read(source, recipe.yaml(), set));
        return new Planned(recipe, plan, each);
    }

    private String option(String path) {
        if (varied.containsKey(path)) return "--vary";
        return path.equals("seed") ? "--seeds" : path.startsWith("corpus.") ? "--folds" : "--fractions";
    }

    /** A text as a YAML value, in which nothing is taken for YAML. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ' || c == 0x7f) quoted.append(String.format("\\u%04x", (int) c));
            else quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
        }
        return quoted.append('"').toString();
    }

    /**
     * What is set in the recipe for all runs.
     *
     * @param settings the recipe's
     * @param corpus its corpus, in YAML
     */
    private Map<String, String> base(Map<String, String> settings, String corpus) {
        Map<String, String> set = new LinkedHashMap<>();
        if (folds == 0) return set;
        if (settings.getOrDefault("corpus.use", "").equals("folds")) set.put("corpus.with.folds", String.valueOf(folds));
        else set.put("corpus", "{ use: folds, with: { of: " + corpus + ", folds: " + folds + " } }");
        if (!foldFile.isEmpty()) set.put("corpus.with.file", quoted(foldFile));
        return set;
    }

    /** What is set in the recipe for each run: seeds change fastest, then folds, so that the first figures of a setting and share are whole soon. @param settings the recipe's */
    private List<Map<String, String>> runs(Map<String, String> settings) throws PlanException {
        List<String> stages = fractions.isEmpty() ? List.of() : stages(settings);
        List<Map<String, String>> runs = new ArrayList<>();
        for (Map<String, String> setting : Variation.combinations(varied))
            for (String fraction : fractions.isEmpty() ? List.of("") : fractions)
                for (int fold = 0; fold < Math.max(1, folds); fold++)
                    for (String seed : seeds.isEmpty() ? List.of("") : seeds.stream().map(String::valueOf).toList()) {
                        Map<String, String> set = new LinkedHashMap<>(setting);
                        for (String stage : stages) set.put("stages." + stage + FRACTION, fraction);
                        if (folds > 0) set.put(FOLD, String.valueOf(fold));
                        if (!seed.isEmpty()) set.put("seed", seed);
                        runs.add(set);
                    }
        return runs;
    }

    /** The stages whose share of the data is meant. */
    private List<String> stages(Map<String, String> settings) throws PlanException {
        List<String> able = settings.keySet().stream().filter(k -> k.startsWith("stages.") && k.endsWith(FRACTION)).map(k -> k.substring("stages.".length(), k.length() - FRACTION.length()))
                .filter(name -> !name.contains(".")).toList();
        if (!shared.isEmpty()) {
            for (String stage : shared)
                if (!able.contains(stage)) throw new PlanException("--fraction-stages names '" + stage + "', but the stages with a setting 'fraction' are: " + (able.isEmpty() ? "none" : String.join(", ", able)));
            return shared;
        }
        // what is trained on other data, e.g. a contrastive pre-training, is not low on resources
        List<String> meant = able.stream().filter(name -> settings.getOrDefault("stages." + name + ".with.split", "").equals("train")
                && settings.keySet().stream().noneMatch(k -> k.startsWith("stages." + name + ".with.corpus."))).toList();
        if (meant.isEmpty()) throw new PlanException("no stage trains on a share of the split 'train' of the recipe's corpus; --fraction-stages names others. Stages with a setting 'fraction': " + (able.isEmpty() ? "none" : String.join(", ", able)));
        return meant;
    }

    /**
     * The settings by which {@code --fractions} sets the share of each run. Varied ones, which are not the same in all stages of a run, are no such settings.
     *
     * @param plan {@link #runs}
     */
    public static Set<String> fractions(List<Map<String, String>> plan) {
        Set<String> paths = new LinkedHashSet<>();
        for (Map<String, String> set : plan) {
            List<String> own = set.keySet().stream().filter(path -> path.endsWith(FRACTION)).toList();
            if (own.stream().map(set::get).distinct().count() > 1) return Set.of();
            paths.addAll(own);
        }
        return paths;
    }

    /** The share that a run's settings give, or an empty string. @param set one of {@link #runs} @param fractions {@link #fractions(List)} */
    public static String fraction(Map<String, String> set, Set<String> fractions) {
        return fractions.stream().filter(set::containsKey).map(set::get).findFirst().orElse("");
    }

    /** What a run's settings give beside share, fold and seed: what is varied. @param set one of {@link #runs} @param fractions {@link #fractions(List)} */
    public static Map<String, String> varied(Map<String, String> set, Set<String> fractions) {
        Map<String, String> varied = new LinkedHashMap<>(set);
        varied.keySet().removeIf(path -> path.equals("seed") || path.equals(FOLD) || fractions.contains(path));
        return varied;
    }

    /** The fold that a run's settings give, or an empty string. @param set one of {@link #runs} */
    public static String fold(Map<String, String> set) {
        return set.getOrDefault(FOLD, "");
    }
}
