package relata.runtime;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code relata.json} in a model folder says: all that is needed to use the weights beside it.
 *
 * @param encoder the encoder, {@code { use: …, with: {…} }}
 * @param objective the classifying objective, or null
 * @param classifier the classifier on frozen vectors, or null
 * @param labels all labels, in the order of the logits
 * @param negative the label that means <em>no relation</em>, or null
 * @param recipe name of the recipe
 * @param stage name of the stage that made it
 * @param run id of the run
 * @param seed its seed
 */
record ModelCard(
        String encoder, @Nullable String objective, @Nullable String classifier, List<String> labels, @Nullable String negative, String recipe, String stage,
        String run, long seed) {
    static final String FILE = "relata.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), GSON.toJson(this) + "\n", StandardCharsets.UTF_8);
    }

    static ModelCard read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) throw new IOException(folder + " holds no model of Relata: it has no " + FILE);
        try {
            ModelCard card = GSON.fromJson(Files.readString(file, StandardCharsets.UTF_8), ModelCard.class);
            if (card == null || card.encoder == null || card.labels == null || card.stage == null)
                throw new IOException(file + " is incomplete: it needs 'encoder', 'labels' and 'stage'");
            return card;
        } catch (JsonParseException e) {
            throw new IOException(file + " is cut off or no JSON object", e);
        }
    }
}
