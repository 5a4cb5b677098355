package relata.corpus.biomedical;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Hash;
import relata.corpus.text.Utf8File;

/** The files of a corpus: a folder with its sub-folders, a zip file, or a single file. Nothing is unpacked to disk. */
final class Inputs implements AutoCloseable {
    /** A file of more characters than this does not fit into memory as it is read here. */
    static final int LARGEST = 1 << 29;
    private static final int DEEPEST = 16;

    private final Path root;
    private final Optional<Archive> archive;
    private final SortedMap<String, Path> files;
    private final SortedMap<String, String> hashes = new TreeMap<>();

    private Inputs(Path root, Optional<Archive> archive, SortedMap<String, Path> files) {
        this.root = root;
        this.archive = archive;
        this.files = files;
    }

    /** Opens it. @throws CorpusException if it does not exist, or is a zip file with more than any corpus has */
    static Inputs open(Path root) throws IOException {
        if (!Files.exists(root)) throw new CorpusException(root.toString(), "does not exist; a folder, a file or a .zip was expected");
        SortedMap<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(root)) {
            try (Stream<Path> walk = Files.walk(root, DEEPEST)) {
                for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) files.put(root.relativize(file).toString().replace('\\', '/'), file);
            }
            return new Inputs(root, Optional.empty(), files);
        }
        if (Archive.isZip(root)) {
            Archive archive = Archive.open(root);
            for (String name : archive.names()) files.put(name, archive.path(name));
            Inputs inputs = new Inputs(root, Optional.of(archive), files);
            inputs.hashes.put(String.valueOf(root.getFileName()), Hash.of(root));
            return inputs;
        }
        files.put(String.valueOf(root.getFileName()), root);
        return new Inputs(root, Optional.empty(), files);
    }

    /** The names that end with one of these, as seen from the root, sorted; hidden ones left out. @throws CorpusException if there is none */
    List<String> names(String... ends) throws CorpusException {
        List<String> names = files.keySet().stream().filter(n -> !isHidden(n) && Stream.of(ends).anyMatch(e -> n.toLowerCase(Locale.ROOT).endsWith(e))).toList();
        if (names.isEmpty())
            throw new CorpusException(root.toString(), "holds no " + String.join(" or ", ends) + " file; it holds " + (files.isEmpty() ? "nothing" : files.keySet().stream().limit(10).collect(Collectors.joining(", "))));
        return names;
    }

    private static boolean isHidden(String name) {
        return Stream.of(name.split("/")).anyMatch(part -> part.startsWith(".") || part.equals("__MACOSX"));
    }

    boolean has(String name) {
        return files.containsKey(name);
    }

    /** The file, for messages. */
    Path path(String name) {
        return files.getOrDefault(name, root.resolve(name));
    }

    /** All of a file. @throws CorpusException if it is not UTF-8, or too large */
    String text(String name) throws IOException {
        try (Utf8File in = archive.isPresent() ? Utf8File.open(path(name), archive.get().stream(name)) : Utf8File.open(path(name))) {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[1 << 14];
            for (int n; (n = in.read(buffer)) > 0;) {
                text.append(buffer, 0, n);
                if (text.length() > LARGEST) throw new CorpusException(path(name).toString(), "has more than " + (LARGEST >> 20) + " million characters; cut it into several files");
            }
            if (archive.isEmpty()) hashes.put(name, in.hash());
            return text.toString();
        }
    }

    /** Something else was read, outside of the root. @param sha256 in lower-case hex */
    void note(String name, String sha256) {
        hashes.put(name, sha256);
    }

    /** What was read so far, and its SHA-256 in lower-case hex; of a zip file its own. */
    SortedMap<String, String> hashes() {
        return Collections.unmodifiableSortedMap(hashes);
    }

    @Override
    public void close() throws IOException {
        if (archive.isPresent()) archive.get().close();
    }
}
