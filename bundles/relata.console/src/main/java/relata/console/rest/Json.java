package relata.console.rest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonNull;
import com.google.gson.JsonSerializer;
import com.google.gson.ToNumberPolicy;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** JSON as the API speaks it: times in ISO 8601 and UTC, words of enums in lower case, {@code null} for an empty {@code Optional} and for a number that is none. */
public final class Json {
    private static final JsonSerializer<Number> NUMBER = (x, type, context) -> Double.isFinite(x.doubleValue()) ? new JsonPrimitive(x) : JsonNull.INSTANCE;
    private static final Gson GSON = builder().create();

    private Json() {}

    private static GsonBuilder builder() {
        GsonBuilder builder = new GsonBuilder().disableHtmlEscaping().serializeNulls().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).registerTypeAdapterFactory(new Records());
        for (Class<?> type : new Class<?>[] {double.class, Double.class, float.class, Float.class}) builder.registerTypeAdapter(type, NUMBER);
        builder.registerTypeHierarchyAdapter(Enum.class, (JsonSerializer<Enum<?>>) (e, type, context) -> new JsonPrimitive(word(e)));
        builder.registerTypeAdapter(Instant.class, (JsonSerializer<Instant>) (time, type, context) -> new JsonPrimitive(time.toString()));
        builder.registerTypeHierarchyAdapter(Optional.class, (JsonSerializer<Optional<?>>) (o, type, context) -> o.isPresent() ? context.serialize(o.get()) : JsonNull.INSTANCE);
        return builder;
    }

    /** The word for a constant. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** On one line. */
    public static String write(Object value) {
        return GSON.toJson(value);
    }

    /** Reads a record. @throws JsonParseException with a sentence, if the text is not as the record says */
    static <T> T read(String text, Type type) {
        T value = GSON.fromJson(text, type);
        if (value == null) throw new JsonParseException("it is empty; expected a JSON object");
        return value;
    }
}
