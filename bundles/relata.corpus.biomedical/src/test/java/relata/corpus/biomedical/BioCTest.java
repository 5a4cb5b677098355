package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.testkit.Settings;

final class BioCTest extends FixtureReaderContract<BioC.Config> {
    private static final ToIntFunction<String> CODE_POINTS = s -> s.codePointCount(0, s.length());
    private static final ToIntFunction<String> UTF16 = String::length;
    private static final ToIntFunction<String> BYTES = s -> s.getBytes(StandardCharsets.UTF_8).length;

    private static final String TITLE = "Café \ud835\udefc-blockers and β-receptors";
    private static final String BODY = "Left and right ventricle bind β-blockers. Next β one.";

    /** @param pieces what it consists of, each as often as it has stood in the passage before: {@code text} or {@code text#2} for the third */
    private record Note(String id, String type, List<String> pieces, String text) {}

    private static final List<Note> IN_TITLE = List.of(new Note("T1", "Drug", List.of("\ud835\udefc-blockers"), "\ud835\udefc-blockers"), new Note("T2", "Target", List.of("β-receptors"), "β-receptors"));
    private static final List<Note> IN_BODY = List.of(new Note("T3", "Target", List.of("ventricle", "Left"), "Left ventricle"), new Note("T4", "Target", List.of("right ventricle"), "right ventricle"),
            new Note("T5", "Drug", List.of("β-blockers"), "β-blockers"));

    /** A collection whose offsets count something; a discontinuous mention told backwards, nested ones, characters of one to four bytes. */
    private static String xml(ToIntFunction<String> count, String id) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE collection SYSTEM "BioC.dtd">
                <collection>
                <source>us</source>
                <date>2020</date>
                <key>k</key>
                <document>
                <id>%s</id>
                <passage><infon key="kind">title</infon><offset>0</offset><text>%s</text>
                %s</passage>
                <passage><offset>%d</offset>
                <sentence><offset>%d</offset><text>%s</text>
                %s<relation id="R2"><infon key="type">binds</infon><node refid="T4" role="second"/><node refid="T5" role="first"/></relation></sentence>
                <sentence><offset>%d</offset><text>Next β one.</text></sentence></passage>
                <relation id="R1"><infon key="type">binds</infon><node refid="T1" role="first"/><node refid="T2" role="second"/></relation>
                <relation id="R3"><infon key="type">binds</infon><node refid="T1" role="first"/><node refid="T4" role="second"/></relation>
                <relation id="R4"><infon key="type">because</infon><node refid="R1" role="x"/><node refid="T2" role="y"/></relation>
                <relation id="R5"><infon key="type">all</infon><node refid="T1" role="x"/><node refid="T2" role="y"/><node refid="T3" role="y"/></relation>
                </document>
                </collection>
                """.formatted(id, TITLE, annotations(IN_TITLE, TITLE, 0, count), base(count), base(count), sentence(), annotations(IN_BODY, BODY, base(count), count), base(count) + count.applyAsInt(sentence()) + 1);
    }

    private static int base(ToIntFunction<String> count) {
        return count.applyAsInt(TITLE) + 1;
    }

    private static String sentence() {
        return BODY.substring(0, BODY.indexOf(" Next"));
    }

    private static String annotations(List<Note> notes, String text, int base, ToIntFunction<String> count) {
        StringBuilder xml = new StringBuilder();
        for (Note n : notes) {
            xml.append("<annotation id=\"").append(n.id).append("\"><infon key=\"type\">").append(n.type).append("</infon>");
            for (String p : n.pieces) xml.append("<location offset=\"").append(base + count.applyAsInt(text.substring(0, text.indexOf(p)))).append("\" length=\"").append(count.applyAsInt(p)).append("\"/>");
            xml.append("<text>").append(n.text).append("</text></annotation>\n");
        }
        return xml.toString();
    }

    private static String json(ToIntFunction<String> count) {
        JsonObject title = passage(0, TITLE, IN_TITLE, count);
        JsonObject body = passage(base(count), BODY, IN_BODY, count);
        body.add("relations", array(relation("R2", "T4", "second", "T5", "first")));
        JsonObject document = new JsonObject();
        document.addProperty("id", 7);
        document.add("infons", new JsonObject());
        document.add("passages", array(title, body));
        document.add("relations", array(relation("R1", "T1", "first", "T2", "second")));
        JsonObject collection = new JsonObject();
        collection.addProperty("source", "us");
        collection.add("documents", array(document));
        return new GsonBuilder().setPrettyPrinting().create().toJson(collection);
    }

    private static JsonObject passage(int offset, String text, List<Note> notes, ToIntFunction<String> count) {
        JsonObject passage = new JsonObject();
        passage.addProperty("offset", offset);
        passage.addProperty("text", text);
        passage.add("sentences", new JsonArray());
        JsonArray annotations = new JsonArray();
        for (Note n : notes) {
            JsonObject annotation = new JsonObject();
            annotation.addProperty("id", n.id);
            JsonObject infons = new JsonObject();
            infons.addProperty("type", n.type);
            infons.addProperty("score", 0.5);
            annotation.add("infons", infons);
            annotation.addProperty("text", n.text);
            JsonArray locations = new JsonArray();
            for (String p : n.pieces) {
                JsonObject location = new JsonObject();
                location.addProperty("offset", offset + count.applyAsInt(text.substring(0, text.indexOf(p))));
                location.addProperty("length", count.applyAsInt(p));
                locations.add(location);
            }
            annotation.add("locations", locations);
            annotations.add(annotation);
        }
        passage.add("annotations", annotations);
        return passage;
    }

    private static JsonObject relation(String id, String first, String firstRole, String second, String secondRole) {
        JsonObject relation = new JsonObject();
        relation.addProperty("id", id);
        JsonObject infons = new JsonObject();
        infons.addProperty("type", "binds");
        relation.add("infons", infons);
        JsonObject a = new JsonObject();
        a.addProperty("refid", first);
        a.addProperty("role", firstRole);
        JsonObject b = new JsonObject();
        b.addProperty("refid", second);
        b.addProperty("role", secondRole);
        relation.add("nodes", array(a, b));
        return relation;
    }

    private static JsonArray array(JsonObject... objects) {
        JsonArray array = new JsonArray();
        for (JsonObject o : objects) array.add(o);
        return array;
    }

    private static final Fixture GOOD = Fixture.of("train.xml", xml(CODE_POINTS, "d1"), "test.json", json(CODE_POINTS));

    BioCTest() {
        super(GOOD, Map.of("head", "first"));
    }

    @Override
    public ComponentProvider<CorpusReader, BioC.Config> provider() {
        return new BioC();
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> b = new LinkedHashMap<>();
        Path f = Files.createDirectories(folder.resolve("b"));
        Map<String, ?> no = Map.of();
        String x = "train.xml";
        GOOD.with(x, "offset=\"41\"", "offset=\"43\"").broken(b, f, no, "train.xml line 16", "annotation T4 is 'right ventricle', but at characters", "stands 'ght ventricle b'");
        GOOD.with(x, "offset=\"41\"", "offset=\"43\"").with(x, "key=\"type\">Drug</infon><location offset=\"5\"", "key=\"type\">Drug</infon><location offset=\"6\"").broken(b, f, no, "annotation T1");
        // the title in code points, the body in bytes
        Fixture.of("a.xml", xml(BYTES, "d").replace("offset=\"6\" length=\"13\"", "offset=\"5\" length=\"10\"")).broken(b, f, no, "a.xml line", "bytes", "T1", "mixes units");
        GOOD.with(x, "offset=\"41\"", "offset=\"31\"").broken(b, f, no, "line 16", "T4", "begins at 32");
        GOOD.with(x, "offset=\"41\"", "offset=\"410\"").broken(b, f, no, "line 16", "378 to 393", "characters");
        GOOD.with(x, "offset=\"41\"", "offset=\"x\"").broken(b, f, no, "line 16", "<location>", "'x'");
        GOOD.with(x, "offset=\"41\" length=\"15\"", "offset=\"41\" length=\"0\"").broken(b, f, no, "line 16", "T4", "9 to 9");
        GOOD.with(x, "offset=\"41\" length=\"15\"", "offset=\"41\" length=\"2147483647\"").broken(b, f, no, "line 16", "T4", "2147483647");
        GOOD.with(x, "<text>right ventricle</text>", "").broken(b, f, no, "line 16", "T4", "no text");
        GOOD.with(x, "<annotation id=\"T4\">", "<annotation id=\"T5\">").broken(b, f, no, "line 17", "'T5'", "taken");
        GOOD.with(x, "refid=\"T1\"", "refid=\"T9\"").broken(b, f, no, "train.xml line 20", "'T9'");
        GOOD.with(x, "<infon key=\"type\">binds</infon><node refid=\"T1\" role=\"first\"/><node refid=\"T2\" role=\"second\"/>", "<infon key=\"label\">binds</infon><node refid=\"T1\" role=\"first\"/><node refid=\"T2\" role=\"second\"/>").broken(b, f, no, "line 20", "'type'", "label");
        GOOD.with(x, "refid=\"T1\" role=\"first\"/><node refid=\"T2\"", "refid=\"T1\" role=\"first\"/><node refid=\"T1\"").broken(b, f, no, "line 20", "itself");
        GOOD.broken(b, f, Map.of("head", "chemical"), "test.json line", "'second' and 'first'", "'chemical'");
        GOOD.with(x, "<offset>0</offset>", "").broken(b, f, no, "line 9", "no <offset>");
        GOOD.with(x, "<offset>0</offset>", "<offset>0</offset><offset>0</offset>").broken(b, f, no, "line 9", "<offset> comes twice");
        GOOD.with(x, "<source>", "<sauce/><source>").broken(b, f, no, "line 4", "<sauce> was not expected");
        GOOD.with(x, "<id>d1</id>", "").broken(b, f, no, "line 7", "without an id");
        GOOD.with(x, "<text>" + TITLE + "</text>", "").broken(b, f, no, "line 10", "no text");
        GOOD.with(x, "</collection>", "").broken(b, f, no, "train.xml line", "no valid XML");
        GOOD.with(x, "SYSTEM \"BioC.dtd\"", "[<!ENTITY x SYSTEM \"file:///etc/passwd\">]").broken(b, f, no, "line 2", "DOCTYPE");
        GOOD.with("test.json", "\"documents\"", "\"papers\"").broken(b, f, no, "test.json", "no 'documents'", "papers");
        GOOD.with("test.json", "\"id\": 7", "\"id\": []").broken(b, f, no, "test.json line 5", "documents[0].id");
        GOOD.with("test.json", "\"offset\": 41", "\"offset\": 43").broken(b, f, no, "test.json line", "documents[0].passages[1].annotations[1]", "T4 is 'right ventricle'");
        GOOD.with("test.json", "\"offset\": 41", "\"offset\": -41").broken(b, f, no, "test.json line", "-41", "whole number");
        GOOD.with("test.json", "\"offset\": 41", "\"offset\": \"41\"").broken(b, f, no, "test.json line", "a whole number");
        GOOD.with("test.json", "\"T4\"", "T4").broken(b, f, no, "test.json line", "no valid JSON");
        Fixture.of("a.xml", "<collection/>").broken(b, f, no, "a.xml", "no document");
        Fixture.of("a.json", "").broken(b, f, no, "a.json", "is empty");
        Fixture.of("a.json", "{\"documents\":" + "[".repeat(100_000)).broken(b, f, no, "a.json line 1");
        return b;
    }

    private static final List<String> ANSWERS = List.of("\ud835\udefc-blockers | β-receptors | binds", "β-blockers | Left .. ventricle | none", "β-blockers | right ventricle | binds");

    @Test
    void xmlAndJsonSayTheSame() throws IOException {
        Corpus corpus = part().read();
        assertEquals(ANSWERS, Fixture.answers(corpus, "train"));
        assertEquals(ANSWERS, Fixture.answers(corpus, "test"));
        assertEquals(List.of("binds", "none"), corpus.relations());
        BioC.Config config = Settings.of(BioC.Config.class, Map.of("root", folder.resolve("good"), "head", "first"));
        try (Inputs inputs = Inputs.open(config.root())) {
            assertEquals("1 relations of relations were left out; 1 relations with other than two nodes were left out", BioC.read(inputs, config).notes().words());
        }
    }

    @Test
    void theUnitIsFoundOutForEachFile() throws IOException {
        Fixture mixed = Fixture.of("train.xml", xml(BYTES, "d1"), "dev.xml", xml(UTF16, "d2"), "test.json", json(BYTES));
        Corpus corpus = read(mixed, "units", Map.of("head", "first"));
        for (String split : List.of("train", "dev", "test")) assertEquals(ANSWERS, Fixture.answers(corpus, split));
        BioC.Config config = Settings.of(BioC.Config.class, Map.of("root", folder.resolve("units"), "head", "first"));
        try (Inputs inputs = Inputs.open(config.root())) {
            String notes = BioC.read(inputs, config).notes().words();
            assertEquals("1 files have offsets that count UTF-16 units; 2 files have offsets that count bytes", notes.substring(0, notes.indexOf("; 2 rel")));
        }
    }

    @Test
    void aWholeDocumentIsOneExample() throws IOException {
        Corpus corpus = read(GOOD, "whole", Map.of("head", "first", "level", "document", "directed", false));
        assertEquals(6, corpus.split("train").get(0).pairs().size());
        assertEquals(2, corpus.split("test").get(0).pairs().stream().filter(p -> p.relations().contains("binds")).count());
        assertEquals(3, corpus.split("train").get(0).pairs().stream().filter(p -> p.relations().contains("binds")).count());
    }

    @Test
    void aZipAndWindowsLineEndsReadTheSame() throws IOException {
        Corpus corpus = part().read();
        assertEquals(corpus.splits(), parts().create(provider(), Map.of("root", GOOD.zip(folder.resolve("b.zip")), "head", "first")).read().splits());
        assertEquals(corpus.splits(), read(GOOD.crlf(), "crlf", Map.of("head", "first")).splits());
    }

    @Test
    void aThousandDamagedFiles() throws IOException {
        damaged(GOOD, Map.of("unseen", "keep"), "\\.(xml|json)( line \\d+)?: ");
    }
}
