package relata.parse.conllu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import relata.api.corpus.CorpusException;
import relata.api.view.DependencyGraph;
import relata.text.DependencyGraphs;

/** Parsed sentences by their words. Of several with the same words the first counts, in the order of file names and lines. */
final class Treebank {
    private static final int SHOWN = 8;

    private final Path root;
    private final String sha256;
    private final Map<List<String>, DependencyGraph> sentences = new HashMap<>();
    /** For each first word the lengths of the sentences that begin with it, longest first. */
    private final Map<String, TreeSet<Integer>> lengths = new HashMap<>();

    private Treebank(Path root, String sha256) {
        this.root = root;
        this.sha256 = sha256;
    }

    /**
     * Reads a file, or all {@code .conllu} files of a folder.
     *
     * @throws CorpusException if there is none, or one is wrong; the message names file and line
     */
    static Treebank read(Path root) throws IOException {
        List<Path> files = files(root);
        MessageDigest sha = digest();
        List<ConlluFile.Sentence> read = new ArrayList<>();
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            sha.update(bytes);
            read.addAll(ConlluFile.read(file, bytes));
        }
        Treebank treebank = new Treebank(root, HexFormat.of().formatHex(sha.digest()));
        for (ConlluFile.Sentence sentence : read) {
            treebank.sentences.putIfAbsent(sentence.words(), sentence.graph());
            treebank.lengths.computeIfAbsent(sentence.words().get(0), w -> new TreeSet<>(Collections.reverseOrder())).add(sentence.words().size());
        }
        return treebank;
    }

    /** SHA-256 of the files' bytes, one after the other. */
    String sha256() {
        return sha256;
    }

    /**
     * The parse of a text: one sentence, or several in a row, each as long as can be while the rest can be found too.
     *
     * @throws IllegalStateException if it cannot be put together
     */
    DependencyGraph find(List<String> tokens) {
        int n = tokens.size();
        // from the end: the length of the longest sentence that begins here and is followed by sentences up to the end; 0 if there is none
        int[] longest = new int[n];
        for (int start = n - 1; start >= 0; start--)
            for (int length : lengths.getOrDefault(tokens.get(start), new TreeSet<>())) {
                int end = start + length;
                if (end > n || (end < n && longest[end] == 0) || !sentences.containsKey(tokens.subList(start, end))) continue;
                longest[start] = length;
                break;
            }
        if (longest[0] == 0) throw new IllegalStateException(missing(tokens));
        List<DependencyGraph> found = new ArrayList<>();
        for (int start = 0; start < n; start += longest[start]) found.add(sentences.get(tokens.subList(start, start + longest[start])));
        return DependencyGraphs.join(found);
    }

    private String missing(List<String> tokens) {
        // what can be found, sentence by sentence, tells where the trouble begins
        int start = 0;
        for (int next = 0; next < tokens.size() && next >= 0; ) {
            start = next;
            next = -1;
            for (int length : lengths.getOrDefault(tokens.get(start), new TreeSet<>()))
                if (start + length <= tokens.size() && sentences.containsKey(tokens.subList(start, start + length))) {
                    next = start + length;
                    break;
                }
        }
        List<String> shown = tokens.subList(start, Math.min(tokens.size(), start + SHOWN));
        return root + " has no parse for \"" + String.join(" ", shown) + (start + SHOWN < tokens.size() ? " ..." : "") + "\"" + (start == 0 ? "" : " (from token " + start + " of a text)")
                + ". It has " + sentences.size() + " sentences; a text is found by its tokens, exactly as they are";
    }

    private static List<Path> files(Path root) throws IOException {
        if (!Files.isDirectory(root)) return List.of(root);
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> files = all.filter(f -> f.toString().endsWith(".conllu") && Files.isRegularFile(f)).sorted().toList();
            if (files.isEmpty()) throw new CorpusException(root.toString(), "has no file that ends in .conllu");
            return files;
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
