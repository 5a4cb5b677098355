package relata.corpus.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import relata.api.corpus.CorpusException;

/**
 * A file that is a split.
 *
 * @param name the split: {@code train}, {@code dev}, {@code test}, or the file's stem
 */
public record SplitFile(String name, Path file) {
    /**
     * The files of a corpus, sorted by name. A split is called {@code train}, {@code dev} or {@code test} if a word of the file's name says so ({@code train_wiki.json},
     * {@code wiki80_val.txt}, {@code chemprot_development}), else as the file without its extension. A single file is one split.
     *
     * @param root a folder or a file
     * @param extensions with their dots, in lower case; {@code .gz} may follow
     * @param named splits by name to files (names or paths as seen from the root), if the files' own names do not say; empty: all files with the extensions
     * @param beside words in the names of files that lie beside the splits, such as {@code rel2id}
     * @throws CorpusException if there is none, or two would be the same split
     */
    public static List<SplitFile> of(Path root, List<String> extensions, Map<String, String> named, String... beside) throws IOException {
        if (!Files.exists(root)) throw new CorpusException(root.toString(), "does not exist; a file (" + String.join(", ", extensions) + "), or a folder with one file a split, was expected");
        List<SplitFile> files = new ArrayList<>();
        if (!named.isEmpty()) {
            for (Map.Entry<String, String> n : new TreeMap<>(named).entrySet()) {
                Path file = root.resolve(n.getValue());
                if (!Files.isRegularFile(file)) throw new CorpusException(file.toString(), "does not exist, but the settings name it as the split '" + n.getKey() + "'; " + holds(root));
                files.add(new SplitFile(n.getKey(), file));
            }
            return List.copyOf(files);
        }
        if (!Files.isDirectory(root)) return List.of(new SplitFile(split(name(root)), root));
        for (Path file : list(root)) {
            String name = name(file).toLowerCase(Locale.ROOT);
            String unzipped = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
            if (!name.startsWith(".") && extensions.stream().anyMatch(unzipped::endsWith) && Arrays.stream(beside).noneMatch(name::contains)) files.add(new SplitFile(split(name(file)), file));
        }
        if (files.isEmpty()) throw new CorpusException(root.toString(), "holds no " + String.join(" or ", extensions) + " file, but one a split was expected; " + holds(root));
        Map<String, Path> seen = new TreeMap<>();
        for (SplitFile f : files) {
            Path before = seen.put(f.name, f.file);
            if (before != null)
                throw new CorpusException(root.toString(), "both " + name(before) + " and " + name(f.file) + " look like the split '" + f.name + "'; say in the settings which file is which split, as in files: { "
                        + f.name + ": " + name(before) + " }");
        }
        return List.copyOf(files);
    }

    /** The file's name for provenance: its path as seen from the root, or just its name if it is the root. */
    public String input(Path root) {
        return file.equals(root) ? name(file) : root.relativize(file).toString().replace('\\', '/');
    }

    /** The file's name without its extension, and without {@code .gz}. */
    public String stem() {
        return stem(name(file));
    }

    private static String stem(String fileName) {
        String unzipped = fileName.toLowerCase(Locale.ROOT).endsWith(".gz") ? fileName.substring(0, fileName.length() - 3) : fileName;
        int dot = unzipped.lastIndexOf('.');
        return dot > 0 ? unzipped.substring(0, dot) : unzipped;
    }

    /** The split that the name of a file or folder says: {@code train}, {@code dev} or {@code test}, else the name without its extension. */
    public static String split(String fileName) {
        String stem = stem(fileName);
        for (String word : stem.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT).split("[^a-z]+"))
            switch (word) {
                case "train", "training" -> {
                    return "train";
                }
                case "dev", "devel", "development", "val", "valid", "validation" -> {
                    return "dev";
                }
                case "test" -> {
                    return "test";
                }
                default -> {
                }
            }
        return stem;
    }

    private static String holds(Path root) throws IOException {
        if (!Files.isDirectory(root)) return root + " is no folder";
        List<Path> all = list(root);
        return "it holds " + (all.isEmpty() ? "nothing" : all.stream().limit(10).map(SplitFile::name).collect(Collectors.joining(", ")));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
