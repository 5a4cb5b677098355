package relata.console.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunStatus;

/** Makes up what is shown of a run from its folder. A run's recipe never changes, so that what is read of it is kept. */
@Component(service = RunReader.class)
public final class RunReader {
    /** What a recipe says of itself, without its parts being looked up: they may no longer be installed. */
    record Head(String recipe, String title, long seed, Map<String, String> settings, List<String> stages) {}

    private static final Head UNREADABLE = new Head("", "", 0, Map.of(), List.of());

    private final Recipes recipes;
    private final Map<String, Head> heads = new ConcurrentHashMap<>();

    /** @param recipes takes recipes apart */
    @Activate
    public RunReader(@Reference Recipes recipes) {
        this.recipes = recipes;
    }

    /** What stands in a list. */
    RunSummary summary(RunFolder run) {
        Head head = head(run);
        RunStatus status = run.status();
        int done = (int) head.stages().stream().filter(run::finished).count();
        return new RunSummary(
                run.id(), head.recipe(), head.title(), Json.word(status), run.error(), run.created(), status == RunStatus.RUNNING ? Optional.empty() : Optional.of(run.changed()),
                head.seed(), run.group().map(RunGroup::id).orElse(""), head.stages().size(), done);
    }

    /** What the run's recipe says. */
    Head head(RunFolder run) {
        return heads.computeIfAbsent(run.path().toString(), path -> read(run));
    }

    private Head read(RunFolder run) {
        try {
            Map<String, String> settings = new LinkedHashMap<>(recipes.settings(run.id(), run.recipe()));
            List<String> stages = settings.keySet().stream().filter(k -> k.matches("stages\\.[^.]+\\.use")).map(k -> k.substring("stages.".length(), k.length() - ".use".length())).toList();
            return new Head(settings.getOrDefault("recipe", ""), settings.getOrDefault("title", ""), seed(settings.getOrDefault("seed", "")), settings, stages);
        } catch (RecipeException e) {
            return UNREADABLE;
        }
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
