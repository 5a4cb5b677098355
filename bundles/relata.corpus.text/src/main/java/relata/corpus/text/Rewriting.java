package relata.corpus.text;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;
import relata.api.corpus.Omissions;

/**
 * Writes a corpus so that nothing is lost in silence and nothing half-written stays: the files are made in a folder beside, read again there and compared
 * with what was given. Only then do they come to their place.
 */
public final class Rewriting {
    /** Makes the files of a format. */
    @FunctionalInterface
    public interface Filling {
        /** Fills an empty folder. @return the reader for what is in it now */
        CorpusReader fill(Path folder) throws IOException;
    }

    private Rewriting() {}

    /**
     * Writes it.
     *
     * @param corpus what should be read again
     * @param folder where to; if it is there, it must be empty
     * @param omissions is told of each difference between the corpus and what is read again
     * @throws CorpusException if something would be lost that must not be, or it could not be read again
     */
    public static void write(Corpus corpus, Path folder, Omissions omissions, Filling filling) throws IOException {
        checkEmpty(folder);
        checkLetters(corpus);
        Path place = folder.toAbsolutePath().normalize();
        Path parent = place.getParent();
        if (parent == null) throw new CorpusException(folder.toString(), "is no folder that could be made");
        List<Path> made = missing(parent);
        Path beside = parent.resolve("." + place.getFileName() + ".part-" + ProcessHandle.current().pid());
        try {
            Files.createDirectories(parent);
            Files.createDirectory(beside);
            new Differences(corpus, again(filling.fill(beside), beside, place), omissions).report();
            Files.deleteIfExists(place);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (CharacterCodingException e) {
            throw new CorpusException(corpus.name(), "has an id, type or label with half a surrogate pair, which UTF-8 cannot hold");
        } finally {
            delete(beside);
            if (!Files.exists(place)) deleteEmpty(made);
        }
    }

    /** The folders that are not there yet, the innermost first. */
    private static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path at = folder; at != null && !Files.exists(at); at = at.getParent()) missing.add(at);
        return missing;
    }

    /** A refusal leaves no folders behind that it made; those that somebody else uses by now stay. */
    private static void deleteEmpty(List<Path> folders) throws IOException {
        try {
            for (Path folder : folders) Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            return;
        }
    }

    private static void checkLetters(Corpus corpus) throws CorpusException {
        if (corpus.splits().values().stream().allMatch(List::isEmpty)) throw new CorpusException(corpus.name(), "holds no example, so there is nothing to write");
        CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
        for (Map.Entry<String, List<Example>> split : corpus.splits().entrySet())
            for (Example e : split.getValue())
                for (String token : e.passage().tokens())
                    if (!utf8.canEncode(token)) throw new CorpusException(split.getKey() + " example '" + e.id() + "'", "has half a surrogate pair in its text, which UTF-8 cannot hold");
    }

    private static void checkEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try {
            if (!list(folder).isEmpty()) throw new CorpusException(folder.toString(), "is not empty, but a new or empty folder was expected");
        } catch (NotDirectoryException e) {
            throw new CorpusException(folder.toString(), "is a file, but a new or empty folder was expected");
        }
    }

    private static Corpus again(CorpusReader reader, Path beside, Path place) throws IOException {
        try {
            return reader.read();
        } catch (CorpusException e) {
            throw new CorpusException(place.toString(), "could not be read again if it were written like this: " + e.getMessage().replace(beside.toString(), place.toString()));
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
