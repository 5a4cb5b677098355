package relata.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import relata.testkit.CorpusReaderContract.Broken;

/** Collects wrong files for {@link CorpusReaderContract#broken}: each is made of a good one by an exchange of words. */
public final class Wrong {
    private final Path folder;
    private final String name;
    private final String good;
    private final Map<String, Broken> all = new LinkedHashMap<>();

    /** Of a good file. @param folder where each wrong one gets a folder of its own @param name the file's, which errors must hold */
    public Wrong(Path folder, String name, String good) {
        this.folder = folder;
        this.name = name;
        this.good = good;
    }

    /** The good file with one exchange; the error must name the file, and more. */
    public Wrong but(String old, String now, String... message) throws IOException {
        if (!good.contains(old)) throw new IllegalArgumentException("the good file does not hold " + old);
        return file(good.replaceFirst(Pattern.quote(old), Matcher.quoteReplacement(now)), Map.of(), message);
    }

    /** A file that is wrong as a whole. @param settings beside {@code root} */
    public Wrong file(String content, Map<String, ?> settings, String... message) throws IOException {
        Path root = Files.createDirectories(folder.resolve("wrong" + all.size()));
        Files.writeString(root.resolve(name), content);
        Map<String, Object> with = new HashMap<>(settings);
        with.put("root", root.resolve(name));
        String[] parts = Arrays.copyOf(message, message.length + 1);
        parts[message.length] = name;
        all.put(all.size() + ": " + content.substring(0, Math.min(300, content.length())), new Broken(with, parts));
        return this;
    }

    /** All of them, by a name for each. */
    public Map<String, Broken> all() {
        return all;
    }
}
