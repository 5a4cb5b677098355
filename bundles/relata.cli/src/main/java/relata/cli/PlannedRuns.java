package relata.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.run.Mistake;
import relata.api.run.PlanException;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunPlan;
import relata.api.run.RunStatus;

/**
 * The runs that a command is about, in their order.
 *
 * @param root where they are kept
 * @param group what they have in common; empty if there is one run by itself
 * @param runs all of them, those that are done too
 */
record PlannedRuns(Path root, Optional<RunGroup> group, List<Planned> runs) {
    /** A run: its recipe, and its folder if it has begun. @param source where the recipe comes from, for messages */
    record Planned(String source, Recipe recipe, Optional<RunFolder> folder) {
        /** The recipe, with the parts that are there now: while the runs before it went on, they may have been replaced. */
        Recipe current(Services services) throws Failure, RecipeException {
            return services.recipes().read(source, recipe.yaml(), Map.of());
        }

        boolean done() {
            return folder.isPresent() && folder.get().status() == RunStatus.DONE;
        }
    }

    /** What is set in the recipe for a run. */
    Map<String, String> set(int place) {
        return group.isPresent() ? group.get().plan().get(place) : Map.of();
    }

    /** Keeps others from the runs of the group, also between two of them, until {@code close}. @throws IllegalStateException if another process works on them */
    AutoCloseable lock(Services services) throws Failure, IOException {
        return group.isPresent() ? services.runs().lockGroup(root, group.get().id()) : () -> {};
    }

    /** The same runs as they stand now. */
    PlannedRuns anew(Services services) throws Failure, IOException, RecipeException {
        return group.isPresent() ? resume(services, root, group.get().id()) : this;
    }

    /** Whether all runs that are not done have the same mistakes as one of them. Reads each corpus once at most, and none where runs differ in their seeds alone. @param place of that one */
    boolean allHave(Services services, int place, List<Mistake> mistakes) throws Failure {
        Recipe one = runs.get(place).recipe();
        Map<Ref<CorpusReader>, Corpus> corpora = new HashMap<>();
        for (Planned other : runs.subList(place + 1, runs.size())) {
            Recipe recipe = other.recipe();
            // a seed is no mistake
            if (other.done() || recipe.corpus().equals(one.corpus()) && recipe.encoder().equals(one.encoder()) && recipe.stages().equals(one.stages())) continue;
            try {
                Recipe current = other.current(services);
                if (!corpora.containsKey(current.corpus())) corpora.put(current.corpus(), services.workbench().create(current.corpus()).read());
                services.runner().check(current, corpora.get(current.corpus()));
                return false;
            } catch (RecipeException e) {
                if (!e.mistakes().equals(mistakes)) return false;
            } catch (IOException | RuntimeException e) {
                // something else is wrong with this one, which is told when its turn comes
                return false;
            }
        }
        return true;
    }

    /** New runs of a recipe. All recipes are read before the first is run, so that a mistake shows at once, and {@linkplain Planned#current once more} before each. */
    static PlannedRuns begin(Services services, Path root, RecipeFile file, Map<String, String> overrides, RunPlan axes) throws Failure, IOException, RecipeException, PlanException {
        RunPlan.Planned all = axes.of(services.recipes(), file.path().toString(), file.text(), overrides);
        Optional<RunGroup> group = axes.single() ? Optional.empty() : Optional.of(new RunGroup(services.runs().newGroup(root, all.recipe()), all.recipe().yaml(), all.plan(), 0));
        return new PlannedRuns(root, group, all.recipes().stream().map(recipe -> new Planned(file.path().toString(), recipe, Optional.empty())).toList());
    }

    /** A run that was begun; if it is one of a group, the whole group. @param word a run or a group */
    static PlannedRuns resume(Services services, Path root, String word) throws Failure, IOException, RecipeException {
        RunSelection selection = new RunSelection(services, root);
        RunFolder named = word.startsWith(RunGroup.PREFIX) ? selection.group(word).get(0) : services.runs().open(root, word);
        Path home = Objects.requireNonNullElse(named.path().toAbsolutePath().getParent(), root);
        Optional<RunGroup> group = named.group();
        if (group.isEmpty()) return new PlannedRuns(home, group, List.of(begun(services, named)));
        Map<Integer, RunFolder> folders = new LinkedHashMap<>();
        for (RunFolder run : new RunSelection(services, home).group(group.get().id())) {
            int place = run.group().orElseThrow().place();
            // of two runs in one place, the one that is done counts
            if (!folders.containsKey(place) || folders.get(place).status() != RunStatus.DONE) folders.put(place, run);
        }
        List<Planned> runs = new ArrayList<>();
        for (int place = 0; place < group.get().plan().size(); place++) {
            RunFolder folder = folders.get(place);
            runs.add(folder != null ? begun(services, folder) : missing(services, group.get().at(place)));
        }
        return new PlannedRuns(home, group, runs);
    }

    private static Planned begun(Services services, RunFolder folder) throws Failure, RecipeException {
        String source = folder.path().resolve("recipe.yaml").toString();
        return new Planned(source, services.recipes().read(source, folder.recipe(), Map.of()), Optional.of(folder));
    }

    private static Planned missing(Services services, RunGroup run) throws Failure, RecipeException {
        return new Planned(run.id(), services.recipes().read(run.id(), run.recipe(), run.plan().get(run.place())), Optional.empty());
    }
}
