package relata.encode.transformer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Splits words into the sub-words of a model, each word once. Safe for any thread. */
final class WordPieces {
    private static final int CACHED = 1 << 18;

    private final Map<String, int[]> known = new ConcurrentHashMap<>();
    private final HuggingFaceTokenizer tokenizer;
    private final TokenizerFile file;
    private final List<String> added;
    private final int cls;
    private final int sep;
    private final int pad;
    private final int unknown;

    private WordPieces(TokenizerFile file, HuggingFaceTokenizer tokenizer, List<String> added) throws IOException {
        this.file = file;
        this.tokenizer = tokenizer;
        this.added = added;
        this.cls = file.special("[CLS]");
        this.sep = file.special("[SEP]");
        this.pad = file.special("[PAD]");
        this.unknown = file.special("[UNK]");
    }

    /**
     * Opens the tokenizer of a model folder.
     *
     * @param whole tokens to be read as one piece wherever they stand, such as markers: those that the vocabulary has keep their numbers, the others get new ones
     * @param owner closes the native tokenizer with itself
     * @throws IOException if the files are missing or wrong
     */
    static WordPieces open(Path folder, List<String> whole, NDManager owner) throws IOException {
        WordPieces pieces = open(folder, whole);
        owner.attachInternal("tokenizer " + System.identityHashCode(pieces.tokenizer), pieces.tokenizer);
        return pieces;
    }

    /** Likewise, for a caller that {@linkplain #close closes} it. */
    static WordPieces open(Path folder, List<String> whole) throws IOException {
        TokenizerFile file = TokenizerFile.read(folder);
        List<String> added = whole.stream().filter(token -> !file.knows(token)).toList();
        whole.forEach(file::addWhole);
        HuggingFaceTokenizer tokenizer = tokenizer(file);
        WordPieces pieces = new WordPieces(file, tokenizer, added);
        for (String special : Stream.concat(whole.stream(), TokenizerFile.SPECIAL.stream().filter(file::knows)).toList())
            if (!Arrays.equals(pieces.of(special), new int[] {file.special(special)}))
                throw new IOException(file.source() + ": the token " + special + " should be number " + file.special(special) + ", but is read as " + Arrays.toString(pieces.of(special)));
        return pieces;
    }

    private static HuggingFaceTokenizer tokenizer(TokenizerFile file) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // it looks for its native library there, at its first use, and fails for good if it finds none
        thread.setContextClassLoader(HuggingFaceTokenizer.class.getClassLoader());
        try {
            byte[] json = file.json().toString().getBytes(StandardCharsets.UTF_8);
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false"));
        } catch (RuntimeException e) {
            throw new IOException(file.source() + " is no tokenizer that can be read: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The sub-words of one word; none if nothing of it is printable. Not to be changed. */
    int[] of(String word) {
        int[] ids = known.get(word);
        if (ids != null) return ids;
        ids = Arrays.stream(tokenizer.encode(word, false, false).getIds()).mapToInt(Math::toIntExact).toArray();
        if (known.size() >= CACHED) known.clear();
        known.put(word, ids);
        return ids;
    }

    /** A sub-word by its number. */
    String text(int number) {
        return tokenizer.decode(new long[] {number}, false);
    }

    /** The tokens that the tokenizer did not have, by their new numbers. */
    SortedMap<Integer, String> added() {
        SortedMap<Integer, String> numbers = new TreeMap<>();
        added.forEach(token -> numbers.put(file.number(token), token));
        return numbers;
    }

    /** One more than the largest number. */
    int size() {
        return file.size();
    }

    int cls() {
        return cls;
    }

    int sep() {
        return sep;
    }

    int pad() {
        return pad;
    }

    int unknown() {
        return unknown;
    }

    /** Lets go of the native tokenizer, where no manager does. */
    void close() {
        tokenizer.close();
    }

    /** {@code tokenizer.json}, new tokens included. */
    TokenizerFile file() {
        return file;
    }
}
