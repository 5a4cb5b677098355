package relata.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import relata.api.component.Catalogue;
import relata.api.plugin.Features;
import relata.api.plugin.Plugins;
import relata.api.result.Comparisons;
import relata.api.result.Results;
import relata.api.run.Checkpoints;
import relata.api.run.RecipeRunner;
import relata.api.run.Recipes;
import relata.api.run.Runs;
import relata.api.run.Workbench;

/** The services of the running platform. All are optional here: a platform of few features still has a command line that says what is missing. */
@Component(service = Services.class)
public final class InstalledServices implements Services {
    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final @Nullable ComponentServiceObjects<Catalogue> catalogue;
    private final @Nullable ComponentServiceObjects<Recipes> recipes;
    private final @Nullable ComponentServiceObjects<Runs> runs;
    private final @Nullable ComponentServiceObjects<Results> results;
    private final @Nullable ComponentServiceObjects<Comparisons> comparisons;
    private final @Nullable ComponentServiceObjects<RecipeRunner> runner;
    private final @Nullable ComponentServiceObjects<Workbench> workbench;
    private final @Nullable ComponentServiceObjects<Plugins> plugins;
    private final @Nullable ComponentServiceObjects<Features> features;
    private final List<ComponentServiceObjects<Checkpoints>> checkpoints;

    /** Takes what is there. */
    @Activate
    public InstalledServices(
            BundleContext context,
            @Reference ServiceComponentRuntime components,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable ComponentServiceObjects<Catalogue> catalogue,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable ComponentServiceObjects<Recipes> recipes,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable ComponentServiceObjects<Runs> runs,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable ComponentServiceObjects<Results> results,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable ComponentServiceObjects<Comparisons> comparisons,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable ComponentServiceObjects<RecipeRunner> runner,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable ComponentServiceObjects<Workbench> workbench,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable ComponentServiceObjects<Plugins> plugins,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable ComponentServiceObjects<Features> features,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<ComponentServiceObjects<Checkpoints>> checkpoints) {
        this.context = context;
        this.components = components;
        this.catalogue = catalogue;
        this.recipes = recipes;
        this.runs = runs;
        this.results = results;
        this.comparisons = comparisons;
        this.runner = runner;
        this.workbench = workbench;
        this.plugins = plugins;
        this.features = features;
        this.checkpoints = List.copyOf(checkpoints);
    }

    @Override
    public Catalogue catalogue() throws Failure {
        return open(catalogue, "the catalogue of parts", "engine-cpu");
    }

    @Override
    public Recipes recipes() throws Failure {
        return open(recipes, "the reader of recipes", "engine-cpu");
    }

    @Override
    public Runs runs() throws Failure {
        return open(runs, "the keeper of runs", "core");
    }

    @Override
    public Results results() throws Failure {
        return open(results, "the reader of results", "core");
    }

    @Override
    public Comparisons comparisons() throws Failure {
        return open(comparisons, "the comparison of runs", "engine-cpu");
    }

    @Override
    public RecipeRunner runner() throws Failure {
        return open(runner, "the runner of recipes", "engine-cpu");
    }

    @Override
    public Workbench workbench() throws Failure {
        return open(workbench, "the engine", "engine-cpu");
    }

    @Override
    public Plugins plugins(boolean restart) throws Failure {
        Plugins all = open(plugins, "the keeper of plug-ins", "core");
        return restart ? all.atRestart() : all;
    }

    @Override
    public Features features() throws Failure {
        return open(features, "the keeper of features", "core");
    }

    @Override
    public List<Checkpoints> checkpoints() {
        return checkpoints.stream().map(ComponentServiceObjects::getService).filter(Objects::nonNull).toList();
    }

    @Override
    public ServiceComponentRuntime components() {
        return components;
    }

    @Override
    public BundleContext context() {
        return context;
    }

    @Override
    public Path home() {
        return Path.of(Objects.requireNonNullElse(context.getProperty("relata.home"), "."));
    }

    @Override
    public Path cache() {
        String cache = context.getProperty("relata.cache");
        return cache != null ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache", "relata");
    }

    private static <T> T open(@Nullable ComponentServiceObjects<T> objects, String what, String feature) throws Failure {
        T service = objects == null ? null : objects.getService();
        if (service == null) throw Failure.failed(what + " is not running; is the feature " + feature + " started? 'relata doctor' says what is wrong");
        return service;
    }
}
