package relata.encode.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.view.View;
import relata.corpus.sentence.FewRel;
import relata.corpus.sentence.SemEval;
import relata.testkit.PublishedData;
import relata.testkit.Settings;
import relata.testkit.TestParts;
import relata.text.Formatter;
import relata.text.InputFormat;

/** What a real tokenizer makes of the input formats: on the page that describes them, and on published sentences. */
final class InputFormatsTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Models.miniLm(folder);
    }

    @Test
    void thePageShowsWhatIsRead() throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "input-formats.md"));
        JsonObject json = JsonParser.parseString(page.substring(page.indexOf("```json") + 7, page.indexOf("}}\n```") + 2)).getAsJsonObject();
        View view = Models.view(String.join(" ", strings(json.getAsJsonArray("tokens"))), entity(json.getAsJsonObject("head")), entity(json.getAsJsonObject("tail")));
        Map<String, String> shown = new LinkedHashMap<>();
        Matcher row = Pattern.compile("\\| `([a-z-]+)` \\| `(\\[CLS] .* \\[SEP])` \\|").matcher(page);
        while (row.find()) shown.put(row.group(1), row.group(2));
        assertEquals(InputFormat.values().length, shown.size(), shown.keySet().toString());
        read(pieces -> {
            for (Map.Entry<String, String> line : shown.entrySet())
                assertEquals(line.getValue(), text(pieces, reader(pieces, line.getKey()), view), line.getKey());
        });
    }

    private interface Check {
        void of(WordPieces pieces);
    }

    /** With the tokenizer of a real model, and the tokens that the encoder adds by default. */
    private static void read(Check check) throws Exception {
        Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                check.of(WordPieces.open(folder, formatter("only-context").whole(), manager));
            }
            return null;
        });
    }

    private static Formatter formatter(String format) {
        return Settings.of(Transformer.Config.class, Map.of("checkpoint", folder, "format", format)).formatter();
    }

    private static SubWords.Reader reader(WordPieces pieces, String format) {
        return new SubWords.Reader(pieces, formatter(format), true, 512, new AtomicBoolean(), new AtomicBoolean());
    }

    private static String text(WordPieces pieces, SubWords.Reader reader, View view) {
        return Arrays.stream(reader.read(view).ids()).mapToObj(pieces::text).collect(Collectors.joining(" "));
    }

    private static List<String> strings(JsonArray array) {
        return array.asList().stream().map(e -> e.getAsString()).toList();
    }

    private static Entity entity(JsonObject json) {
        return Entity.of("e", json.get("type").getAsString(), json.get("start").getAsInt(), json.get("end").getAsInt());
    }

    @Test
    void thatTypesAreMissingIsNotedOnceTheyAre() throws Exception {
        View typed = Models.view("a b", Entity.of("a", "X", 0, 1), Entity.of("b", "Y", 1, 2)), untyped = Models.view("a b", Entity.of("a", "X", 0, 1), Entity.of("b", "", 1, 2));
        read(pieces -> {
            for (InputFormat format : InputFormat.values()) {
                SubWords.Reader reader = reader(pieces, format.name().toLowerCase(Locale.ROOT).replace('_', '-'));
                reader.read(typed);
                assertFalse(reader.untyped().get(), format + " with types");
                reader.read(untyped);
                assertEquals(format.typed(), reader.untyped().get(), format + " without");
            }
        });
    }

    @Test
    void wrongMarkersAndSymbolsAreRefusedWithTheSettings() {
        for (Map<String, ?> wrong : List.of(Map.of("markers", List.of("[E]")), Map.of("symbols", List.of("[A B]")), Map.of("format", "only-context", "symbols", List.of()))) {
            Map<String, Object> settings = new HashMap<>(wrong);
            settings.put("checkpoint", "tiny");
            assertThrows(IllegalArgumentException.class, () -> Settings.of(Transformer.Config.class, settings), wrong.toString());
        }
    }

    @Test
    void semEvalShowsNoNameWhereOnlyContextIsShown() throws Exception {
        assertEquals(2717, onlyContext(new SemEval(), "semeval2010_task8", "test"));
    }

    @Test
    void fewRelShowsNoNameWhereOnlyContextIsShown() throws Exception {
        assertEquals(11200, onlyContext(new FewRel(), "fewrel", "dev"));
    }

    /** Compares each example, read in the format only-context, with the sub-words of its words outside of all mentions. @return how many there were */
    private static <C extends Record> int onlyContext(ComponentProvider<CorpusReader, C> reader, String data, String split) throws Exception {
        Path root = PublishedData.folder(data);
        List<Example> examples = TestParts.of().create(reader, Map.of("root", root)).read().split(split);
        read(pieces -> {
            SubWords.Reader onlyContext = reader(pieces, "only-context");
            for (Example example : examples) {
                String text = text(pieces, onlyContext, View.of(example));
                assertEquals(String.join(" ", expected(example, pieces)), text, example.id());
                // said twice, since it is what matters: nothing but the symbol between a marker and its end
                for (String role : List.of("E1", "E2")) {
                    int marked = text.split("\\[" + role + "]", -1).length - 1;
                    assertTrue(marked > 0, text);
                    assertEquals(marked, text.split("\\[" + role + "] \\[BLANK] \\[/" + role + "]", -1).length - 1, text);
                }
            }
        });
        return examples.size();
    }

    private static List<String> expected(Example example, WordPieces words) {
        Map<Entity, String> roles = Map.of(example.head(0), "E1", example.tail(0), "E2");
        List<String> expected = new ArrayList<>(List.of("[CLS]"));
        for (int t = 0; t < example.passage().tokens().size(); t++) {
            int token = t;
            roles.forEach((entity, role) -> {
                if (entity.mentions().stream().anyMatch(m -> m.start() == token)) expected.addAll(List.of("[" + role + "]", "[BLANK]", "[/" + role + "]"));
            });
            if (roles.keySet().stream().noneMatch(entity -> entity.tokens().get(token)))
                for (int piece : words.of(example.passage().tokens().get(token))) expected.add(words.text(piece));
        }
        expected.add("[SEP]");
        return expected;
    }
}
