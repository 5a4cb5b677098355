package relata.corpus.jsonl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Example;
import relata.api.corpus.Passage;
import relata.corpus.text.Line;
import relata.corpus.text.Lines;
import relata.corpus.text.Splits;
import relata.corpus.text.Unseen;

/** One reading of a corpus: its files and the splits they make. */
final class JsonlFiles {
    private static final String END = ".jsonl";

    private final JsonlReader.Config config;
    private final Path root;
    private final Splits splits;
    private final Map<String, Passage> shared = new HashMap<>();

    JsonlFiles(JsonlReader.Config config) {
        this.config = config;
        this.root = config.root();
        this.splits = new Splits(root, config.negative());
    }

    Corpus read() throws IOException {
        if (Files.isDirectory(root)) for (Path file : files()) read(file, Optional.of(stem(file)));
        else if (Files.exists(root)) read(root, Optional.empty());
        else throw new CorpusException(root.toString(), "does not exist; a .jsonl file, or a folder with train.jsonl and so on, was expected");
        splits.checkLabels();
        if (config.unseen() != Unseen.KEEP) splits.checkUnseen(config.unseen() == Unseen.DROP);
        splits.takeDev(config.dev());
        return splits.corpus(stem(root.toAbsolutePath()));
    }

    private List<Path> files() throws IOException {
        List<Path> all;
        try (Stream<Path> list = Files.list(root)) {
            all = list.sorted().toList();
        }
        List<Path> files = all.stream().filter(f -> stem(f).length() + END.length() == name(f).length() && !name(f).startsWith(".")).toList();
        if (files.isEmpty())
            throw new CorpusException(root.toString(), "holds no " + END + " file, but one a split was expected, such as train.jsonl; it holds "
                    + (all.isEmpty() ? "nothing" : all.stream().limit(10).map(JsonlFiles::name).collect(Collectors.joining(", "))));
        return files;
    }

    private void read(Path file, Optional<String> split) throws IOException {
        Line[] first = new Line[1];
        boolean[] named = new boolean[1];
        String hash = Lines.read(file, line -> {
            Raw raw = Raw.read(line);
            if (split.isPresent() && raw.split.isPresent() && !raw.split.equals(split)) throw line.error("split is '" + raw.split.get() + "', but the file makes it '" + split.get() + "'");
            if (first[0] == null) {
                first[0] = line;
                named[0] = raw.split.isPresent();
            } else if (split.isEmpty() && named[0] != raw.split.isPresent())
                throw line.error("has " + (named[0] ? "no 'split', but" : "a 'split', but not") + " line " + first[0].number() + "; either all lines have one or none");
            Example example = Examples.of(line, raw, config.negative(), stem(file) + ":" + line.number());
            Passage passage = example.passage();
            if (raw.passage.isPresent() && !shared.computeIfAbsent(passage.id(), k -> passage).equals(passage))
                throw line.error("is about the passage '" + passage.id() + "', but tells other tokens, sentences, entities, known relations or another document of it than a line before");
            splits.add(split.or(() -> raw.split).orElse("all"), example, line.place());
        });
        splits.input(name(file), hash);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String stem(Path file) {
        String name = name(file);
        return name.endsWith(END) ? name.substring(0, name.length() - END.length()) : name;
    }
}
