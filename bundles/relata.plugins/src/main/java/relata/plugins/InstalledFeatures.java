package relata.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.plugin.Feature;
import relata.api.plugin.Features;
import relata.api.plugin.PluginChange;
import relata.api.plugin.PluginException;
import relata.plugins.Sources.Source;
import relata.plugins.State.Entry;

/** Features as sets of plug-ins that come and go together. */
@Component
public final class InstalledFeatures implements Features {
    private static final String ID = "[\\w-][\\w.-]*(:[\\w-][\\w.-]*){2}((:[\\w-][\\w.-]*){2})?";
    private final BundleContext context;
    private final Keeper keeper;
    private final Path home;

    @Activate
    public InstalledFeatures(BundleContext context, @Reference Keeper keeper) {
        this.context = context;
        this.keeper = keeper;
        this.home = Path.of(Objects.requireNonNullElse(context.getProperty("relata.home"), "."));
    }

    private Set<String> started() {
        return new TreeSet<>(Arrays.asList(Objects.requireNonNullElse(context.getProperty("relata.features"), "").split(",")));
    }

    @Override
    public List<Feature> list() {
        TreeMap<String, Feature> features = new TreeMap<>();
        for (FeatureFile f : shipped()) features.put(f.name(), new Feature(f.name(), f.description(), started().contains(f.name()) ? Feature.State.STARTED : Feature.State.AVAILABLE, f.requires(), f.bundles()));
        for (Entry e : keeper.state().now().entries())
            if (!e.feature().isEmpty()) features.merge(e.feature(), new Feature(e.feature(), "", Feature.State.INSTALLED, List.of(), List.of(e.origin())), InstalledFeatures::both);
        return List.copyOf(features.values());
    }

    private static Feature both(Feature a, Feature b) {
        return new Feature(a.name(), a.description(), a.state(), a.requires(), Stream.concat(a.bundles().stream(), b.bundles().stream()).toList());
    }

    private List<FeatureFile> shipped() {
        List<FeatureFile> features = new ArrayList<>();
        try (Stream<Path> files = Files.list(home.resolve("features"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) features.add(FeatureFile.read(file));
        } catch (IOException | PluginException e) {
            throw new IllegalStateException("the features of this installation cannot be read: " + e.getMessage(), e);
        }
        return features;
    }

    @Override
    public List<String> check(Path file) {
        try {
            FeatureFile feature = FeatureFile.read(file);
            List<Source> jars = jars(feature, file);
            if (!jars.isEmpty()) keeper.verify(jars);
            return List.of();
        } catch (PluginException e) {
            return e.problems();
        }
    }

    @Override
    public PluginChange install(Path file) throws PluginException {
        FeatureFile feature = FeatureFile.read(file);
        List<Source> jars = jars(feature, file);
        if (jars.isEmpty()) throw new PluginException("the feature " + feature.name() + " brings nothing that is not there already");
        return keeper.change("feature install", List.of(file.toString()), true, (state, batch) -> {
            batch.check(jars, feature.name());
            // what an earlier file of this name brought and this one does not goes
            List<String> names = batch.candidates().stream().map(Candidate::name).toList();
            List<Entry> entries = batch.into(state.now(), Batch.Mode.PUT).stream().filter(e -> !e.feature().equals(feature.name()) || names.contains(e.name())).toList();
            return Keeper.wanting(state, entries, "feature " + feature.name(), batch.remarks());
        });
    }

    /** The started features that no other of them needs: those that must be named. */
    private Set<String> asked() {
        Set<String> asked = started();
        for (FeatureFile f : shipped()) if (started().contains(f.name())) asked.removeAll(f.requires());
        return asked;
    }

    /** The bundles that are not there yet. @throws PluginException with all that is missing */
    private List<Source> jars(FeatureFile feature, Path file) throws PluginException {
        List<String> problems = new ArrayList<>();
        Set<String> shipped = new TreeSet<>();
        shipped().forEach(f -> shipped.add(f.name()));
        if (shipped.contains(feature.name())) problems.add("a feature " + feature.name() + " is part of this installation: give the file another name");
        Set<String> there = started();
        list().stream().filter(f -> f.state() == Feature.State.INSTALLED).forEach(f -> there.add(f.name()));
        for (String required : feature.requires())
            if (!there.contains(required))
                problems.add(feature.name() + " needs the feature " + required + ", which " + (shipped.contains(required) ? "is not started: start relata with --features " + String.join(",", asked()) + "," + required : "this installation does not have"));
        List<Source> jars = new ArrayList<>();
        for (String id : feature.bundles())
            try {
                if (!id.matches(ID)) throw new PluginException("'" + id + "' is not group:artifact:version or group:artifact:type:classifier:version");
                if (!loaded(id)) jars.add(keeper.artifact(id, file));
            } catch (PluginException e) {
                e.problems().forEach(p -> problems.add(feature.name() + ": " + p));
            }
        if (!problems.isEmpty()) throw new PluginException(problems);
        return jars;
    }

    /** Whether the installation itself runs a bundle. */
    private boolean loaded(String id) {
        String[] part = id.split(":");
        String end = "/" + part[0].replace('.', '/') + "/" + part[1] + "/" + part[part.length - 1] + "/";
        return Stream.of(context.getBundles()).map(Bundle::getLocation).anyMatch(l -> l.startsWith("reference:") && l.contains(end));
    }

    @Override
    public PluginChange remove(String name) throws PluginException {
        List<String> installed = list().stream().filter(f -> f.state() == Feature.State.INSTALLED).map(Feature::name).toList();
        if (!installed.contains(name))
            throw new PluginException(list().stream().anyMatch(f -> f.name().equals(name))
                    ? "the feature " + name + " is part of this installation; start relata with --features to leave it out"
                    : "no feature is called '" + name + "'. Installed later: " + (installed.isEmpty() ? "none" : String.join(", ", installed)) + ".");
        return keeper.change("feature remove", List.of(name), true, (state, batch) ->
                Keeper.wanting(state, state.now().entries().stream().filter(e -> !e.feature().equals(name)).toList(), "remove feature " + name, List.of()));
    }
}
