package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import relata.api.corpus.Corpus;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;
import relata.testkit.CorpusReaderContract.Broken;

/** Files of a small corpus, by name, to be written as they are, with something changed, or as a zip. */
record Fixture(Map<String, String> files) {
    /** What readers leave out is asserted, not read in the log. Held here, since loggers are forgotten when nobody holds them. */
    private static final Logger LOG = Logger.getLogger("relata.corpus.biomedical");

    static {
        LOG.setLevel(Level.OFF);
    }

    static Fixture of(String... namesAndTexts) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) files.put(namesAndTexts[i], namesAndTexts[i + 1]);
        return new Fixture(files);
    }

    /** With something else in one file, which must be there. */
    Fixture with(String file, String part, String other) {
        assertEquals(true, files.get(file).contains(part), () -> file + " has no '" + part + "'");
        Map<String, String> changed = new LinkedHashMap<>(files);
        changed.put(file, files.get(file).replace(part, other));
        return new Fixture(changed);
    }

    /** With more at the end of a file. */
    Fixture more(String file, String text) {
        Map<String, String> changed = new LinkedHashMap<>(files);
        changed.put(file, files.getOrDefault(file, "") + text);
        return new Fixture(changed);
    }

    Fixture without(String file) {
        Map<String, String> changed = new LinkedHashMap<>(files);
        changed.remove(file);
        return new Fixture(changed);
    }

    /** With Windows line ends. */
    Fixture crlf() {
        Map<String, String> changed = new LinkedHashMap<>();
        files.forEach((name, text) -> changed.put(name, text.replace("\n", "\r\n")));
        return new Fixture(changed);
    }

    Path write(Path folder) throws IOException {
        for (Map.Entry<String, String> f : files.entrySet()) {
            Path file = folder.resolve(f.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, f.getValue());
        }
        return folder;
    }

    Path zip(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> f : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(f.getKey()));
                zip.write(f.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    /** A wrong input in a folder of its own. */
    void broken(Map<String, Broken> broken, Path parent, Map<String, ?> settings, String... message) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.put("root", write(Files.createDirectories(parent.resolve("broken-" + broken.size()))));
        broken.put(broken.size() + " " + String.join(", ", message), new Broken(all, message));
    }

    /** Every pair of a split: {@code head | tail | labels}, in order. */
    static List<String> answers(Corpus corpus, String split) {
        return corpus.splits().get(split).stream().flatMap(e -> e.pairs().stream().map(p -> words(e, p))).toList();
    }

    private static String words(Example e, Pair p) {
        return words(e.passage(), p.head()) + " | " + words(e.passage(), p.tail()) + " | " + String.join("+", p.relations());
    }

    private static String words(Passage passage, int entity) {
        return passage.entities().get(entity).mentions().stream().map(m -> words(passage, m)).collect(Collectors.joining(" / "));
    }

    private static String words(Passage passage, Mention mention) {
        return mention.spans().stream().map(s -> words(passage, s)).collect(Collectors.joining(" .. "));
    }

    private static String words(Passage passage, Span span) {
        return String.join(" ", passage.tokens().subList(span.start(), span.end()));
    }
}
