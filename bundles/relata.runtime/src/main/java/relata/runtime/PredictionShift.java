package relata.runtime;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.FromStage;
import relata.api.component.Parts;
import relata.api.component.Produces;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.component.SplitName;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.RelationModel;
import relata.api.learn.Engine;
import relata.api.run.Recipes;
import relata.api.run.Stage;
import relata.api.view.Augmenter;
import relata.api.view.TokenGuard;
import relata.api.view.View;

/**
 * Provides the stage {@code prediction-shift}: how many positive examples (gold label other than <em>no relation</em>) get another label when
 * words outside what the augmenter keeps are changed. Writes {@code shift.json} with count and rate and {@code shifts.jsonl} with each case:
 * both wordings, what the augmenter left alone in the first, and what it changed in the second.
 */
@Component(service = ComponentProvider.class)
@ComponentName("prediction-shift")
@Produces("shift")
@Source("Su et al. 2021, section 5.3")
@Doc("Counts the positive examples whose predicted label changes under an augmented view.")
public final class PredictionShift implements ComponentProvider<Stage, PredictionShift.Config> {
    /** Settings of the measurement. */
    public record Config(
            @Doc("The corpus of this stage, in place of the recipe's.") Optional<Ref<CorpusReader>> corpus,
            @Doc("The stage whose model to judge.") @FromStage({"encoder", "model"}) String model,
            @Doc("The split whose positives are changed.") @Default("test") @SplitName String split,
            @Doc("Makes the neighbour of each example; its first view counts.")
                    @Default("{ use: synonym-replacement, with: { keep: [ { use: shortest-path } ] } }") Ref<Augmenter> view) {}

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final Engine engine;
    private final Recipes recipes;

    @Activate
    public PredictionShift(@Reference Engine engine, @Reference Recipes recipes) {
        this.engine = engine;
        this.recipes = recipes;
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Stage create(Config config, Parts parts) {
        return context -> {
            Augmenter augmenter = parts.create(config.view());
            // the same neighbours for every model of every run with this seed: models are compared on them
            long seed = new Seeds(context.recipe().seed(), "prediction-shift").of(config.split());
            String negative = context.corpus().negative().orElse("");
            List<Example> split = context.corpus().split(config.split()), both = new ArrayList<>();
            List<View> views = new ArrayList<>();
            for (int i = 0; i < split.size(); i++) {
                Example example = split.get(i);
                if (example.pairs().stream().allMatch(p -> p.relations().isEmpty() || p.relations().contains(negative))) continue;
                views.add(augmenter.augment(example, Seeds.generator(Seeds.at(seed, i))).get(0));
                both.add(example);
            }
            List<Prediction> before, after;
            try (RelationModel model = OpenModel.open(engine, recipes, parts, context.folder(config.model()).resolve("model"))) {
                for (View view : views) both.add(new Example(view.source().id(), view.passage(), view.pairs()));
                List<Prediction> answers = Evaluate.predict(model, both, context).items();
                before = answers.subList(0, answers.size() / 2);
                after = answers.subList(answers.size() / 2, answers.size());
            }
            int positives = 0, changed = 0, row = 0;
            List<Case> cases = new ArrayList<>();
            for (View view : views)
                for (int pair = 0; pair < view.pairs().size(); pair++, row++) {
                    if (before.get(row).gold().isEmpty() || before.get(row).gold().contains(negative)) continue;
                    positives++;
                    if (!view.source().passage().tokens().equals(view.passage().tokens())) changed++;
                    if (!before.get(row).label().equals(after.get(row).label())) cases.add(new Case(view, pair, before.get(row), after.get(row)));
                }
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("shift-positives", positives);
            numbers.put("shift-changed-texts", changed);
            numbers.put("shift-count", cases.size());
            numbers.put("shift-rate", positives == 0 ? 0.0 : (double) cases.size() / positives);
            Folders.write(context.folder().resolve("shifts.jsonl"), lines(cases, config.view(), parts));
            Map<String, Object> all = new LinkedHashMap<>(Map.of("model", config.model()));
            all.put("split", config.split());
            all.put("metrics", numbers);
            Folders.write(context.folder().resolve("shift.json"), GSON.toJson(all) + "\n");
            context.metric(numbers);
        };
    }

    /** A pair whose label shifts. */
    private record Case(View view, int pair, Prediction before, Prediction after) {}

    private static String lines(List<Case> cases, Ref<Augmenter> view, Parts parts) {
        if (cases.isEmpty()) return "";
        // made a second time, and so only for something to show: the augmenter keeps its own to itself
        TokenGuard guards = Guards.of(view, parts);
        StringBuilder lines = new StringBuilder();
        for (Case c : cases) lines.append(GSON.toJson(line(c, guards))).append('\n');
        return lines.toString();
    }

    /** A case; token indexes from 0, those of spans with the end left out. */
    private static Map<String, Object> line(Case c, TokenGuard guards) {
        View view = c.view();
        Example source = view.source();
        Passage was = source.passage(), is = view.passage();
        Pair asked = view.pairs().get(c.pair());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("example", source.id());
        line.put("pair", c.pair());
        line.put("gold", c.before().gold());
        line.put("before", c.before().label());
        line.put("after", c.after().label());
        line.put("original", was.text());
        line.put("neighbour", is.text());
        line.put("tokens", was.tokens());
        line.put("head", spans(was, asked.head()));
        line.put("tail", spans(was, asked.tail()));
        line.put("kept", guards.guarded(source).stream().boxed().toList());
        line.put("neighbourTokens", is.tokens());
        line.put("neighbourHead", spans(is, asked.head()));
        line.put("neighbourTail", spans(is, asked.tail()));
        line.put("changed", view.changed().stream().boxed().toList());
        return line;
    }

    private static List<List<Integer>> spans(Passage passage, int entity) {
        return passage.entities().get(entity).mentions().stream().flatMap(m -> m.spans().stream()).map(s -> List.of(s.start(), s.end())).toList();
    }
}
