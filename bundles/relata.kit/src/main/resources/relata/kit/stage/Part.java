package {{package}};

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Produces;
import relata.api.component.Source;
import relata.api.component.SplitName;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.run.Stage;
import relata.api.run.StageContext;

/**
 * What a model must beat: the accuracy on a split of always answering with the label that is most frequent in the training split; of equally frequent ones
 * the first in the alphabet. Writes {@code baseline.json}.
 */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Produces("baseline")
@Doc("What always answering with the most frequent label of the training data would reach.")
@Source("")
public final class {{class}} implements ComponentProvider<Stage, {{class}}.Config> {
    /** Settings. */
    public record Config(
            @Doc("The split whose labels are counted.") @Default("train") @SplitName String train,
            @Doc("The split that is answered.") @Default("test") @SplitName String split) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Stage create(Config config, Parts parts) {
        return context -> run(config, context);
    }

    private static void run(Config config, StageContext context) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        for (Example example : context.corpus().split(config.train()))
            for (Pair pair : example.pairs()) for (String label : pair.relations()) counts.merge(label, 1, Integer::sum);
        context.checkStop();
        if (counts.isEmpty()) throw new IllegalArgumentException("no pair of the split '" + config.train() + "' has a label");
        String label = counts.entrySet().stream().max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.<String, Integer>comparingByKey().reversed())).orElseThrow().getKey();
        List<Pair> asked = context.corpus().split(config.split()).stream().flatMap(e -> e.pairs().stream()).filter(p -> !p.relations().isEmpty()).toList();
        double accuracy = asked.isEmpty() ? 0 : (double) asked.stream().filter(p -> p.relations().contains(label)).count() / asked.size();
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("baseline-accuracy", accuracy);
        context.metric(numbers);
        context.say("always '" + label + "': accuracy " + String.format(Locale.ROOT, "%.4f", accuracy));
        // beside, then moved: what has its final name is whole
        Path beside = context.folder().resolve("baseline.json.part");
        Files.writeString(beside, String.format(Locale.ROOT, "{\"label\": \"%s\", \"accuracy\": %s}%n", label.replace("\\", "\\\\").replace("\"", "\\\""), accuracy));
        Files.move(beside, context.folder().resolve("baseline.json"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
