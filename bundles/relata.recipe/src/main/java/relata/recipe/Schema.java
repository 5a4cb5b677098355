package relata.recipe;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.component.Ref;

/** The JSON Schema of recipes over the installed parts, for editors that complete and check YAML. It allows what {@link Binder} binds. */
final class Schema {
    private final Catalogue catalogue;
    private final JsonObject definitions = new JsonObject();

    private Schema(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    static String of(Catalogue catalogue) {
        Schema schema = new Schema(catalogue);
        JsonObject root = new JsonObject();
        root.addProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.addProperty("title", "Relata recipe");
        schema.settings(YamlRecipes.Top.class).entrySet().forEach(e -> root.add(e.getKey(), e.getValue()));
        root.add("required", required(YamlRecipes.Top.class));
        root.add("$defs", schema.definitions);
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(root);
    }

    /** An object with the settings of a record; which of them are required is told apart, see {@link #required}. */
    private JsonObject settings(Class<? extends Record> record) {
        JsonObject properties = new JsonObject();
        for (Setting setting : Setting.of(record)) properties.add(setting.name(), property(setting));
        JsonObject object = object("type", "object");
        object.add("properties", properties);
        object.addProperty("additionalProperties", false);
        return object;
    }

    private static JsonArray required(Class<? extends Record> record) {
        JsonArray required = new JsonArray();
        for (Setting s : Setting.of(record)) if (s.standard().isEmpty() && Types.raw(s.type()) != Optional.class) required.add(s.name());
        return required;
    }

    private JsonObject property(Setting setting) {
        JsonObject schema = value(setting.type(), setting);
        Optional<Tree> standard = setting.standard().flatMap(text -> TreeReader.read(text, "", 0, new ArrayList<>()));
        if (standard.isPresent() && Types.raw(setting.type()) == Ref.class) schema = anyOf(schema, changed(standard.get(), setting));
        if (!setting.doc().isEmpty()) schema.addProperty("description", setting.doc());
        if (standard.isPresent()) schema.add("default", json(standard.get()));
        return schema;
    }

    /** Some settings of the default part, without {@code use}. */
    private JsonObject changed(Tree standard, Setting setting) {
        String kind = Catalogue.kind(Types.raw(Types.argument(setting.type(), 0)));
        Tree use = standard instanceof Tree.Mapping m ? m.get("use").orElse(standard) : standard;
        Optional<Part> part = use instanceof Tree.Scalar name ? catalogue.find(kind, name.text()) : Optional.empty();
        return part(new JsonObject(), part.map(this::reference).orElseGet(JsonObject::new), false);
    }

    private JsonObject value(Type type, Setting setting) {
        Class<?> raw = Types.raw(type);
        if (raw == Ref.class) return kind(Catalogue.kind(Types.raw(Types.argument(type, 0))));
        if (raw == Optional.class) return anyOf(value(Types.argument(type, 0), setting), object("type", "null"));
        if (raw == List.class) {
            JsonObject element = value(Types.argument(type, 0), setting);
            JsonObject list = object("type", "array");
            list.add("items", element);
            return anyOf(list, element);
        }
        if (raw == Map.class) {
            JsonObject map = object("type", "object");
            map.add("additionalProperties", value(Types.argument(type, 1), setting));
            return map;
        }
        return raw.isRecord() ? nested(raw.asSubclass(Record.class)) : scalar(raw, setting);
    }

    private static JsonObject scalar(Class<?> type, Setting setting) {
        if (type == boolean.class || type == Boolean.class) return object("type", "boolean");
        if (type.isEnum()) {
            JsonObject schema = new JsonObject();
            schema.add("enum", array(Arrays.stream(type.getEnumConstants()).map(c -> Names.of((Enum<?>) c)).toList()));
            return schema;
        }
        if (type == Path.class) return object("type", "string");
        if (type == String.class) {
            // a text that looks like a number needs no quotes
            JsonObject schema = new JsonObject();
            schema.add("type", array(List.of("string", "number", "boolean")));
            return schema;
        }
        JsonObject schema = object("type", type == double.class || type == Double.class ? "number" : "integer");
        setting.range().ifPresent(range -> {
            if (!Double.isInfinite(range.low())) schema.addProperty(range.lowInside() ? "minimum" : "exclusiveMinimum", BigDecimal.valueOf(range.low()));
            if (!Double.isInfinite(range.high())) schema.addProperty(range.highInside() ? "maximum" : "exclusiveMaximum", BigDecimal.valueOf(range.high()));
        });
        return schema;
    }

    private JsonObject nested(Class<? extends Record> record) {
        String name = "record." + record.getName();
        if (!definitions.has(name)) {
            // entered first, so that a record within itself ends
            definitions.add(name, new JsonObject());
            JsonObject schema = settings(record);
            schema.add("required", required(record));
            definitions.add(name, schema);
        }
        return object("$ref", "#/$defs/" + name);
    }

    /** A part of a kind: its name, or a map with its name and settings. */
    private JsonObject kind(String kind) {
        if (!definitions.has(kind)) {
            definitions.add(kind, new JsonObject());
            List<String> bare = new ArrayList<>();
            List<JsonObject> choices = new ArrayList<>();
            for (Part part : catalogue.parts(kind)) {
                try {
                    JsonArray required = required(part.config());
                    if (required.isEmpty()) bare.add(part.name());
                    JsonObject with = reference(part);
                    if (!required.isEmpty()) with.add("required", required);
                    JsonObject use = object("const", part.name());
                    if (!part.summary().isEmpty()) use.addProperty("description", part.summary());
                    choices.add(part(use, with, !required.isEmpty()));
                } catch (LinkageError | RuntimeException e) {
                    // the settings of a broken plug-in cannot be told, but it may be named
                    choices.add(part(object("const", part.name()), new JsonObject(), false));
                }
            }
            JsonObject names = new JsonObject();
            names.add("enum", array(bare));
            choices.add(names);
            definitions.add(kind, anyOf(choices.toArray(JsonObject[]::new)));
        }
        return object("$ref", "#/$defs/" + kind);
    }

    private JsonObject reference(Part part) {
        String name = part.kind() + "." + part.name();
        if (!definitions.has(name)) {
            definitions.add(name, new JsonObject());
            definitions.add(name, settings(part.config()));
        }
        return object("$ref", "#/$defs/" + name);
    }

    /** A map with the keys {@code use}, unless it is empty, and {@code with}. */
    private static JsonObject part(JsonObject use, JsonObject with, boolean needsWith) {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        if (use.size() > 0) {
            properties.add("use", use);
            required.add("use");
        }
        properties.add("with", needsWith ? with : anyOf(with, object("type", "null")));
        if (needsWith || use.size() == 0) required.add("with");
        JsonObject object = object("type", "object");
        object.add("properties", properties);
        object.add("required", required);
        object.addProperty("additionalProperties", false);
        return object;
    }

    private static JsonElement json(Tree tree) {
        if (tree instanceof Tree.Sequence s) {
            JsonArray array = new JsonArray();
            s.items().forEach(item -> array.add(json(item)));
            return array;
        }
        if (tree instanceof Tree.Mapping m) {
            JsonObject object = new JsonObject();
            m.entries().forEach((key, entry) -> object.add(key, json(entry.value())));
            return object;
        }
        String text = ((Tree.Scalar) tree).text();
        if (tree.isNull()) return JsonNull.INSTANCE;
        if (text.equals("true") || text.equals("false")) return new JsonPrimitive(Boolean.valueOf(text));
        try {
            return new JsonPrimitive(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return new JsonPrimitive(text);
        }
    }

    private static JsonObject anyOf(JsonObject... choices) {
        JsonObject schema = new JsonObject();
        JsonArray array = new JsonArray();
        for (JsonObject choice : choices) array.add(choice);
        schema.add("anyOf", array);
        return schema;
    }

    private static JsonObject object(String key, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(key, value);
        return object;
    }

    private static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
