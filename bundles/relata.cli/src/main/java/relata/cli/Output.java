package relata.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;

/** JSON as commands print it. */
final class Output {
    /** JSON has no word for numbers that are none, so they are written as texts: "NaN". */
    private static final JsonSerializer<Number> NUMBER = (x, type, context) -> Double.isFinite(x.doubleValue()) ? new JsonPrimitive(x) : new JsonPrimitive(x.toString());
    private static final Gson LINES = builder().create();
    private static final Gson PAGES = builder().setPrettyPrinting().create();

    private Output() {}

    private static GsonBuilder builder() {
        GsonBuilder builder = new GsonBuilder().disableHtmlEscaping();
        for (Class<?> type : new Class<?>[] {double.class, Double.class, float.class, Float.class}) builder.registerTypeAdapter(type, NUMBER);
        return builder;
    }

    /** On one line. */
    static String line(Object value) {
        return LINES.toJson(value);
    }

    /** Indented. */
    static String page(Object value) {
        return PAGES.toJson(value);
    }
}
