package relata.corpus.text;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import relata.api.corpus.CorpusException;

/** A line's JSON, or a file's, strictly: every surprise is an error that names file, line and place in the object. */
public final class Json {
    private static final String LINE = " at line ";
    private static final Pattern COLUMN = Pattern.compile("line \\d+ column (\\d+)");

    /** Reads the value of a key. */
    @FunctionalInterface
    public interface Field {
        /** Reads it. */
        void read(String key) throws IOException;
    }

    /** Reads a value. */
    @FunctionalInterface
    public interface Value<T> {
        /** Reads it. */
        T read() throws IOException;
    }

    private final Path file;
    /** The line that all of it stands on; 0 if it is spread over the file. */
    private final long line;
    private final JsonReader in;

    private Json(Path file, long line, Reader text) {
        this.file = file;
        this.line = line;
        in = new JsonReader(text);
        in.setStrictness(Strictness.STRICT);
    }

    /** What is read. */
    @FunctionalInterface
    public interface Reading<T> {
        /** Reads it. */
        T of(Json json) throws IOException;
    }

    /** Reads the one value of a line. */
    public static <T> T read(Line line, Reading<T> reading) throws IOException {
        return new Json(line.place().file(), line.number(), new StringReader(line.text())).all(reading);
    }

    /** Reads the one value of a file, which may be gzipped, as a stream. @param sha256 takes the file's SHA-256, in lower-case hex */
    public static <T> T read(Path file, Consumer<String> sha256, Reading<T> reading) throws IOException {
        try (Utf8File text = Utf8File.open(file)) {
            T value = new Json(file, 0, text).all(reading);
            sha256.accept(text.hash());
            return value;
        }
    }

    /** Reads the one value of a file that is opened already. @param file its name, for messages */
    public static <T> T read(Path file, Reader text, Reading<T> reading) throws IOException {
        return new Json(file, 0, text).all(reading);
    }

    private <T> T all(Reading<T> reading) throws IOException {
        try {
            T value = reading.of(this);
            if (in.peek() != JsonToken.END_DOCUMENT) throw error("there is more after the end of the JSON " + (line > 0 ? "object" : "value"));
            return value;
        } catch (EOFException e) {
            if (line == 0 && in.getPath().equals("$")) throw new CorpusException(file.toString(), "is empty, but JSON was expected");
            throw error("the JSON is cut off: the " + (line > 0 ? "line" : "file") + " ends inside " + place());
        } catch (MalformedJsonException | NumberFormatException e) {
            if (String.valueOf(e.getMessage()).startsWith("Unterminated string"))
                throw error("the JSON is cut off, or a quotation mark is missing: the " + (line > 0 ? "line" : "file") + " ends inside a text, in " + place());
            Matcher column = COLUMN.matcher(String.valueOf(e.getMessage()));
            throw error("no valid JSON" + (column.find() ? " near column " + column.group(1) : "") + ", in " + place());
        }
    }

    /** The place of the value that comes next, or of what was read last; to keep, for mistakes that show later. */
    public Place here() {
        String path = in.getPath();
        return new Place(file, lineNow(), path.equals("$") ? "" : words(path));
    }

    private long lineNow() {
        if (line > 0) return line;
        String now = in.toString();
        int number = now.indexOf(LINE) + LINE.length();
        int end = now.indexOf(' ', number);
        return now.contains(LINE) && end > number ? Long.parseLong(now, number, end, 10) : 1;
    }

    private CorpusException error(String what) {
        return new CorpusException(file, lineNow(), what);
    }

    /** Where the reader is, such as {@code entities[1].mentions[0].start}. */
    public String place() {
        return words(in.getPath());
    }

    /** Where the value is that was read last. */
    public String previous() {
        return words(in.getPreviousPath());
    }

    private String words(String path) {
        String whole = path.endsWith(".") ? path.substring(0, path.length() - 1) : path; // a key that is not yet read
        return whole.equals("$") ? line > 0 ? "the object" : "the file" : whole.substring(whole.startsWith("$.") ? 2 : 1);
    }

    /** Something is wrong at a {@link #place}. */
    public CorpusException error(String place, String what) {
        return error(place + " " + what);
    }

    /** Reads an object of known keys. Keys with the value null count as absent. */
    public void object(List<String> keys, Field field) throws IOException {
        expect(JsonToken.BEGIN_OBJECT, "an object {...}");
        String place = place();
        in.beginObject();
        Set<String> seen = new HashSet<>();
        while (in.hasNext()) {
            String key = in.nextName();
            if (!keys.contains(key)) throw error("unknown key '" + key + "' in " + place + nearest(key, keys));
            if (!seen.add(key)) throw error("the key '" + key + "' comes twice, in " + place);
            if (in.peek() == JsonToken.NULL) in.nextNull();
            else field.read(key);
        }
        in.endObject();
    }

    /**
     * Reads an object of which some keys are known and the others are left alone. Keys with the value null count as absent.
     *
     * @throws CorpusException if one that is needed is absent, or a known one comes twice
     */
    public void object(List<String> needed, List<String> others, Field field) throws IOException {
        expect(JsonToken.BEGIN_OBJECT, "an object {...}");
        Set<String> seen = new LinkedHashSet<>();
        Set<String> unknown = new LinkedHashSet<>();
        in.beginObject();
        while (in.hasNext()) {
            String key = in.nextName();
            boolean known = needed.contains(key) || others.contains(key);
            if (known && !seen.add(key)) throw error("the key '" + key + "' comes twice, in " + place());
            if (!known) unknown.add(key);
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                seen.remove(key);
            } else if (known) field.read(key);
            else in.skipValue();
        }
        in.endObject();
        for (String key : needed)
            if (!seen.contains(key)) {
                seen.addAll(unknown);
                throw error(previous() + " has no '" + key + "'; its keys are " + (seen.isEmpty() ? "none" : String.join(", ", seen)));
            }
    }

    /** Reads an object of any keys, each of which comes once. */
    public void map(Field field) throws IOException {
        expect(JsonToken.BEGIN_OBJECT, "an object {...}");
        in.beginObject();
        Set<String> seen = new HashSet<>();
        while (in.hasNext()) {
            String key = in.nextName();
            if (!seen.add(key)) throw error("the key '" + key + "' comes twice, in " + place());
            field.read(key);
        }
        in.endObject();
    }

    /** Reads an array. */
    public <T> List<T> array(Value<T> element) throws IOException {
        expect(JsonToken.BEGIN_ARRAY, "an array [...]");
        List<T> values = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) values.add(element.read());
        in.endArray();
        return values;
    }

    /** A text in which no half of a surrogate pair stands alone: it could not be written again. */
    public String text() throws IOException {
        expect(JsonToken.STRING, "a text \"...\"");
        String text = in.nextString();
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) throw error(previous(), "has half a surrogate pair at character " + i);
            i++;
        }
        return text;
    }

    /** A text that is not blank. */
    public String word() throws IOException {
        String word = text();
        if (word.isBlank()) throw error(previous(), "must not be empty");
        return word;
    }

    /** Two whole numbers. @param words what they are, such as {@code [start, end]} */
    public int[] two(String words) throws IOException {
        List<Integer> two = array(this::number);
        if (two.size() != 2) throw error(previous(), "was " + two + ", but two numbers " + words + " were expected");
        return new int[] {two.get(0), two.get(1)};
    }

    /** A whole number. */
    public int number() throws IOException {
        expect(JsonToken.NUMBER, "a whole number");
        String digits = in.nextString();
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw error(previous(), "was " + digits + " but must be a whole number");
        }
    }

    /** True if a text comes next. */
    public boolean isText() throws IOException {
        return in.peek() == JsonToken.STRING;
    }

    /** True if an array comes next. */
    public boolean isArray() throws IOException {
        return in.peek() == JsonToken.BEGIN_ARRAY;
    }

    /** True if a number comes next. */
    public boolean isNumber() throws IOException {
        return in.peek() == JsonToken.NUMBER;
    }

    /** Leaves a value alone. */
    public void skip() throws IOException {
        in.skipValue();
    }

    private void expect(JsonToken expected, String words) throws IOException {
        JsonToken found = in.peek();
        if (found == expected) return;
        throw error(place(), "must be " + words + ", but is " + switch (found) {
            case BEGIN_OBJECT -> "an object";
            case BEGIN_ARRAY -> "an array";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            default -> "missing";
        });
    }

    private static String nearest(String key, List<String> keys) {
        for (String known : keys) if (distance(key.toLowerCase(Locale.ROOT), known) <= Math.min(2, known.length() / 2)) return "; did you mean '" + known + "'?";
        return "; known are " + String.join(", ", keys) + (keys.contains("meta") ? " (anything else goes into meta)" : "");
    }

    /** How many letters to insert, delete or exchange. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int best = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                diagonal = row[j];
                row[j] = best;
            }
        }
        return row[b.length()];
    }
}
