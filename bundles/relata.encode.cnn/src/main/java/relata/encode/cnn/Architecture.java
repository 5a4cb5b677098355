package relata.encode.cnn;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/**
 * What decides the shapes of the weights and what they mean; kept beside them in {@code config.json}.
 *
 * @param modelType {@code cnn}: one maximum; {@code pcnn}: three
 * @param wordSize numbers in a word vector
 * @param positionSize numbers in a position vector
 * @param maxDistance distances are cut off here, in both directions
 * @param widths words in a window, each number once
 * @param filters of each width
 * @param lowercase whether words are looked up in small letters
 */
record Architecture(String modelType, int wordSize, int positionSize, int maxDistance, List<Integer> widths, int filters, boolean lowercase) {
    private static final Gson GSON = new GsonBuilder().setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES).setPrettyPrinting().create();
    private static final String FILE = "config.json";

    Architecture {
        widths = List.copyOf(widths);
    }

    /** @throws IllegalArgumentException unless there is a width, and none twice */
    static void check(List<Integer> widths) {
        if (widths.isEmpty()) throw new IllegalArgumentException("widths needs at least one number of words, e.g. [3]");
        if (new HashSet<>(widths).size() < widths.size()) throw new IllegalArgumentException("widths has a number twice: " + widths + "; more filters are more of 'filters'");
    }

    /** Number of maxima taken of each filter. */
    int pieces() {
        return modelType.equals("pcnn") ? 3 : 1;
    }

    /** D. */
    int dimension() {
        return pieces() * widths.size() * filters;
    }

    /** E, the numbers that a word comes with: its own vector and those of its two distances. */
    int inputs() {
        return wordSize + 2 * positionSize;
    }

    /** Rows of a table of position vectors. */
    int distances() {
        return 2 * maxDistance + 1;
    }

    /** Words of a window of that width that lie before the one it stands for. */
    static int before(int width) {
        return (width - 1) / 2;
    }

    /** Words that the widest window reaches over the start of the text. */
    int before() {
        return widths.stream().mapToInt(Architecture::before).max().orElseThrow();
    }

    /** Words that the widest window reaches over the end of the text. */
    int after() {
        return widths.stream().mapToInt(w -> w - 1 - before(w)).max().orElseThrow();
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), GSON.toJson(this) + "\n");
    }

    /** @throws IOException unless the folder holds a model of just this architecture; the message names the first difference */
    void expectIn(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) throw new IOException(folder + " is no model folder: it has no " + FILE);
        JsonObject found;
        try {
            found = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException(file + " is cut off or no JSON object", e);
        }
        JsonObject asked = GSON.toJsonTree(this).getAsJsonObject();
        for (String key : asked.keySet())
            if (!asked.get(key).equals(found.get(key)))
                throw new IOException(file + ": " + key + " is " + found.get(key) + ", but the encoder's settings ask for " + asked.get(key) + "; a trained encoder is loaded with the settings that it was trained with");
    }
}
