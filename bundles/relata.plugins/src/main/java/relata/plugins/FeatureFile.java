package relata.plugins;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import relata.api.plugin.PluginException;

/**
 * A file of OSGi's feature JSON (Compendium 8, chapter 159), as far as it says what is needed.
 *
 * @param bundles as {@code group:artifact:version} or {@code group:artifact:type:classifier:version}
 */
record FeatureFile(String name, String description, List<String> requires, List<String> bundles) {
    private static final String ENDING = ".json";

    /** @throws PluginException if there is no such file or it is none */
    static FeatureFile read(Path file) throws PluginException {
        try {
            String name = String.valueOf(file.getFileName());
            if (!name.endsWith(ENDING)) throw new PluginException(file + " is refused: a feature file is called NAME.json");
            JsonElement read = new Gson().fromJson(Files.readString(file), JsonElement.class);
            if (!(read instanceof JsonObject json) || !json.has("bundles") || !json.get("bundles").isJsonArray()) throw new PluginException(file + " is refused: it must be an object with a list 'bundles'");
            List<String> bundles = new ArrayList<>();
            for (JsonElement bundle : json.getAsJsonArray("bundles")) {
                JsonElement id = bundle.isJsonObject() ? bundle.getAsJsonObject().get("id") : bundle;
                bundles.add(id == null || !id.isJsonPrimitive() ? "" : id.getAsString());
            }
            List<String> requires = new ArrayList<>();
            for (JsonElement feature : requires(json)) requires.add(feature.getAsString());
            String description = json.has("description") && json.get("description").isJsonPrimitive() ? json.get("description").getAsString() : "";
            return new FeatureFile(name.substring(0, name.length() - ENDING.length()), description, requires, bundles);
        } catch (NoSuchFileException e) {
            throw new PluginException("there is no file " + file);
        } catch (IOException e) {
            throw new PluginException(file + " cannot be read: " + e.getMessage());
        } catch (JsonParseException e) {
            throw new PluginException(file + " is refused: it is not JSON, or cut off: " + e.getMessage().replaceFirst("^[\\w.$]+(Exception|Error): ", ""));
        } catch (IllegalStateException | ClassCastException | UnsupportedOperationException e) {
            throw new PluginException(file + " is refused: it is no feature file: " + e.getMessage());
        }
    }

    private static Iterable<JsonElement> requires(JsonObject json) {
        JsonObject at = json;
        for (String key : List.of("extensions", "relata-requires", "json")) {
            if (!at.has(key)) return List.of();
            at = at.getAsJsonObject(key);
        }
        return at.has("features") ? at.getAsJsonArray("features") : List.of();
    }
}
