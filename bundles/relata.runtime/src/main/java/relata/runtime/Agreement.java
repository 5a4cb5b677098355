package relata.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.Stage;

/**
 * How far two models give the same answers.
 *
 * @param questions how many were asked
 * @param difference the largest difference of a score
 * @param share of equal answers
 * @param before figures of the first model; empty if there is no gold
 * @param after figures of the second
 */
record Agreement(int questions, double difference, double share, Map<String, Double> before, Map<String, Double> after) {
    /** Scores of the same weights in two engines differ by rounding: 1e-5 is usual. */
    static final double NEAR = 1e-3;
    /** In 8 bits, as many answers at least must stay as they were. */
    static final double KEPT = 0.9;

    private static final Logger LOG = LoggerFactory.getLogger(Agreement.class);
    private static final String[] WORDS = "time year people way day man thing woman life child world school state family student group country problem hand part".split(" ");

    /** What is asked. @param source where it comes from, for people */
    record Questions(List<Example> examples, String source, List<Metric> metrics) {}

    static Agreement of(RelationModel first, RelationModel second, Questions asked) {
        Predictions a = first.predict(asked.examples()), b = second.predict(asked.examples());
        double difference = 0;
        int same = 0, all = a.items().size();
        for (int i = 0; i < all; i++) {
            List<Double> x = a.items().get(i).scores(), y = b.items().get(i).scores();
            for (int k = 0; k < x.size(); k++) difference = Math.max(difference, Math.abs(x.get(k) - y.get(k)));
            if (a.items().get(i).label().equals(b.items().get(i).label())) same++;
        }
        Map<String, Double> before = new LinkedHashMap<>(), after = new LinkedHashMap<>();
        for (Metric metric : asked.metrics()) {
            before.putAll(metric.of(a));
            after.putAll(metric.of(b));
        }
        return new Agreement(all, difference, all == 0 ? 1 : (double) same / all, before, after);
    }

    /** @throws IOException if the second model is not what the first is */
    void check(boolean int8) throws IOException {
        if (questions == 0) throw new IOException("the exported model was not kept: there are no answers to compare");
        if (int8 ? share >= KEPT : difference <= NEAR) return;
        throw new IOException(String.format(Locale.ROOT, "the exported model does not answer as the trained one does: of %,d answers, %.1f %% are equal, and the largest difference of a score is %.2g, but %s. It was not kept%s",
                questions, 100 * share, difference, int8 ? "at least " + Math.round(100 * KEPT) + " % must be equal" : "at most " + NEAR + " is allowed", int8 ? "; without --int8 it may be" : ""));
    }

    /** Questions for a model: of the run that made it, or made up. @param folder the model's */
    static Questions questions(Recipes recipes, Parts parts, Path folder, int most) throws IOException {
        Path stage = folder.toRealPath().getParent();
        Path run = stage == null || stage.getParent() == null ? null : stage.getParent().getParent();
        if (stage != null && run != null && Files.isRegularFile(run.resolve("recipe.yaml"))) {
            try {
                Questions asked = ofRun(recipes.read(run.toString(), Files.readString(run.resolve("recipe.yaml")), Map.of()), stage.getFileName().toString(), recipes, parts, most);
                if (!asked.examples().isEmpty()) return asked;
                LOG.warn("The split of {} that answers are compared on is empty, so the comparison is about made-up sentences", run);
            } catch (IOException | RecipeException | RuntimeException e) {
                LOG.warn("The corpus of {} cannot be read, so the comparison is about made-up sentences: {}", run, Words.of(e));
            }
        }
        return new Questions(madeUp(most), "made-up sentences", List.of());
    }

    private static Questions ofRun(Recipe recipe, String model, Recipes recipes, Parts parts, int most) throws IOException, RecipeException {
        String stage = model, split = "test";
        List<Metric> metrics = List.of(parts.create(OpenModel.cast(Metric.class, recipes.part("metric", "f1", Map.of()))));
        for (Map.Entry<String, Ref<Stage>> each : recipe.stages().entrySet())
            if (each.getValue().config() instanceof Evaluate.Config judged && judged.model().equals(model)) {
                stage = each.getKey();
                split = judged.split();
            }
        Corpus corpus = Corpora.read(recipe, stage, parts);
        List<Example> all = corpus.split(split), chosen = new ArrayList<>();
        // evenly: corpora may be sorted by label
        for (int i = 0; i < Math.min(most, all.size()); i++) chosen.add(all.get((int) ((long) i * all.size() / Math.min(most, all.size()))));
        boolean gold = chosen.stream().allMatch(e -> e.pairs().stream().noneMatch(p -> p.relations().isEmpty()));
        return new Questions(chosen, String.format(Locale.ROOT, "%,d of %,d examples of split '%s' of corpus '%s'", chosen.size(), all.size(), split, corpus.name()), gold ? metrics : List.of());
    }

    /** Sentences of common words, of different lengths. */
    private static List<Example> madeUp(int count) {
        RandomGenerator random = Seeds.generator(1);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < Math.max(1, Math.min(count, 200)); i++) {
            List<String> tokens = new ArrayList<>();
            for (int w = 4 + random.nextInt(40); w > 0; w--) tokens.add(WORDS[random.nextInt(WORDS.length)]);
            Passage passage = new Passage("made-up " + i, tokens, List.of(), List.of(Entity.of("a", "PERSON", 0, 1), Entity.of("b", "THING", 2, 3)), List.of());
            examples.add(new Example("made-up " + i, passage, List.of(new Pair(0, 1, List.of()))));
        }
        return examples;
    }
}
