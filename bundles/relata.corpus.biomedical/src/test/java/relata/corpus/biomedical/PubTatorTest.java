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

final class PubTatorTest extends FixtureReaderContract<PubTator.Config> {
    /** Several mentions of a concept, a mention of two concepts, one of none, a nested one, a character outside of the BMP, an id that two types share. */
    private static final Fixture GOOD = Fixture.of("CDR_TrainingSet.PubTator.txt", """
            1001|t|Drug \ud835\udefc and renal failure in mice
            1001|a|Naloxone, a drug, reverses clonidine \ud835\udefc toxicity. Renal or liver failure was seen.
            1001\t0\t6\tDrug \ud835\udefc\tChemical\tD1
            1001\t11\t24\trenal failure\tDisease\tD10
            1001\t28\t32\tmice\tSpecies\t10090
            1001\t33\t41\tNaloxone\tChemical\tD2
            1001\t60\t71\tclonidine \ud835\udefc\tChemical\tD1
            1001\t60\t80\tclonidine \ud835\udefc toxicity\tDisease\t-1
            1001\t82\t104\tRenal or liver failure\tDisease\tD10|D11\tRenal failure|liver failure
            1001\t82\t87\tRenal\tGene\t10090
            1001\tCID\tD1\tD10
            1001\tCID\tD2\tD11

            """, "CDR_TestSet.PubTator.txt", "\n1002|t|A b\n1002|a|\n1002\t0\t1\tA\tChemical\tD1\n1002\t2\t3\tb\tDisease\tD10\n");
    private static final String TRAIN = "CDR_TrainingSet.PubTator.txt";

    PubTatorTest() {
        super(GOOD, Map.of());
    }

    @Override
    public ComponentProvider<CorpusReader, PubTator.Config> provider() {
        return new PubTator();
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> b = new LinkedHashMap<>();
        Path f = Files.createDirectories(folder.resolve("b"));
        Map<String, ?> no = Map.of();
        GOOD.with(TRAIN, "\t28\t32\t", "\t30\t34\t").broken(b, f, no, "CDR_TrainingSet.PubTator.txt line 5", "'mice' of 1001 is 'mice'", "at characters 28 to 32");
        GOOD.with(TRAIN, "\t28\t32\t", "\t28\t320\t").broken(b, f, no, "line 5", "28 to 320", "characters");
        GOOD.with(TRAIN, "\t28\t32\t", "\t29\t33\t").broken(b, f, no, "line", "mixes units");
        GOOD.with(TRAIN, "\t28\t32\t", "\t-2\t32\t").broken(b, f, no, "line 5", "'-2'");
        GOOD.with(TRAIN, "\t28\t32\tmice", "\t28\t32\t").broken(b, f, no, "line 5", "no text");
        GOOD.with(TRAIN, "1001\t28", "1003\t28").broken(b, f, no, "line 5", "'1003'", "'1001'");
        GOOD.with(TRAIN, "CID\tD1\tD10", "CID\tD1\tD12").broken(b, f, no, "line 11", "'D12'", "'separators'");
        GOOD.with(TRAIN, "CID\tD1\tD10", "CID\tD1\t10090").broken(b, f, no, "line 11", "'10090'", "Gene and of a Species");
        GOOD.with(TRAIN, "CID\tD1\tD10", "\tD1\tD10").broken(b, f, no, "line 11", "no relation");
        GOOD.with(TRAIN, "CID\tD1\tD10", "CID").broken(b, f, no, "line 11", "2 columns");
        GOOD.with(TRAIN, "\tSpecies\t10090", "").broken(b, f, no, "line 5", "4 columns");
        GOOD.with(TRAIN, "1001|t|", "1001|x|").broken(b, f, no, "line 1", "PMID|t|title");
        GOOD.with(TRAIN, "1001|a|", "1003|a|").broken(b, f, no, "line 2", "'1003'");
        GOOD.with(TRAIN, "1001|a|", "1001|t|").broken(b, f, no, "line 2", "within '1001'");
        GOOD.with(TRAIN, "1001|a|", "1001|a|x\n1001|a|").broken(b, f, no, "line 3", "second abstract");
        GOOD.with(TRAIN, "1001|t|", "|t|").broken(b, f, no, "line 1", "no PMID");
        GOOD.with(TRAIN, "1001|a|", "\n1001|a|").broken(b, f, no, "line 1", "no abstract");
        GOOD.with("CDR_TestSet.PubTator.txt", "1002", "1001").broken(b, f, no, "line 1", "'1001' was read before");
        GOOD.more("CDR_TestSet.PubTator.txt", "1002\tTreats\tD1\tD10\n").broken(b, f, no, "line 2", "'Treats'", "'unseen'");
        Fixture.of("a.txt", "\n").broken(b, f, no, "a.txt", "is empty");
        Fixture.of("a.pubtator", "1|t|A b\n1|a|C\n1\t0\t1\tA\tX\tD1\n1\t2\t3\tb\tX\tD2\n").broken(b, f, no, "no relation", "X");
        return b;
    }

    @Test
    void relationsHoldBetweenConceptsOfADocument() throws IOException {
        Corpus corpus = part().read();
        assertEquals(List.of("Drug \ud835\udefc / clonidine \ud835\udefc | renal failure / Renal or liver failure | CID", "Drug \ud835\udefc / clonidine \ud835\udefc | Renal or liver failure | none",
                "Naloxone | renal failure / Renal or liver failure | none", "Naloxone | Renal or liver failure | CID"), Fixture.answers(corpus, "train"));
        assertEquals(List.of("A | b | none"), Fixture.answers(corpus, "test"));
        Example example = corpus.split("train").get(0);
        assertEquals("1001", example.id());
        assertEquals(List.of("D1", "D10", "Species:10090", "D2", "D11", "Gene:10090"), example.passage().entities().stream().map(e -> e.id()).toList());
        assertEquals(List.of(0, 7, 17), example.passage().sentences());
        assertEquals(List.of("CID", "none"), corpus.relations());
        PubTator.Config config = Settings.of(PubTator.Config.class, Map.of("root", folder.resolve("good")));
        try (Inputs inputs = Inputs.open(config.root())) {
            assertEquals("1 mentions without a concept were left out", PubTator.read(inputs, config).notes().words());
        }
    }

    @Test
    void idsAreTakenApartWhereTheSettingSays() throws IOException {
        Fixture comma = Fixture.of("a.txt", "1|t|A b\n1|a|\n1\t0\t1\tA\tGene\tG1,G2\n1\t2\t3\tb\tGene\tG3\n1\tBind\tG3\tG2\tNovel\n1\tBind\tG2\tG2\n1\tBind\tG3\tG2\n");
        assertEquals(List.of("A | A | none", "A | b | none", "A | b | Bind"), Fixture.answers(read(comma, "comma", Map.of("separators", ",")), "all"));
    }

    @Test
    void directionCountsOnRequest() throws IOException {
        Fixture two = Fixture.of("a.txt", "1|t|A b\n1|a|\n1\t0\t1\tA\tGene\tG1\n1\t2\t3\tb\tGene\tG3\n1\tBind\tG3\tG1\n");
        assertEquals(List.of("A | b | none", "b | A | Bind"), Fixture.answers(read(two, "two", Map.of("directed", true)), "all"));
    }

    @Test
    void aZipAndWindowsLineEndsReadTheSame() throws IOException {
        Corpus corpus = part().read();
        assertEquals(corpus.splits(), parts().create(provider(), Map.of("root", GOOD.zip(folder.resolve("p.zip")))).read().splits());
        assertEquals(corpus.splits(), read(GOOD.crlf(), "crlf", Map.of()).splits());
    }

    @Test
    void aThousandDamagedFiles() throws IOException {
        damaged(GOOD, Map.of("unseen", "keep"), "\\.txt( line \\d+)?: |asks about no pair|no relation that would tell");
    }
}
