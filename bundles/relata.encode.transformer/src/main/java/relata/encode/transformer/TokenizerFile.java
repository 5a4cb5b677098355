package relata.encode.transformer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The tokenizer of a model folder as {@code tokenizer.json}, which is made from {@code vocab.txt} if there is none. */
final class TokenizerFile {
    /** The special tokens of BERT. */
    static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private static final Gson PRETTY = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

    private final Path source;
    private final JsonObject json;
    private final JsonObject vocabulary;
    private final Map<String, Integer> added = new TreeMap<>();

    private TokenizerFile(Path source, JsonObject json) throws IOException {
        this.source = source;
        this.json = json;
        if (!(json.get("model") instanceof JsonObject model) || !(model.get("vocab") instanceof JsonObject words))
            throw new IOException(source + " has no vocabulary of word pieces (model.vocab), as a BERT tokenizer has");
        vocabulary = words;
        if (!(json.get("added_tokens") instanceof JsonArray)) json.add("added_tokens", new JsonArray());
        for (JsonElement token : json.getAsJsonArray("added_tokens")) {
            if (!(token instanceof JsonObject t) || !(t.get("content") instanceof JsonPrimitive content) || !(t.get("id") instanceof JsonPrimitive id) || !id.isNumber())
                throw new IOException(source + " has an added token without content and id: " + token);
            added.put(content.getAsString(), id.getAsInt());
        }
        // how long is a setting of the encoder; the file would cut and pad on its own
        json.add("truncation", JsonNull.INSTANCE);
        json.add("padding", JsonNull.INSTANCE);
    }

    /** @throws IOException if neither file is there, or it is cut off */
    static TokenizerFile read(Path folder) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Path words = folder.resolve("vocab.txt");
        if (Files.isRegularFile(file)) {
            try {
                return new TokenizerFile(file, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
            } catch (JsonParseException | IllegalStateException e) {
                throw new IOException(file + " is cut off or no tokenizer", e);
            }
        }
        if (Files.isRegularFile(words)) return new TokenizerFile(words, fromWords(folder, words));
        throw new IOException(folder + " has neither tokenizer.json nor vocab.txt");
    }

    private static JsonObject fromWords(Path folder, Path words) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(words);
        } catch (CharacterCodingException e) {
            throw new IOException(words + " is not UTF-8 text", e);
        }
        JsonObject vocabulary = new JsonObject();
        for (int i = 0; i < lines.size(); i++) vocabulary.addProperty(lines.get(i).strip(), i);
        JsonArray added = new JsonArray();
        for (String special : SPECIAL) if (vocabulary.has(special)) added.add(token(special, vocabulary.get(special).getAsInt()));
        JsonObject settings = settings(folder);
        JsonObject json = new JsonObject();
        json.addProperty("version", "1.0");
        json.add("added_tokens", added);
        json.add("normalizer", object("type", "BertNormalizer", "clean_text", true, "handle_chinese_chars", flag(settings, "tokenize_chinese_chars", true),
                "strip_accents", settings.has("strip_accents") ? settings.get("strip_accents") : JsonNull.INSTANCE, "lowercase", flag(settings, "do_lower_case", true)));
        json.add("pre_tokenizer", object("type", "BertPreTokenizer"));
        if (vocabulary.has("[CLS]") && vocabulary.has("[SEP]"))
            json.add("post_processor", object("type", "BertProcessing", "sep", pair("[SEP]", vocabulary), "cls", pair("[CLS]", vocabulary)));
        json.add("decoder", object("type", "WordPiece", "prefix", "##", "cleanup", true));
        json.add("model", object("type", "WordPiece", "unk_token", "[UNK]", "continuing_subword_prefix", "##", "max_input_chars_per_word", 100, "vocab", vocabulary));
        return json;
    }

    private static JsonObject settings(Path folder) throws IOException {
        Path file = folder.resolve("tokenizer_config.json");
        if (!Files.isRegularFile(file)) return new JsonObject();
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException(file + " is cut off or no JSON object", e);
        }
    }

    private static boolean flag(JsonObject settings, String key, boolean missing) {
        return settings.has(key) && settings.get(key).isJsonPrimitive() ? settings.get(key).getAsBoolean() : missing;
    }

    private static JsonArray pair(String token, JsonObject vocabulary) {
        JsonArray pair = new JsonArray();
        pair.add(token);
        pair.add(vocabulary.get(token));
        return pair;
    }

    private static JsonObject object(Object... keysAndValues) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < keysAndValues.length; i += 2) object.add((String) keysAndValues[i], PRETTY.toJsonTree(keysAndValues[i + 1]));
        return object;
    }

    private static JsonObject token(String text, int number) {
        // a word is not looked for inside of longer ones
        boolean word = Character.isLetterOrDigit(text.codePointAt(0)) || Character.isLetterOrDigit(text.codePointBefore(text.length()));
        return object("id", number, "content", text, "single_word", word, "lstrip", false, "rstrip", false, "normalized", false, "special", true);
    }

    Path source() {
        return source;
    }

    JsonObject json() {
        return json;
    }

    /** True for words and special tokens that have a number. */
    boolean knows(String token) {
        return added.containsKey(token) || vocabulary.has(token);
    }

    /**
     * Makes a token special, so that it is never split nor changed to lower case. A word of the vocabulary keeps its number ({@code [unused0]}, which would else be read as
     * {@code [}, {@code unused}, {@code ##0}, {@code ]}); another token gets the next one, the one that Hugging Face's tokenizers give it when they read the file.
     */
    void addWhole(String token) {
        if (added.containsKey(token)) return;
        int next = Math.max(vocabulary.size(), added.values().stream().mapToInt(i -> i + 1).max().orElse(0));
        int number = vocabulary.has(token) ? vocabulary.get(token).getAsInt() : next;
        json.getAsJsonArray("added_tokens").add(token(token, number));
        added.put(token, number);
    }

    int number(String token) {
        return added.containsKey(token) ? added.get(token) : vocabulary.get(token).getAsInt();
    }

    /** The number of a token that every BERT tokenizer must have. */
    int special(String token) throws IOException {
        if (!knows(token)) throw new IOException(source + " has no token " + token);
        return number(token);
    }

    /** One more than the largest number. */
    int size() {
        int max = -1;
        for (int number : added.values()) max = Math.max(max, number);
        for (Map.Entry<String, JsonElement> word : vocabulary.entrySet()) max = Math.max(max, word.getValue().getAsInt());
        return max + 1;
    }

    /** Writes the four files that other software of the field looks for. */
    void write(Path folder, int maxLength) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), PRETTY.toJson(json));
        JsonObject settings = new JsonObject(), special = new JsonObject(), decoder = new JsonObject();
        settings.addProperty("tokenizer_class", "BertTokenizer");
        JsonElement normalizer = json.get("normalizer");
        if (normalizer != null && normalizer.isJsonObject()) {
            settings.addProperty("do_lower_case", flag(normalizer.getAsJsonObject(), "lowercase", true));
            settings.addProperty("tokenize_chinese_chars", flag(normalizer.getAsJsonObject(), "handle_chinese_chars", true));
            if (normalizer.getAsJsonObject().has("strip_accents")) settings.add("strip_accents", normalizer.getAsJsonObject().get("strip_accents"));
        }
        settings.addProperty("model_max_length", maxLength);
        for (String token : SPECIAL)
            if (knows(token)) {
                String key = token.substring(1, token.length() - 1).toLowerCase(Locale.ROOT) + "_token";
                settings.addProperty(key, token);
                special.addProperty(key, token);
            }
        JsonArray markers = new JsonArray();
        for (JsonElement token : json.getAsJsonArray("added_tokens")) {
            JsonObject copy = token.deepCopy().getAsJsonObject();
            String number = copy.remove("id").getAsString();
            decoder.add(number, copy);
            if (!SPECIAL.contains(copy.get("content").getAsString()) && flag(copy, "special", false)) markers.add(copy.get("content"));
        }
        if (!markers.isEmpty()) special.add("additional_special_tokens", markers);
        settings.add("added_tokens_decoder", decoder);
        Files.writeString(folder.resolve("tokenizer_config.json"), PRETTY.toJson(settings));
        Files.writeString(folder.resolve("special_tokens_map.json"), PRETTY.toJson(special));
        Map<Integer, String> words = new TreeMap<>();
        for (Map.Entry<String, JsonElement> word : vocabulary.entrySet()) words.put(word.getValue().getAsInt(), word.getKey());
        // only a gapless list can say its numbers by lines
        if (words.size() == vocabulary.size() && words.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1) == words.size() - 1)
            Files.write(folder.resolve("vocab.txt"), words.values());
    }
}
