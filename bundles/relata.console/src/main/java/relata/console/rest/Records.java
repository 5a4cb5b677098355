package relata.console.rest;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import relata.api.component.Default;

/** Reads records more strictly than Gson: an entry that is not known, or one that is missing and has no {@link Default}, is a mistake. */
final class Records implements TypeAdapterFactory {
    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> token) {
        Class<? super T> type = token.getRawType();
        if (!type.isRecord()) return null;
        TypeAdapter<T> standard = gson.getDelegateAdapter(this, token);
        return new TypeAdapter<>() {
            @Override
            public void write(JsonWriter out, T value) throws IOException {
                standard.write(out, value);
            }

            @Override
            @SuppressWarnings("unchecked")
            public T read(JsonReader in) {
                String where = in.getPath().equals("$") ? "" : in.getPath().substring(1).replaceFirst("^\\.", "") + ": ";
                JsonElement json = JsonParser.parseReader(in);
                if (!json.isJsonObject()) throw new JsonParseException(where + "expected an object, found " + shown(json));
                return (T) made(gson, type, json.getAsJsonObject(), where);
            }
        };
    }

    private static Object made(Gson gson, Class<?> type, JsonObject json, String where) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
        for (String key : json.keySet())
            if (!names.contains(key)) throw new JsonParseException(where + "there is no '" + key + "'; there " + (names.size() == 1 ? "is: " : "are: ") + String.join(", ", names));
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) values[i] = value(gson, components[i], json, where);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new JsonParseException(where + e.getTargetException().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Gson gson, RecordComponent component, JsonObject json, String where) {
        JsonElement given = json.get(component.getName());
        Default standard = component.getAnnotation(Default.class);
        if (given == null || given.isJsonNull()) {
            if (standard == null) throw new JsonParseException(where + "'" + component.getName() + "' is missing");
            given = JsonParser.parseString(standard.value());
        }
        // Gson takes lists of pairs for maps
        if (Map.class.isAssignableFrom(component.getType()) && !given.isJsonObject()) throw new JsonParseException(where + component.getName() + ": expected an object, found " + shown(given));
        Object value;
        try {
            value = gson.fromJson(given, component.getGenericType());
        } catch (JsonParseException | NumberFormatException e) {
            throw new JsonParseException(where + component.getName() + ": " + e.getMessage());
        }
        if (value == null) throw new JsonParseException(where + component.getName() + ": found " + shown(given));
        return value;
    }

    private static String shown(JsonElement json) {
        String text = json.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
