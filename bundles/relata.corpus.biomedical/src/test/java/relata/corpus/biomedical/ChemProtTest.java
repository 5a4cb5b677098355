package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;
import relata.testkit.PublishedData;

final class ChemProtTest extends FixtureReaderContract<ChemProt.Config> {
    private static final String TRAIN = "training/chemprot_training_";
    private static final String DEV = "development/chemprot_development_";
    private static final String TEST = "chemprot_test_";

    /** A nested mention, a character outside of the BMP, a title without a full stop, an abbreviation, a pair with two relations, one between sentences. */
    private static final Fixture GOOD = Fixture.of(
            TRAIN + "abstracts.tsv", "11\tAspirin inhibits COX-2 and \ud835\udefc-synuclein\tProstaglandin (PG) H2 synthase was blocked by aspirin, i.e. By 10 mM. Ligand β activates the aspirin receptor kinase! No effect of ligand β on COX-2.\n",
            TRAIN + "entities.tsv", """
                    11\tT1\tCHEMICAL\t0\t7\tAspirin
                    11\tT2\tGENE-Y\t17\t22\tCOX-2
                    11\tT3\tGENE-Y\t27\t38\t\ud835\udefc-synuclein
                    11\tT4\tGENE-N\t39\t69\tProstaglandin (PG) H2 synthase
                    11\tT5\tCHEMICAL\t39\t52\tProstaglandin
                    11\tT6\tCHEMICAL\t85\t92\taspirin
                    11\tT7\tCHEMICAL\t109\t117\tLigand β
                    11\tT8\tGENE-N\t132\t155\taspirin receptor kinase
                    11\tT9\tCHEMICAL\t132\t139\taspirin
                    11\tT10\tCHEMICAL\t170\t178\tligand β
                    11\tT11\tGENE-Y\t182\t187\tCOX-2
                    """,
            TRAIN + "gold_standard.tsv", "11\tCPR:4\tArg1:T1\tArg2:T2\n11\tCPR:9\tArg1:T1\tArg2:T2\n11\tCPR:4\tArg1:T6\tArg2:T4\n11\tCPR:3\tArg1:T7\tArg2:T8\n11\tCPR:4\tArg1:T1\tArg2:T11\n",
            TRAIN + "relations.tsv", "11\tCPR:4\tY \tINHIBITOR\tArg1:T1\tArg2:T2\n11\tCPR:9\tY \tSUBSTRATE\tArg1:T1\tArg2:T2\n11\tCPR:4\tY \tINHIBITOR\tArg1:T6\tArg2:T4\n11\tCPR:3\tY \tACTIVATOR\tArg1:T7\tArg2:T8\n"
                    + "11\tCPR:4\tY \tINHIBITOR\tArg1:T1\tArg2:T11\n11\tCPR:10\tN \tNOT\tArg1:T10\tArg2:T11\n",
            DEV + "abstracts.tsv", "12\tA b\tC d.\n13\tNothing here.\tAt all.\n",
            DEV + "entities.tsv", "12\tT1\tCHEMICAL\t0\t1\tA\n12\tT2\tGENE-N\t2\t3\tb\n",
            DEV + "gold_standard.tsv", "12\tCPR:6\tArg1:T1\tArg2:T2\n",
            TEST + "abstracts_gs.tsv", "14\tA b\tC d.\n",
            TEST + "entities_gs.tsv", "14\tT1\tCHEMICAL\t4\t5\tC\n14\tT2\tGENE-N\t6\t7\td\n",
            TEST + "gold_standard.tsv", "\n");

    ChemProtTest() {
        super(GOOD, Map.of());
    }

    @Override
    public ComponentProvider<CorpusReader, ChemProt.Config> provider() {
        return new ChemProt();
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> b = new LinkedHashMap<>();
        Path f = Files.createDirectories(folder.resolve("b"));
        Map<String, ?> no = Map.of();
        GOOD.with(TRAIN + "abstracts.tsv", "\tProsta", " Prosta").broken(b, f, no, "training_abstracts.tsv line 1", "2 columns", "3 were expected");
        GOOD.with(DEV + "abstracts.tsv", "13\t", "12\t").broken(b, f, no, "development_abstracts.tsv line 2", "12 again");
        GOOD.with(DEV + "abstracts.tsv", "13\t", "11\t").broken(b, f, no, "abstracts.tsv line", "'11' was read before, in");
        GOOD.with(DEV + "abstracts.tsv", "13\t", "\t").broken(b, f, no, "line 2", "no PMID");
        GOOD.with(TRAIN + "entities.tsv", "\t17\t22\t", "\t18\t23\t").broken(b, f, no, "training_entities.tsv line 2", "T2 of 11 is 'COX-2', but at characters 18 to 23 stands 'OX-2 '", "it stands at characters 17 to 22");
        GOOD.with(TRAIN + "entities.tsv", "\t17\t22\t", "\t17\t220\t").broken(b, f, no, "training_entities.tsv line 2", "T2 of 11 'COX-2' goes from 17 to 220", "188");
        GOOD.with(TRAIN + "entities.tsv", "\t17\t22\t", "\t22\t17\t").broken(b, f, no, "training_entities.tsv line 2", "T2", "22 to 17");
        GOOD.with(TRAIN + "entities.tsv", "\t17\t22\t", "\t-17\t22\t").broken(b, f, no, "training_entities.tsv line 2", "start was '-17'");
        GOOD.with(TRAIN + "entities.tsv", "\t17\t22\t", "\t17\t99999999999\t").broken(b, f, no, "training_entities.tsv line 2", "end was '99999999999'");
        GOOD.with(TRAIN + "entities.tsv", "\t17\t22\tCOX-2", "\t17\t22\t").broken(b, f, no, "training_entities.tsv line 2", "T2 of 11", "no text");
        GOOD.with(TRAIN + "entities.tsv", "11\tT2\t", "15\tT2\t").broken(b, f, no, "training_entities.tsv line 2", "'15'", "not among the abstracts");
        GOOD.with(TRAIN + "entities.tsv", "11\tT2\t", "11\tT1\t").broken(b, f, no, "training_entities.tsv line 2", "T1 of document 11 again");
        GOOD.with(TRAIN + "entities.tsv", "T2\tGENE-Y", "T2\tGEN").broken(b, f, no, "training_entities.tsv line 2", "'GEN'", "GENE-Y or GENE-N");
        // one mention fits only UTF-16, the others only code points
        GOOD.with(TRAIN + "entities.tsv", "\t85\t92\t", "\t86\t93\t").broken(b, f, no, "training_entities.tsv line", "UTF-16 units", "T6 of 11", "mixes units");
        GOOD.with(TRAIN + "gold_standard.tsv", "CPR:3", "CPR:2").broken(b, f, no, "training_gold_standard.tsv line 4", "'CPR:2'", "CPR:3, CPR:4");
        GOOD.with(TRAIN + "gold_standard.tsv", "Arg1:T7", "Arg1:T77").broken(b, f, no, "training_gold_standard.tsv line 4", "'Arg1:T77'");
        GOOD.with(TRAIN + "gold_standard.tsv", "Arg1:T7\tArg2:T8", "Arg1:T8\tArg2:T7").broken(b, f, no, "training_gold_standard.tsv line 4", "GENE-N", "CHEMICAL was expected");
        GOOD.with(TRAIN + "gold_standard.tsv", "CPR:9", "CPR:4").broken(b, f, no, "training_gold_standard.tsv line 2", "says again");
        GOOD.with(TRAIN + "gold_standard.tsv", "CPR:9", "CPR:3").broken(b, f, no, "training_relations.tsv line 2", "not in chemprot_training_gold_standard.tsv");
        GOOD.with(TRAIN + "relations.tsv", "11\tCPR:9\tY \tSUBSTRATE\tArg1:T1\tArg2:T2\n", "").broken(b, f, no, "training_gold_standard.tsv line 2", "not in chemprot_training_relations.tsv");
        GOOD.with(TRAIN + "relations.tsv", "CPR:9\tY ", "CPR:9\tX").broken(b, f, no, "training_relations.tsv line 2", "Y or N");
        GOOD.without(DEV + "entities.tsv").broken(b, f, no, "development_entities.tsv", "is missing");
        GOOD.without(DEV + "gold_standard.tsv").broken(b, f, no, "development_gold_standard.tsv", "is missing");
        Fixture.of("readme.txt", "nothing").broken(b, f, no, "no .tsv file", "readme.txt");
        Fixture.of("x.tsv", "nothing").broken(b, f, no, "..._abstracts.tsv", "x.tsv");
        Fixture.of("a_abstracts.tsv", "\n", "a_entities.tsv", "", "a_gold_standard.tsv", "").broken(b, f, no, "a_abstracts.tsv", "is empty");
        Fixture.of("a_abstracts.tsv", "1\tA\tB\n", "a_entities.tsv", "", "a_gold_standard.tsv", "").broken(b, f, no, "no pair", "1 documents");
        GOOD.broken(b, f, Map.of("unit", "byte"), "training_entities.tsv line 11", "T11 of 11");
        return b;
    }

    @Test
    void everyChemicalAndGeneOfASentence() throws IOException {
        Corpus corpus = part().read();
        assertEquals(List.of("Aspirin | COX-2 | CPR:4+CPR:9", "Aspirin | \ud835\udefc-synuclein | false", "Prostaglandin | Prostaglandin ( PG ) H2 synthase | false",
                "aspirin | Prostaglandin ( PG ) H2 synthase | CPR:4", "Ligand β | aspirin receptor kinase | CPR:3", "aspirin | aspirin receptor kinase | false", "ligand β | COX-2 | false"), Fixture.answers(corpus, "train"));
        assertEquals(List.of("A | b | CPR:6"), Fixture.answers(corpus, "dev"));
        assertEquals(List.of("C | d | false"), Fixture.answers(corpus, "test"));
        Example first = corpus.split("train").get(0);
        assertEquals("11.s0.T1.T2", first.id());
        assertEquals(List.of("T1", "T2", "T3"), first.passage().entities().stream().map(e -> e.id()).toList());
        assertEquals(List.of("CPR:3", "CPR:4", "CPR:5", "CPR:6", "CPR:9", "false"), corpus.relations());
        assertEquals(Set.of("1 relations between sentences, or between entities that are not asked about, were left out"), Set.of(notes(folder.resolve("good"))));
    }

    private static String notes(Path root) throws IOException {
        Reading reading = new Reading(root, Optional.empty());
        try (Inputs inputs = Inputs.open(root)) {
            ChemProtSets.read(inputs, reading);
            reading.ask(inputs, Optional.of(ChemProt.ASKED), ChemProt.NEGATIVE, false);
        }
        return reading.notes().words();
    }

    @Test
    void aZipAndWindowsLineEndsReadTheSame() throws IOException {
        Corpus corpus = part().read();
        Path zip = GOOD.zip(folder.resolve("chemprot.zip"));
        Corpus zipped = parts().create(provider(), Map.of("root", zip)).read();
        assertEquals(corpus.splits(), zipped.splits());
        assertEquals(Set.of("chemprot.zip"), zipped.inputs().keySet());
        assertEquals(corpus.splits(), parts().create(provider(), Map.of("root", GOOD.crlf().write(folder.resolve("crlf")))).read().splits());
    }

    @Test
    void offsetsInOtherUnitsAreFoundOut() throws IOException {
        Fixture utf16 = Fixture.of("a_abstracts.tsv", "1\t\ud835\udefc A b\tC.\n", "a_entities.tsv", "1\tT1\tCHEMICAL\t3\t4\tA\n1\tT2\tGENE-Y\t5\t6\tb\n", "a_gold_standard.tsv", "");
        assertEquals(List.of("A | b | false"), Fixture.answers(parts().create(provider(), Map.of("root", utf16.write(folder.resolve("utf16")))).read(), "all"));
        Fixture bytes = utf16.with("a_entities.tsv", "3\t4", "5\t6").with("a_entities.tsv", "\t5\t6\tb", "\t7\t8\tb");
        assertEquals(List.of("A | b | false"), Fixture.answers(parts().create(provider(), Map.of("root", bytes.write(folder.resolve("bytes")))).read(), "all"));
        Path root = folder.resolve("bytes");
        CorpusException e = assertThrows(CorpusException.class, () -> parts().create(provider(), Map.of("root", root, "unit", "codepoint")).read());
        assertTrue(e.getMessage().contains("T1 of 1"), e.getMessage());
    }

    @Test
    void devIsTakenByDocument() throws IOException {
        StringBuilder abstracts = new StringBuilder();
        StringBuilder entities = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            abstracts.append(i).append("\tA b c d\tE.\n");
            for (int t = 0; t < 4; t++) entities.append(i).append("\tT").append(t).append(t < 2 ? "\tCHEMICAL\t" : "\tGENE-Y\t").append(2 * t).append('\t').append(2 * t + 1).append('\t').append("Abcd".charAt(t)).append('\n');
        }
        Fixture all = Fixture.of("x_train_abstracts.tsv", abstracts.toString(), "x_train_entities.tsv", entities.toString(), "x_train_gold_standard.tsv", "");
        Corpus corpus = parts().create(provider(), Map.of("root", all.write(folder.resolve("dev")), "dev", 0.12)).read();
        assertEquals(17 * 4, corpus.split("train").size());
        assertEquals(3 * 4, corpus.split("dev").size());
        Set<String> dev = corpus.split("dev").stream().map(e -> e.id().split("\\.")[0]).collect(Collectors.toSet());
        assertEquals(3, dev.size());
        assertTrue(corpus.split("train").stream().noneMatch(e -> dev.contains(e.id().split("\\.")[0])));
    }

    @Test
    void aThousandDamagedFiles() throws IOException {
        damaged(GOOD, Map.of(), "\\.tsv( line \\d+)?: ");
    }

    @Test
    void theRealCorpusHasTheCountsOfItsSource() throws IOException {
        Path root = PublishedData.folder("chemprot").resolve("biocreative6_raw");
        assumeTrue(Files.isDirectory(root), () -> "skipped: ChemProt is not at " + root);
        Reading reading = new Reading(root, Optional.empty());
        try (Inputs inputs = Inputs.open(root)) {
            ChemProtSets.read(inputs, reading);
        }
        Map<String, Integer> abstracts = new TreeMap<>();
        Map<String, Integer> entities = new TreeMap<>();
        reading.splits().forEach((split, documents) -> {
            abstracts.put(split, documents.size());
            entities.put(split, documents.stream().mapToInt(d -> d.terms().size()).sum());
        });
        assertEquals(Map.of("train", 1020, "dev", 612, "test", 800), abstracts);
        assertEquals(Map.of("train", 25752, "dev", 15567, "test", 20828), entities);
        Corpus corpus = parts().create(provider(), Map.of("root", root)).read();
        List<Executable> counts = new ArrayList<>();
        counts.add(() -> assertEquals(Map.of("CPR:3", 768, "CPR:4", 2254, "CPR:5", 173, "CPR:6", 235, "CPR:9", 727, "false", 14066), labels(corpus, "train")));
        counts.add(() -> assertEquals(Map.of("CPR:3", 550, "CPR:4", 1094, "CPR:5", 116, "CPR:6", 199, "CPR:9", 457, "false", 9105), labels(corpus, "dev")));
        counts.add(() -> assertEquals(Map.of("CPR:3", 665, "CPR:4", 1661, "CPR:5", 195, "CPR:6", 293, "CPR:9", 644, "false", 12434), labels(corpus, "test")));
        assertAll(counts);
    }

    private static Map<String, Integer> labels(Corpus corpus, String split) throws CorpusException {
        Map<String, Integer> labels = new TreeMap<>();
        for (Example e : corpus.split(split)) e.pairs().forEach(p -> p.relations().forEach(r -> labels.merge(r, 1, Integer::sum)));
        return labels;
    }
}
