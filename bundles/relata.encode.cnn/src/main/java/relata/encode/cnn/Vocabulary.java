package relata.encode.cnn;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Words and their numbers. Number 0 is whatever word is unknown. Kept in {@code vocab.json}, a list of words in order of their numbers. */
final class Vocabulary {
    /** Stands for unknown words. */
    static final String UNKNOWN = "[UNK]";

    private static final String FILE = "vocab.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final List<String> words;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final boolean lowercase;

    private Vocabulary(List<String> words, boolean lowercase) {
        this.words = List.copyOf(words);
        this.lowercase = lowercase;
        for (String word : words) numbers.put(word, numbers.size());
    }

    /** A word as it is looked up. */
    static String key(String word, boolean lowercase) {
        return lowercase ? word.toLowerCase(Locale.ROOT) : word;
    }

    /**
     * The words that are frequent enough, the most frequent first, in alphabetical order where equal.
     *
     * @param counts how often each word occurs, by {@link #key}
     * @param always words that are known however often they occur, and if they do not
     */
    static Vocabulary of(Map<String, Integer> counts, int minCount, Set<String> always, boolean lowercase) {
        Set<String> words = new LinkedHashSet<>(List.of(UNKNOWN));
        counts.entrySet().stream()
                .filter(e -> e.getValue() >= minCount || always.contains(e.getKey()))
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                .forEach(e -> words.add(e.getKey()));
        always.stream().sorted().forEach(words::add);
        return new Vocabulary(List.copyOf(words), lowercase);
    }

    int size() {
        return words.size();
    }

    List<String> words() {
        return words;
    }

    /** The word's number; 0 if it is unknown. */
    int number(String word) {
        return numbers.getOrDefault(key(word, lowercase), 0);
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), GSON.toJson(words) + "\n");
    }

    static Vocabulary read(Path folder, boolean lowercase) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) throw new IOException(folder + " has no " + FILE + ", the words that the model knows");
        String[] words;
        try {
            words = GSON.fromJson(Files.readString(file), String[].class);
        } catch (JsonParseException e) {
            throw new IOException(file + " is cut off or no list of words", e);
        }
        if (words == null || words.length == 0 || !UNKNOWN.equals(words[0])) throw new IOException(file + " must be a list of words that begins with " + UNKNOWN);
        if (Arrays.stream(words).anyMatch(Objects::isNull)) throw new IOException(file + ": a word is missing (null)");
        if (new LinkedHashSet<>(List.of(words)).size() < words.length) throw new IOException(file + " has a word twice");
        return new Vocabulary(List.of(words), lowercase);
    }
}
