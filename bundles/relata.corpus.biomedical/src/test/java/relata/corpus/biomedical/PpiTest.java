package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.testkit.Settings;

final class PpiTest extends FixtureReaderContract<Ppi.Config> {
    /** Nested and discontinuous mentions, a character outside of the BMP, a directed interaction, one of a protein with itself. */
    private static final Fixture GOOD = Fixture.of("AIMed.xml", """
            <?xml version="1.0" encoding="UTF-8"?>
            <corpus source="AIMed">
              <document id="AIMed.d0">
                <sentence id="AIMed.d0.s0" text="The \ud835\udefc and beta subunits bind Abc1 receptor.">
                  <entity charOffset="4-4,15-22" id="AIMed.d0.s0.e0" text="\ud835\udefcsubunits" type="protein"/>
                  <entity charOffset="10-22" id="AIMed.d0.s0.e1" text="beta subunits" type="protein"/>
                  <entity charOffset="29-41" id="AIMed.d0.s0.e2" text="Abc1 receptor" type="protein"/>
                  <entity charOffset="29-32" id="AIMed.d0.s0.e3" text="Abc1" type="protein"/>
                  <interaction directed="false" e1="AIMed.d0.s0.e2" e2="AIMed.d0.s0.e0" id="AIMed.d0.s0.i0" type="bind"/>
                  <interaction directed="true" e1="AIMed.d0.s0.e2" e2="AIMed.d0.s0.e1" id="AIMed.d0.s0.i1"/>
                  <interaction e1="AIMed.d0.s0.e3" e2="AIMed.d0.s0.e3" id="AIMed.d0.s0.i2"/>
                </sentence>
                <sentence id="AIMed.d0.s1" text="P1 meets P2.">
                  <entity charOffset="0-1" id="AIMed.d0.s1.e0" text="P1" type="protein"/>
                  <entity charOffset="9-10" id="AIMed.d0.s1.e1" text="P2" type="protein"/>
                  <pair e1="AIMed.d0.s1.e0" e2="AIMed.d0.s1.e1" id="AIMed.d0.s1.p0" interaction="False"/>
                </sentence>
              </document>
              <document id="AIMed.d1"/>
            </corpus>
            """);

    PpiTest() {
        super(GOOD, Map.of());
    }

    @Override
    public ComponentProvider<CorpusReader, Ppi.Config> provider() {
        return new Ppi();
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> b = new LinkedHashMap<>();
        Path f = Files.createDirectories(folder.resolve("b"));
        Map<String, ?> no = Map.of();
        GOOD.with("AIMed.xml", "29-32", "28-31").broken(b, f, no, "AIMed.xml line 8", "AIMed.d0.s0.e3 is 'Abc1', but at characters 28 to 32 stands ' Abc'", "characters 29 to 33");
        GOOD.with("AIMed.xml", "4-4,15-22", "4-4;15-22").broken(b, f, no, "line 5", "charOffset=\"4-4;15-22\"", "','");
        GOOD.with("AIMed.xml", "directed=\"true\"", "directed=\"yes\"").broken(b, f, no, "line 10", "directed=\"yes\"");
        GOOD.with("AIMed.xml", "\"False\"", "\"maybe\"").broken(b, f, no, "line 16", "interaction=\"maybe\"");
        GOOD.with("AIMed.xml", "e1=\"AIMed.d0.s1.e0\" ", "").broken(b, f, no, "line 16", "no attribute 'e1'");
        GOOD.with("AIMed.xml", "e1=\"AIMed.d0.s1.e0\"", "e1=\"AIMed.d0.s0.e0\"").broken(b, f, no, "line 16", "not in its sentence");
        GOOD.with("AIMed.xml", "AIMed.d1", "AIMed.d0").with("AIMed.xml", "<document id=\"AIMed.d0\"/>", "<document id=\"AIMed.d0\"><sentence text=\"a\"/></document>").broken(b, f, no, "line 19", "'AIMed.d0' was read before, in AIMed.xml line 3");
        GOOD.with("AIMed.xml", "<document id=\"AIMed.d1\"/>", "<sentence/>").broken(b, f, no, "line 19", "<sentence> was not expected in <corpus>");
        GOOD.broken(b, f, Map.of("folds", 3), "1 documents", "3 folds");
        Fixture.of("a.xml", "<corpus/>").broken(b, f, no, "a.xml line 1", "no <document>");
        Fixture.of("a.xml", "<corpus>" + "<document id='d'>".repeat(100_000)).broken(b, f, no, "a.xml line 1", "deeper");
        return b;
    }

    @Test
    void anyTwoProteinsOfASentence() throws IOException {
        Corpus corpus = part().read();
        assertEquals(List.of("\ud835\udefc .. subunits | beta subunits | false", "\ud835\udefc .. subunits | Abc1 receptor | true", "\ud835\udefc .. subunits | Abc1 | false", "beta subunits | Abc1 receptor | true",
                "beta subunits | Abc1 | false", "Abc1 receptor | Abc1 | false", "P1 | P2 | false"), Fixture.answers(corpus, "all"));
        assertEquals(List.of("true", "false"), corpus.relations());
        Ppi.Config config = Settings.of(Ppi.Config.class, Map.of("root", folder.resolve("good")));
        try (Inputs inputs = Inputs.open(config.root())) {
            assertEquals("1 documents without a sentence were left out; 1 interactions of a protein with itself were left out", Ppi.read(inputs, config).notes().words());
        }
    }

    @Test
    void directedInteractionsHoldOneWay() throws IOException {
        List<String> answers = Fixture.answers(read(GOOD, "directed", Map.of("directed", true)), "all");
        assertEquals(14, answers.size());
        assertEquals(Set.of("\ud835\udefc .. subunits | Abc1 receptor | true", "Abc1 receptor | \ud835\udefc .. subunits | true", "Abc1 receptor | beta subunits | true"),
                answers.stream().filter(a -> a.endsWith("true")).collect(Collectors.toSet()));
    }

    private static Fixture many(int documents) {
        StringBuilder corpus = new StringBuilder("<corpus>");
        for (int d = 0; d < documents; d++) {
            corpus.append("<document id='d").append(d).append("'>");
            for (int s = 0; s < 2; s++)
                corpus.append("<sentence id='d").append(d).append(".s").append(s).append("' text='A B'><entity id='d").append(d).append(".s").append(s).append(".e0' charOffset='0-0' text='A'/><entity id='d").append(d)
                        .append(".s").append(s).append(".e1' charOffset='2-2' text='B'/></sentence>");
            corpus.append("</document>");
        }
        return Fixture.of("many.xml", corpus.append("</corpus>").toString());
    }

    @Test
    void foldsKeepDocumentsTogetherAndMeetEachOnce() throws IOException {
        Set<String> tested = new HashSet<>();
        for (int fold = 0; fold < 5; fold++) {
            Corpus corpus = read(many(23), "many", Map.of("folds", 5, "fold", fold));
            Set<String> test = documents(corpus, "test");
            Set<String> train = documents(corpus, "train");
            assertEquals(23, test.size() + train.size());
            assertTrue(test.size() == 4 || test.size() == 5, () -> "folds should be of equal size, but one has " + test.size());
            for (String d : test) assertTrue(tested.add(d) && !train.contains(d), d);
        }
        assertEquals(23, tested.size());
    }

    private static Set<String> documents(Corpus corpus, String split) throws IOException {
        return corpus.split(split).stream().map(e -> e.id().split("\\.")[0]).collect(Collectors.toSet());
    }

    @Test
    void foldsMayBeGiven() throws IOException {
        Path folds = Files.writeString(folder.resolve("folds.tsv"), "d0\t0\nd1\t1\nd2\t1\n");
        Corpus corpus = read(many(3), "given", Map.of("foldFile", folds, "fold", 1));
        assertEquals(Set.of("d1", "d2"), documents(corpus, "test"));
        assertEquals(Set.of("folds.tsv", "many.xml"), corpus.inputs().keySet());
    }

    @Test
    void aZipAndWindowsLineEndsReadTheSame() throws IOException {
        Corpus corpus = part().read();
        assertEquals(corpus.splits(), parts().create(provider(), Map.of("root", GOOD.zip(folder.resolve("ppi.zip")))).read().splits());
        assertEquals(corpus.splits(), read(GOOD.crlf(), "crlf", Map.of()).splits());
    }

    @Test
    void aThousandDamagedFiles() throws IOException {
        damaged(GOOD, Map.of(), "\\.xml( line \\d+)?: |asks about no pair");
    }
}
