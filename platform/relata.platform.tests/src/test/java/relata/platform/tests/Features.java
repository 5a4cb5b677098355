package relata.platform.tests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The feature files, read by another reader than the launcher's. */
final class Features {
    private Features() {}

    static List<String> names(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("features"))) {
            return files.map(f -> f.getFileName().toString().replace(".json", "")).sorted().toList();
        }
    }

    static JsonObject read(Path home, String name) throws IOException {
        return JsonParser.parseString(Files.readString(home.resolve("features").resolve(name + ".json"))).getAsJsonObject();
    }

    /** The ids of all features' bundles. */
    static TreeSet<String> ids(Path home) throws IOException {
        TreeSet<String> ids = new TreeSet<>();
        for (String name : names(home)) for (JsonElement bundle : read(home, name).getAsJsonArray("bundles")) ids.add(bundle.getAsJsonObject().get("id").getAsString());
        return ids;
    }

    /** The file names of bundles that are not started with the platform, but by whoever needs them. */
    static List<String> onDemand(Path home) throws IOException {
        List<String> files = new ArrayList<>();
        for (String name : names(home))
            for (JsonElement bundle : read(home, name).getAsJsonArray("bundles")) {
                String[] id = bundle.getAsJsonObject().get("id").getAsString().split(":");
                if (bundle.getAsJsonObject().has("on-demand")) files.add(id[1] + "-" + id[2] + ".jar");
            }
        return files;
    }
}
