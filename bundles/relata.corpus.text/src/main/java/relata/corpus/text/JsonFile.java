package relata.corpus.text;

import com.google.gson.stream.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes JSON as it is published: UTF-8, an example a line. */
public final class JsonFile {
    /** Writes a value. */
    @FunctionalInterface
    public interface Value<T> {
        /** Writes it. */
        void write(JsonWriter out, T value) throws IOException;
    }

    private JsonFile() {}

    /** Writes a file of JSON lines. */
    public static <T> void lines(Path file, List<T> values, Value<T> value) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (T v : values) out.append(text(v, value)).append('\n');
        }
    }

    /** Writes a file that is one array, each value on a line. */
    public static <T> void array(Path file, List<T> values, Value<T> value) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            String before = "[\n";
            for (T v : values) {
                out.append(before).append(text(v, value));
                before = ",\n";
            }
            out.append("\n]\n");
        }
    }

    /** A value on one line. */
    public static <T> String text(T value, Value<T> how) throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter out = new JsonWriter(text);
        out.setHtmlSafe(false);
        how.write(out, value);
        out.close();
        return text.toString();
    }

    /** Writes an array of texts. */
    public static void texts(JsonWriter out, List<String> texts) throws IOException {
        out.beginArray();
        for (String t : texts) out.value(t);
        out.endArray();
    }

    /** Writes an array of numbers. */
    public static void numbers(JsonWriter out, int... numbers) throws IOException {
        out.beginArray();
        for (int n : numbers) out.value(n);
        out.endArray();
    }
}
