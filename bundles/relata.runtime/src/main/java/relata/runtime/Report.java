package relata.runtime;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.FromStage;
import relata.api.component.Parts;
import relata.api.component.Produces;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.evaluate.Metric;
import relata.api.evaluate.PairedBootstrap;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.api.run.Stage;
import relata.api.run.StageContext;

/** Provides the stage {@code report}: models side by side, as {@code report.txt}, {@code report.md} and {@code report.json}. */
@Component(service = ComponentProvider.class)
@ComponentName("report")
@Produces("report")
@Source("")
@Doc("Compares evaluated models side by side: micro and per-relation figures, prediction shift, accuracy on few-shot episodes, and whether the difference can be told from chance.")
public final class Report implements ComponentProvider<Stage, Report.Config> {
    /** Settings of a report. */
    public record Config(
            @Doc("For each column its title and the stages (evaluations, prediction shifts, few-shot results) that it shows; the first is what the others are compared with.")
                    @FromStage({"evaluation", "shift", "few-shot"}) Map<String, List<String>> columns,
            @Doc("The metric that the paired test is about.") @Default("{ use: f1 }") Ref<Metric> metric,
            @Doc("Which of its numbers.") @Default("micro-f1") String number,
            @Doc("Resamples of the paired bootstrap; 0 leaves the test out.") @Default("1000") @Range("[0, inf)") int resamples) {
        public Config {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
            if (columns.isEmpty()) throw new IllegalArgumentException("needs at least one column");
        }
    }

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Stage create(Config config, Parts parts) {
        return context -> {
            Map<String, ReportTable.Column> columns = new LinkedHashMap<>();
            for (Map.Entry<String, List<String>> e : config.columns().entrySet()) {
                context.checkStop();
                columns.put(e.getKey(), column(context, e.getValue()));
            }
            ReportTable table = new ReportTable(context.recipe(), columns);
            if (config.resamples() > 0 && columns.size() > 1) {
                PairedBootstrap bootstrap = new PairedBootstrap(parts.create(config.metric()), config.number(), config.resamples(), context.seed("bootstrap"));
                long seed = context.recipe().seed();
                String base = columns.keySet().iterator().next();
                for (String other : columns.keySet()) {
                    Optional<Predictions> a = columns.get(base).predictions(), b = columns.get(other).predictions();
                    if (other.equals(base) || a.isEmpty() || b.isEmpty() || !columns.get(other).sameQuestions(columns.get(base))) continue;
                    context.checkStop();
                    context.say("paired bootstrap: " + other + " against " + base);
                    table.tests().put(other, bootstrap.of(new TreeMap<>(Map.of(seed, b.get()))).minus(bootstrap.of(new TreeMap<>(Map.of(seed, a.get())))));
                }
            }
            if (config.resamples() > 0) table.compareEpisodes(config.resamples(), context.seed("episodes"));
            Folders.write(context.folder().resolve("report.json"), GSON.toJson(table.json()) + "\n");
            Folders.write(context.folder().resolve("report.md"), table.markdown());
            Folders.write(context.folder().resolve("report.txt"), table.text());
        };
    }

    private static ReportTable.Column column(StageContext context, List<String> stages) throws IOException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        Map<String, FewShotResult> fewShot = new LinkedHashMap<>();
        Map<String, String> stageOfTask = new LinkedHashMap<>();
        Optional<Predictions> predictions = Optional.empty();
        // an evaluation may have had a corpus of its own
        List<String> labels = context.corpus().relations();
        Optional<String> negative = context.corpus().negative();
        for (String stage : stages) {
            Path folder = context.folder(stage);
            for (Map.Entry<String, FewShotResult> task : FewShotResult.read(folder).entrySet()) {
                String before = stageOfTask.put(task.getKey(), stage);
                if (before != null && !before.equals(stage))
                    throw new IllegalArgumentException("stages '" + before + "' and '" + stage + "' of one column both answer " + task.getKey() + ": show them in columns of their own");
                fewShot.put(task.getKey(), task.getValue());
            }
            for (String file : List.of("evaluation.json", "shift.json")) {
                Path json = folder.resolve(file);
                if (!Files.isRegularFile(json)) continue;
                Map<String, Object> all = GSON.fromJson(Files.readString(json), new TypeToken<Map<String, Object>>() {}.getType());
                if (all.get("metrics") instanceof Map<?, ?> metrics)
                    metrics.forEach((k, v) -> numbers.put(k.toString(), ((Number) v).doubleValue()));
                if (file.equals("evaluation.json")) {
                    if (all.get("labels") instanceof List<?> known) labels = known.stream().map(Object::toString).toList();
                    negative = Optional.ofNullable(all.get("negative")).map(Object::toString);
                }
            }
            Path file = folder.resolve("predictions.jsonl");
            if (Files.isRegularFile(file)) {
                List<Prediction> items = PredictionFile.read(file);
                predictions = Optional.of(new Predictions(labels, negative, items));
            }
        }
        return new ReportTable.Column(numbers, predictions, fewShot);
    }
}
