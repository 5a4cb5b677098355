package relata.parse.conllu;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import relata.api.corpus.CorpusException;
import relata.api.view.DependencyGraph;

/**
 * Reads CoNLL-U: a line of ten columns for each word, an empty line after each sentence, comments after {@code #}. Taken are the word form, its
 * tag (the language's own, or else made from the universal one), its head and the label of the arc. Lines for tokens of several words ({@code 1-2}) and for empty nodes
 * ({@code 1.1}) are skipped.
 */
final class ConlluFile {
    private static final int COLUMNS = 10;
    private static final int FORM = 1;
    private static final int UPOS = 3;
    private static final int XPOS = 4;
    private static final int HEAD = 6;
    private static final int LABEL = 7;
    private static final String NOTHING = "_";

    /** Penn tags for those universal ones that augmenters and lexicons ask for. */
    private static final Map<String, String> PENN = Map.of("NOUN", "NN", "PROPN", "NNP", "VERB", "VB", "ADJ", "JJ", "ADV", "RB");

    private final Path file;
    private final List<Sentence> sentences = new ArrayList<>();
    // the sentence at hand, and the lines that its words are in
    private final List<String> words = new ArrayList<>();
    private final List<Integer> heads = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();

    private ConlluFile(Path file) {
        this.file = file;
    }

    /** A parsed sentence. @param words as many as the graph has tokens */
    record Sentence(List<String> words, DependencyGraph graph) {}

    /**
     * The sentences of a file, in its order.
     *
     * @throws CorpusException if it is no CoNLL-U; the message names file and line
     */
    static List<Sentence> read(Path file, byte[] bytes) throws CorpusException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new CorpusException(file.toString(), "is not UTF-8");
        }
        ConlluFile reader = new ConlluFile(file);
        String[] all = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r?\n", -1);
        for (int i = 0; i < all.length; i++) reader.line(i + 1, all[i]);
        reader.endSentence();
        return reader.sentences;
    }

    private void line(int number, String line) throws CorpusException {
        if (line.isBlank()) {
            endSentence();
            return;
        }
        if (line.startsWith("#")) return;
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) throw new CorpusException(file, number, "has " + columns.length + " columns between tabs, but CoNLL-U has " + COLUMNS);
        String id = columns[0];
        if (id.matches("\\d+-\\d+|\\d+\\.\\d+")) return;
        if (!id.equals(String.valueOf(words.size() + 1))) throw new CorpusException(file, number, "the word's number is '" + id + "', but " + (words.size() + 1) + " is next");
        if (columns[FORM].isEmpty()) throw new CorpusException(file, number, "the word (column 2) is missing");
        if (!columns[HEAD].matches("\\d{1,9}")) throw new CorpusException(file, number, "the head (column 7) is '" + columns[HEAD] + "', but must be the number of a word, or 0 for the root");
        words.add(columns[FORM]);
        heads.add(Integer.parseInt(columns[HEAD]) - 1);
        labels.add(columns[LABEL].isEmpty() || columns[LABEL].equals(NOTHING) ? "dep" : columns[LABEL].intern());
        tags.add(tag(columns[UPOS], columns[XPOS]).intern());
        lines.add(number);
    }

    private static String tag(String universal, String own) {
        return own.isEmpty() || own.equals(NOTHING) ? PENN.getOrDefault(universal, "") : own;
    }

    private void endSentence() throws CorpusException {
        if (words.isEmpty()) return;
        int root = -1;
        for (int i = 0; i < words.size(); i++) {
            if (heads.get(i) >= words.size() || heads.get(i) == i)
                throw new CorpusException(file, lines.get(i), "the head (column 7) is " + (heads.get(i) + 1) + (heads.get(i) == i ? ", the word itself" : ", but the sentence has " + words.size() + " words"));
            if (heads.get(i) >= 0) continue;
            if (root >= 0) throw new CorpusException(file, lines.get(i), "is a second root (head 0) beside line " + lines.get(root) + "; a sentence has one");
            root = i;
        }
        if (root < 0) throw new CorpusException(file, lines.get(0), "begins a sentence without a root (head 0)");
        for (int i = 0; i < words.size(); i++) {
            int at = i;
            for (int steps = 0; at != root; steps++) {
                if (steps > words.size()) throw new CorpusException(file, lines.get(i), "hangs in a circle: following the heads (column 7) never leads to the root");
                at = heads.get(at);
            }
        }
        sentences.add(new Sentence(List.copyOf(words), new DependencyGraph(heads, labels, tags, List.of(0))));
        for (List<?> list : List.of(words, heads, labels, tags, lines)) list.clear();
    }
}
