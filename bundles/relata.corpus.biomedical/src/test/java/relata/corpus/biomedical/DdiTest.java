package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;
import relata.testkit.Settings;

final class DdiTest extends FixtureReaderContract<Ddi.Config> {
    private static final String TRAIN = "Train/DrugBank/Some_drug_ddi.xml";
    private static final String TEST = "Test/Test for DDI Extraction task/MedLine/1.xml";

    /** A mention in two pieces around which another lies, a nested one, a character outside of the BMP, escapes, a positive pair without a type. */
    private static final Fixture GOOD = Fixture.of(TRAIN, """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <document id="DDI-DrugBank.d1">
                <sentence id="DDI-DrugBank.d1.s0" text="Left and right-acting \ud835\udefc-blockers &amp; warfarin sodium may interact; avoid &quot;aspirin&quot;.">
                    <entity id="DDI-DrugBank.d1.s0.e0" charOffset="0-3;14-20;22-31" type="group" text="Left-acting \ud835\udefc-blockers"/>
                    <entity id="DDI-DrugBank.d1.s0.e1" charOffset="9-31" type="group" text="right-acting \ud835\udefc-blockers"/>
                    <entity id="DDI-DrugBank.d1.s0.e2" charOffset="35-49" type="drug" text="warfarin sodium"/>
                    <entity id="DDI-DrugBank.d1.s0.e3" charOffset="35-42" type="drug" text="warfarin"/>
                    <entity id="DDI-DrugBank.d1.s0.e4" charOffset="72-78" type="brand" text="aspirin"/>
                    <pair id="DDI-DrugBank.d1.s0.p0" e1="DDI-DrugBank.d1.s0.e0" e2="DDI-DrugBank.d1.s0.e2" ddi="true" type="effect"/>
                    <pair id="DDI-DrugBank.d1.s0.p1" e1="DDI-DrugBank.d1.s0.e0" e2="DDI-DrugBank.d1.s0.e3" ddi="false"/>
                    <pair id="DDI-DrugBank.d1.s0.p2" e1="DDI-DrugBank.d1.s0.e1" e2="DDI-DrugBank.d1.s0.e2" ddi="true"/>
                    <pair id="DDI-DrugBank.d1.s0.p3" e1="DDI-DrugBank.d1.s0.e2" e2="DDI-DrugBank.d1.s0.e4" ddi="true" type="advise"/>
                </sentence>
                <sentence id="DDI-DrugBank.d1.s1" text="None here. Really."/>
            </document>
            """, TEST, """
            <document id="DDI-MedLine.d1"><sentence id="DDI-MedLine.d1.s0" text="A and B."><entity id="DDI-MedLine.d1.s0.e0" charOffset="0-0" type="drug_n" text="A"/>
            <entity id="DDI-MedLine.d1.s0.e1" charOffset="6-6" type="drug" text="B"/><pair id="DDI-MedLine.d1.s0.p0" e1="DDI-MedLine.d1.s0.e0" e2="DDI-MedLine.d1.s0.e1" ddi="true" type="mechanism"/></sentence></document>
            """, "Test/Test for DrugNER task/DrugBank/2.xml", "<other/>");

    DdiTest() {
        super(GOOD, Map.of());
    }

    @Override
    public ComponentProvider<CorpusReader, Ddi.Config> provider() {
        return new Ddi();
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> b = new LinkedHashMap<>();
        Path f = Files.createDirectories(folder.resolve("b"));
        Map<String, ?> no = Map.of();
        GOOD.with(TRAIN, "35-49", "35-48").broken(b, f, no, "Some_drug_ddi.xml line 6", "DDI-DrugBank.d1.s0.e2 is 'warfarin sodium', but at characters 35 to 49 stands 'warfarin sodiu'", "it stands at characters 35 to 50");
        GOOD.with(TRAIN, "35-42", "35-420").broken(b, f, no, "line 7", "35 to 421", "81 characters");
        GOOD.with(TRAIN, "35-42", "35").broken(b, f, no, "line 7", "charOffset=\"35\"", "0-5");
        GOOD.with(TRAIN, "35-42", "35-x").broken(b, f, no, "line 7", "charOffset=\"35-x\"");
        GOOD.with(TRAIN, "35-42", "42-35").broken(b, f, no, "line 7", "42 to 36");
        GOOD.with(TRAIN, "35-42", "35-2147483647").broken(b, f, no, "line 7", "charOffset");
        GOOD.with(TRAIN, "0-3;14-20;22-31", "14-20;0-3;22-31").broken(b, f, no, "line 4", "e0", "ascend");
        GOOD.with(TRAIN, "charOffset=\"35-42\" ", "").broken(b, f, no, "line 7", "<entity> has no attribute 'charOffset'", "id, type, text");
        GOOD.with(TRAIN, "e3\" charOffset", "e2\" charOffset").broken(b, f, no, "line 7", "s0.e2", "taken");
        GOOD.with(TRAIN, "ddi=\"false\"", "ddi=\"no\"").broken(b, f, no, "line 10", "ddi=\"no\"", "true or false");
        GOOD.with(TRAIN, "ddi=\"false\"", "ddi=\"false\" type=\"int\"").broken(b, f, no, "line 10", "either");
        GOOD.with(TRAIN, "type=\"advise\"", "type=\"advice\"").broken(b, f, no, "line 12", "'advice'", "advise, effect, mechanism, int");
        GOOD.with(TRAIN, "e2=\"DDI-DrugBank.d1.s0.e4\"", "e2=\"DDI-DrugBank.d1.s0.e5\"").broken(b, f, no, "line 12", "s0.e5", "not in its sentence");
        GOOD.with(TRAIN, "e2=\"DDI-DrugBank.d1.s0.e4\"", "e2=\"DDI-DrugBank.d1.s0.e2\"").broken(b, f, no, "line 12", "itself");
        GOOD.with(TRAIN, "</sentence>", "</sentences>").broken(b, f, no, "line 13", "no valid XML");
        GOOD.with(TRAIN, "</document>", "").broken(b, f, no, "Some_drug_ddi.xml line 1", "no valid XML");
        GOOD.with(TRAIN, "<sentence id=\"DDI-DrugBank.d1.s1\" text=\"None here. Really.\"/>", "<text/>").broken(b, f, no, "line 14", "<text> was not expected in <document>");
        GOOD.with(TRAIN, " id=\"DDI-DrugBank.d1\"", "").broken(b, f, no, "line 2", "no attribute 'id'");
        GOOD.with(TRAIN, "UTF-8", "ISO-8859-1").broken(b, f, no, "line 1", "ISO-8859-1", "UTF-8 was expected");
        GOOD.with(TRAIN, "<document id", "<!DOCTYPE document [<!ENTITY a \"b\">]><document id").broken(b, f, no, "DOCTYPE");
        GOOD.with(TRAIN, "&amp;", "&a;").broken(b, f, no, "line 3", "\"a\"");
        GOOD.with(TEST, "DDI-MedLine.d1\">", "DDI-DrugBank.d1\">").broken(b, f, no, "'DDI-DrugBank.d1' was read before, in");
        GOOD.broken(b, f, Map.of("untyped", "error"), "line 11", "no type", "'untyped'");
        Fixture.of("a.xml", "").broken(b, f, no, "a.xml", "is empty");
        Fixture.of("a.xml", "<corpus/>").broken(b, f, no, "a.xml line 1", "<corpus> is the root", "<document>");
        Fixture.of("a.xml", "<document id='d'/>").broken(b, f, no, "a.xml line 1", "no <sentence>");
        Fixture.of("a.xml", "<document id='d'><sentence id='s' text='Nothing.'/></document>").broken(b, f, no, "no pair");
        Fixture.of("a.txt", "x").broken(b, f, no, "no .xml file", "a.txt");
        return b;
    }

    private Corpus read(Fixture fixture, String name, String untyped) throws IOException {
        return read(fixture, name, Map.of("untyped", untyped));
    }

    @Test
    void thePairsThatTheFilesList() throws IOException {
        Corpus corpus = read(GOOD, "int", "int");
        assertEquals(List.of("Left .. - acting .. \ud835\udefc-blockers | warfarin sodium | effect", "Left .. - acting .. \ud835\udefc-blockers | warfarin | false",
                "right - acting \ud835\udefc-blockers | warfarin sodium | int", "warfarin sodium | aspirin | advise"), Fixture.answers(corpus, "train"));
        assertEquals(List.of("A | B | mechanism"), Fixture.answers(corpus, "test"));
        assertEquals(List.of("advise", "effect", "mechanism", "int", "false"), corpus.relations());
        Example first = corpus.split("train").get(0);
        assertEquals(List.of("Left", "and", "right", "-", "acting", "\ud835\udefc-blockers", "&", "warfarin", "sodium", "may", "interact", ";", "avoid", "\"", "aspirin", "\"", "."), first.passage().tokens());
        assertEquals("DDI-DrugBank.d1.s0.s0.e0.s0.e2", first.id());
    }

    @Test
    void aPairWithoutATypeIsWhatTheSettingSays() throws IOException {
        assertEquals("right - acting \ud835\udefc-blockers | warfarin sodium | false", Fixture.answers(read(GOOD, "false", "false"), "train").get(2));
        assertEquals(3, Fixture.answers(read(GOOD, "drop", "drop"), "train").size());
        Ddi.Config config = Settings.of(Ddi.Config.class, Map.of("root", folder.resolve("drop"), "untyped", "drop"));
        try (Inputs inputs = Inputs.open(config.root())) {
            assertEquals("1 files of the drug-name task were left out; 1 interacting pairs without a type were left out", Ddi.read(inputs, config).notes().words());
        }
    }

    @Test
    void aZipAndWindowsLineEndsReadTheSame() throws IOException {
        Corpus corpus = part().read();
        assertEquals(corpus.splits(), parts().create(provider(), Map.of("root", GOOD.zip(folder.resolve("ddi.zip")))).read().splits());
        assertEquals(corpus.splits(), read(GOOD.crlf(), "crlf", "int").splits());
    }

    @Test
    void offsetsInUtf16AreFoundOut() throws IOException {
        Fixture utf16 = GOOD.with(TRAIN, "22-31", "22-32").with(TRAIN, "9-31", "9-32").with(TRAIN, "35-", "36-").with(TRAIN, "-49", "-50").with(TRAIN, "-42", "-43").with(TRAIN, "72-78", "73-79");
        assertEquals(part().read().splits().get("train"), read(utf16, "utf16", "int").splits().get("train"));
    }

    @Test
    void aThousandDamagedFiles() throws IOException {
        damaged(GOOD.without("Test/Test for DrugNER task/DrugBank/2.xml"), Map.of(), "\\.xml( line \\d+)?: ");
    }
}
