package relata.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bundles that chosen features come to.
 *
 * @param features all features that take part: the chosen ones and those that they need, needed ones first
 * @param jars what to start, in order of start
 */
public record Installation(List<String> features, List<Jar> jars) {
    public Installation {
        features = List.copyOf(features);
        jars = List.copyOf(jars);
    }

    /** A bundle's file. @param passive true if it is not to be started */
    public record Jar(Path path, int order, boolean passive) {
        /** Installed by reference: nothing is copied, so that a large bundle costs nothing at start. */
        public String location() {
            return "reference:" + path.toUri();
        }
    }

    /**
     * Resolves features in {@code home/features} to jars in {@code home/system}.
     *
     * @throws LaunchException if a feature or a jar is missing; the message names all missing jars
     */
    public static Installation of(Path home, List<String> chosen) throws LaunchException {
        Map<String, Feature> features = new LinkedHashMap<>();
        for (String name : chosen) add(home.resolve("features"), name, features, new ArrayList<>());
        Map<Path, Jar> jars = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (Feature feature : features.values())
            for (Feature.Item item : feature.bundles()) {
                Path jar = item.jar(home.resolve("system"));
                if (!Files.isRegularFile(jar)) missing.add("feature " + feature.name() + " names " + item.id() + ", but there is no " + jar);
                jars.putIfAbsent(jar, new Jar(jar, item.order(), item.passive()));
            }
        if (!missing.isEmpty()) throw new LaunchException(String.join("\n        ", missing) + "\n        The installation is incomplete: unpack or build it again.");
        return new Installation(List.copyOf(features.keySet()), jars.values().stream().sorted(Comparator.comparingInt(Jar::order)).toList());
    }

    private static void add(Path folder, String name, Map<String, Feature> features, List<String> path) throws LaunchException {
        if (features.containsKey(name)) return;
        if (path.contains(name)) throw new LaunchException("features need each other in a circle: " + String.join(" -> ", path) + " -> " + name);
        Feature feature = Feature.read(folder, name);
        path.add(name);
        for (String required : feature.requires()) add(folder, required, features, path);
        path.remove(name);
        features.put(name, feature);
    }
}
