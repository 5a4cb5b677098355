package relata.console.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.component.Setting;

/**
 * A recipe as a graph: corpus, encoder, stages and the parts inside them are nodes. Drawn from the recipe's single settings, so that a recipe can be looked at
 * whose parts are no longer installed; what only the parts themselves tell is left out then.
 *
 * @param nodes in the order of the recipe
 * @param edges from what gives to what takes
 */
record RecipeGraph(List<Node> nodes, List<Edge> edges) {
    /**
     * A node.
     *
     * @param id its path in the recipe
     * @param label a stage's name, else its part
     * @param kind of its part; empty if it is not known
     * @param part the name of its part
     * @param summary what the part does, in a sentence; empty if it is not installed
     * @param cite the part's source, or empty
     * @param settings its own, as they are written
     * @param artifacts what a stage left
     * @param state of a stage, else empty
     */
    record Node(String id, String label, String kind, String part, String summary, String cite, Map<String, String> settings, List<Artifact> artifacts, String state) {
        Node with(List<Artifact> left, String now) {
            return new Node(id, label, kind, part, summary, cite, settings, left, now);
        }
    }

    /** A file. @param name its path under the stage's folder */
    record Artifact(String name, long bytes) {}

    /** From what gives to what takes. @param what the setting by which it is taken, or what is given */
    record Edge(String from, String to, String what) {}

    private static final String STAGES = "stages.";
    private static final String USE = ".use";
    private static final String WITH = ".with.";
    private static final String FROM_STAGE = "stage that gives ";

    RecipeGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** @param settings the recipe's, by path */
    static RecipeGraph of(Map<String, String> settings, Catalogue catalogue) {
        List<String> paths = settings.keySet().stream().filter(k -> k.endsWith(USE)).map(k -> k.substring(0, k.length() - USE.length())).toList();
        Map<String, Optional<Part>> parts = new LinkedHashMap<>();
        // those around come before those inside, by which their kinds are known
        for (String path : paths.stream().sorted((a, b) -> Integer.compare(a.length(), b.length())).toList())
            parts.put(path, part(path, kind(path, paths, parts), settings, catalogue));
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (String path : paths) {
            nodes.add(node(path, kind(path, paths, parts), parts.getOrDefault(path, Optional.empty()), settings, paths));
            around(path, paths).ifPresent(outer -> edges.add(new Edge(path, outer, setting(path, outer))));
            if (isStage(path)) taken(path, parts.getOrDefault(path, Optional.empty()), settings, edges);
        }
        return new RecipeGraph(nodes, edges);
    }

    /** The stages that a stage takes from. */
    List<String> needs(String stage) {
        return edges.stream().filter(e -> e.to().equals(STAGES + stage) && isStage(e.from())).map(e -> e.from().substring(STAGES.length())).distinct().toList();
    }

    private static boolean isStage(String path) {
        return path.startsWith(STAGES) && path.indexOf('.', STAGES.length()) < 0;
    }

    private static Optional<Part> part(String path, String kind, Map<String, String> settings, Catalogue catalogue) {
        return kind.isEmpty() ? Optional.empty() : catalogue.find(kind, settings.getOrDefault(path + USE, ""));
    }

    /** The kind of the part at a path: by its place, or by the type of the setting of the part around it. */
    private static String kind(String path, List<String> paths, Map<String, Optional<Part>> parts) {
        if (path.equals("corpus") || path.equals("encoder")) return path;
        if (isStage(path)) return "stage";
        Optional<String> outer = around(path, paths);
        if (outer.isEmpty()) return "";
        String setting = setting(path, outer.get()).replaceAll("\\[\\d+]", "");
        return parts.getOrDefault(outer.get(), Optional.empty()).stream().flatMap(p -> Setting.of(p.config()).stream())
                .filter(s -> s.name().equals(setting) || setting.startsWith(s.name() + ".") && s.type().startsWith("map to "))
                .map(s -> s.type().substring(s.type().lastIndexOf(' ') + 1)).findFirst().orElse("");
    }

    private static Optional<String> around(String path, List<String> paths) {
        return paths.stream().filter(p -> path.startsWith(p + WITH)).max((a, b) -> Integer.compare(a.length(), b.length()));
    }

    private static String setting(String path, String outer) {
        return path.substring(outer.length() + WITH.length());
    }

    private static Node node(String path, String kind, Optional<Part> part, Map<String, String> settings, List<String> paths) {
        String name = settings.getOrDefault(path + USE, "");
        Map<String, String> own = new LinkedHashMap<>();
        settings.forEach((key, value) -> {
            boolean inside = key.startsWith(path + WITH) && paths.stream().noneMatch(p -> p.length() > path.length() && p.startsWith(path + WITH) && key.startsWith(p + "."));
            if (inside) own.put(key.substring(path.length() + WITH.length()), value);
        });
        return new Node(path, isStage(path) ? path.substring(STAGES.length()) : name, kind, name, part.map(Part::summary).orElse(""), part.map(Part::source).orElse(""), own, List.of(), "");
    }

    /** What a stage takes from other stages, from the recipe's corpus and from its encoder. */
    private static void taken(String path, Optional<Part> part, Map<String, String> settings, List<Edge> edges) {
        List<Setting> all = part.map(p -> Setting.of(p.config())).orElse(List.of());
        boolean ownCorpus = settings.keySet().stream().anyMatch(k -> k.startsWith(path + ".with.corpus."));
        if (!ownCorpus && all.stream().anyMatch(s -> s.type().equals("split"))) edges.add(new Edge("corpus", path, "examples"));
        for (Setting setting : all) {
            if (!setting.type().contains(FROM_STAGE)) continue;
            String key = path + WITH + setting.name();
            List<String> stages = settings.entrySet().stream()
                    .filter(e -> e.getKey().equals(key) || e.getKey().startsWith(key + "[") || e.getKey().startsWith(key + "."))
                    .map(Map.Entry::getValue).filter(v -> settings.containsKey(STAGES + v + USE)).distinct().toList();
            for (String stage : stages) edges.add(new Edge(STAGES + stage, path, setting.name()));
            if (stages.isEmpty() && setting.type().startsWith(FROM_STAGE + "encoder")) edges.add(new Edge("encoder", path, "encoder"));
        }
    }
}
