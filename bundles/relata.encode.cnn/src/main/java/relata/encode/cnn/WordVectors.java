package relata.encode.cnn;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Pretrained word vectors in text form: a line each of a word and its numbers, between single spaces or tabs, as GloVe and word2vec write
 * them. A first line of two whole numbers, word2vec's count and size, is passed over.
 */
final class WordVectors {
    private static final Pattern SPACE = Pattern.compile("[ \t]");
    private static final Pattern HEADER = Pattern.compile("\\d+[ \t]\\d+");

    private final Path file;
    private final int size;

    private WordVectors(Path file, int size) {
        this.file = file;
        this.size = size;
    }

    /**
     * The vectors of some words. Where the file has several spellings of one, the first counts.
     *
     * @param size numbers that each must have
     * @param words as {@link Vocabulary#key} gives them
     * @throws IOException if there is no such file, a line does not fit, or none of the words is there
     */
    static Map<String, float[]> read(Path file, int size, Set<String> words, boolean lowercase) throws IOException {
        if (!Files.isRegularFile(file)) throw new IOException("there is no file " + file.toAbsolutePath() + "; vectors names a text file with a word and its numbers a line");
        Map<String, float[]> vectors = new WordVectors(file, size).read(words, lowercase);
        if (vectors.isEmpty()) throw new IOException(file + " has a vector for none of the " + words.size() + " words of the training examples" + (lowercase ? "" : "; are its words in small letters (lowercase)?"));
        return vectors;
    }

    private Map<String, float[]> read(Set<String> words, boolean lowercase) throws IOException {
        Map<String, float[]> vectors = new HashMap<>();
        int number = 0;
        boolean first = true;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line; (line = lines.readLine()) != null; ) {
                number++;
                if (line.isBlank() || number == 1 && HEADER.matcher(line).matches()) continue;
                String key = Vocabulary.key(SPACE.split(line, 2)[0], lowercase);
                // most words of a large file are not asked for: only the first line and theirs are looked at
                if (!first && (!words.contains(key) || vectors.containsKey(key))) continue;
                String[] fields = SPACE.split(line.stripTrailing());
                if (fields.length <= size || first && fields.length > size + 1) throw wrong(number, "has " + (fields.length - 1) + " numbers after its word, but wordSize is " + size);
                first = false;
                // more fields: a word with spaces, such as some files have
                if (fields.length == size + 1 && words.contains(key)) vectors.put(key, numbers(fields, number));
            }
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text in UTF-8 after line " + number + "; vectors in word2vec's binary form must be written as text first", e);
        }
        return vectors;
    }

    private float[] numbers(String[] fields, int line) throws IOException {
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            String text = fields[1 + i];
            try {
                numbers[i] = Float.parseFloat(text);
            } catch (NumberFormatException e) {
                throw wrong(line, "has '" + text + "' where a number was expected");
            }
            if (!Float.isFinite(numbers[i])) throw wrong(line, "has the number " + text + ", which is not finite");
        }
        return numbers;
    }

    private IOException wrong(int line, String what) {
        return new IOException(file + ", line " + line + ": " + what);
    }
}
