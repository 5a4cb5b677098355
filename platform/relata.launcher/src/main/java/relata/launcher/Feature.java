package relata.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A feature file (OSGi Compendium 8, chapter 159), as far as the launcher needs it.
 *
 * @param name the file's name without {@code .json}
 * @param requires the features that it needs, from its extension {@code relata-requires}
 * @param bundles its bundles, in the order of the file
 */
record Feature(String name, List<String> requires, List<Item> bundles) {
    Feature {
        requires = List.copyOf(requires);
        bundles = List.copyOf(bundles);
    }

    /**
     * A bundle of a feature.
     *
     * @param id {@code group:artifact:version} or {@code group:artifact:type:classifier:version}
     * @param order bundles of a lower order start first
     * @param passive true if it is not started: a fragment, or a bundle that whoever needs it starts
     */
    record Item(String id, int order, boolean passive) {
        /** Where its jar lies under a folder in Maven's repository layout. */
        Path jar(Path repository) {
            String[] part = id.split(":");
            String version = part[part.length - 1];
            String classifier = part.length == 5 ? "-" + part[3] : "";
            return repository.resolve(part[0].replace('.', '/')).resolve(part[1]).resolve(version).resolve(part[1] + "-" + version + classifier + ".jar");
        }
    }

    /**
     * Reads {@code NAME.json}.
     *
     * @throws LaunchException if there is no such file or it is not as it should be
     */
    static Feature read(Path folder, String name) throws LaunchException {
        Path file = folder.resolve(name + ".json");
        try {
            return of(name, Json.object(Files.readString(file)));
        } catch (NoSuchFileException e) {
            throw new LaunchException("there is no feature '" + name + "'; there are: " + String.join(", ", names(folder)));
        } catch (IOException e) {
            throw new LaunchException(file + " cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            throw new LaunchException(file + ": " + e.getMessage());
        }
    }

    /** The names of all features in a folder, sorted. */
    static List<String> names(Path folder) throws LaunchException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".json")).map(f -> f.substring(0, f.length() - 5)).sorted().toList();
        } catch (IOException e) {
            throw new LaunchException("the folder of features " + folder + " cannot be read; relata.home must be the folder of a Relata distribution");
        }
    }

    private static Feature of(String name, Map<String, Object> json) {
        Map<?, ?> extension = map(map(json, "extensions"), "relata-requires");
        List<String> requires = list(map(extension, "json"), "features").stream().map(String::valueOf).toList();
        List<Item> bundles = new ArrayList<>();
        for (Object bundle : list(json, "bundles")) {
            Map<?, ?> entries = bundle instanceof Map<?, ?> m ? m : Map.of("id", bundle);
            String id = entries.get("id") instanceof String s ? s : "";
            int parts = id.split(":").length;
            if (parts != 3 && parts != 5) throw new IllegalArgumentException("'" + id + "' is not group:artifact:version or group:artifact:type:classifier:version");
            int order = entries.get("start-order") instanceof Double d ? d.intValue() : 10;
            boolean passive = Boolean.TRUE.equals(entries.get("fragment")) || Boolean.TRUE.equals(entries.get("on-demand"));
            bundles.add(new Item(id, order, passive));
        }
        return new Feature(name, requires, bundles);
    }

    private static Map<?, ?> map(Map<?, ?> in, String key) {
        Object value = in.get(key);
        if (value == null) return Map.of();
        if (value instanceof Map<?, ?> map) return map;
        throw new IllegalArgumentException("'" + key + "' must be an object");
    }

    private static List<?> list(Map<?, ?> in, String key) {
        Object value = in.get(key);
        if (value == null) return List.of();
        if (value instanceof List<?> list) return list;
        throw new IllegalArgumentException("'" + key + "' must be a list");
    }
}
