package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;
import relata.testkit.Settings;

final class BratTest extends FixtureReaderContract<Brat.Config> {
    private static final String TEXT = "Effects of \ud835\udefc-synuclein\nThe left and right ventricle of\nthe heart bind Protein A. It binds heart protein B.\n";

    /** Discontinuous and nested mentions, one over a line end, a character outside of the BMP, and all that is no relation between two mentions. */
    private static final Fixture GOOD = Fixture.of("train/1.txt", TEXT, "train/1.ann", """
            T1\tProtein 11 22\t\ud835\udefc-synuclein
            T2\tPart 27 31;42 51\tleft ventricle
            T3\tPart 36 51\tright ventricle
            T4\tOrgan 55 64\tthe heart
            T5\tProtein 70 79\tProtein A
            T6\tProtein 90 105\theart protein B
            T7\tOrgan 90 95\theart
            T8\tProcess 65 69\tbind
            E1\tProcess:T8 Theme:T5
            R1\tPartOf Arg1:T2 Arg2:T4\t
            R2\tPartOf Arg2:T4 Arg1:T3
            R3\tFoundIn Arg1:T6 Arg2:T7
            R4\tFoundIn Arg1:T5 Arg2:T1
            R5\tCauses Arg1:E1 Arg2:T1
            *\tEquiv T5 T6
            A1\tNegation E1
            N1\tReference T5 UniProt:P12345\tProtein A
            #1\tAnnotatorNotes T5\tsure?
            """, "test/2.txt", "The atrium of the heart.", "test/2.ann", "T1\tPart 4 10\tatrium\r\nT2\tOrgan 18 23\theart\r\n", "test/3.txt", "", "test/3.ann", "");

    BratTest() {
        super(GOOD, Map.of("wrapped", true));
    }

    @Override
    public ComponentProvider<CorpusReader, Brat.Config> provider() {
        return new Brat();
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> b = new LinkedHashMap<>();
        Path f = Files.createDirectories(folder.resolve("b"));
        Map<String, ?> no = Map.of();
        String ann = "train/1.ann";
        GOOD.with(ann, "70 79\tProtein A", "71 80\tProtein A").broken(b, f, no, "1.ann line", "mixes units");
        GOOD.with(ann, "70 79\tProtein A", "72 81\tProtein A").broken(b, f, no, "1.ann line 5", "T5 is 'Protein A', but at characters 72 to 81 stands 'otein A. '", "it stands at characters 70 to 79");
        GOOD.with(ann, "27 31;42 51", "42 51;27 31").broken(b, f, no, "1.ann line 2", "T2", "ascend");
        GOOD.with(ann, "27 31;42 51", "27 31;42").broken(b, f, no, "1.ann line 2", "'27 31;42'");
        GOOD.with(ann, "27 31;42 51", "27 31;42 5x").broken(b, f, no, "1.ann line 2", "end was '5x'");
        GOOD.with(ann, "27 31;42 51", "31 27").broken(b, f, no, "1.ann line 2", "T2", "31 to 27");
        GOOD.with(ann, "27 31;42 51", "27 3100").broken(b, f, no, "1.ann line 2", "27 to 3100", "107 characters");
        GOOD.with(ann, "Part 27", "Part27").broken(b, f, no, "1.ann line 2");
        GOOD.with(ann, "T3\tPart", "T2\tPart").broken(b, f, no, "1.ann line 3", "T2 again", "line 2");
        GOOD.with(ann, "T3\tPart", "Part").broken(b, f, no, "1.ann line 3", "'Part 36 51'", "T1, and a tab");
        GOOD.with(ann, "T3\tPart", "X3\tPart").broken(b, f, no, "1.ann line 3", "X3", "begin with T, R");
        GOOD.with(ann, "T3\tPart 36 51\t", "T3\tPart 36 51 ").broken(b, f, no, "1.ann line 3", "2 columns");
        GOOD.with(ann, "PartOf Arg2:T4 Arg1:T3", "PartOf Arg2:T4 Arg1:T33").broken(b, f, no, "1.ann line 11", "'Arg1:T33'");
        GOOD.with(ann, "PartOf Arg2:T4 Arg1:T3", "PartOf Arg2:T4").broken(b, f, no, "1.ann line 11", "'PartOf Arg2:T4'");
        GOOD.with(ann, "PartOf Arg2:T4 Arg1:T3", "PartOf Arg2:T4 Arg1:T4").broken(b, f, no, "1.ann line 11", "itself");
        GOOD.without("train/1.txt").broken(b, f, no, "1.ann", "1.txt is missing");
        GOOD.broken(b, f, Map.of("pairs", "[{ head: Part, tail: Organs }]"), "'Organs'", "Organ, Part, Process, Protein");
        GOOD.broken(b, f, Map.of("negative", " "), "'negative' is empty");
        GOOD.with("test/2.ann", "T2", "R1\tMadeOf Arg1:T1 Arg2:T2\nT2").broken(b, f, no, "'MadeOf'", "does not occur in train");
        Fixture.of("a.txt", "A b.").broken(b, f, no, "no .ann file", "a.txt");
        Fixture.of("a.txt", "A b.", "a.ann", "T1\tX 0 1\tA\nT2\tX 2 3\tb\n").broken(b, f, no, "no relation", "'pairs'", "X");
        Fixture.of("a.txt", "", "a.ann", "T1\tX 0 1\tA\n").broken(b, f, no, "a.ann line 1", "no text");
        return b;
    }

    @Test
    void pairsOfTheTypesThatAreRelatedSomewhere() throws IOException {
        Corpus corpus = part().read();
        assertEquals(List.of("left .. ventricle | the heart | PartOf", "right ventricle | the heart | PartOf", "Protein A | the heart | none", "heart protein B | heart | FoundIn"),
                Fixture.answers(corpus, "train").stream().filter(a -> !a.contains("synuclein")).toList());
        assertEquals(List.of("atrium | heart | none"), Fixture.answers(corpus, "test"));
        Brat.Config config = Settings.of(Brat.Config.class, Map.of("root", folder.resolve("good")));
        try (Inputs inputs = Inputs.open(config.root())) {
            Reading reading = Brat.read(inputs, config);
            reading.ask(inputs, Optional.of(Asked.of(reading.types(), true)), "none", false);
            assertEquals("1 attributes were left out; 1 documents without text were left out; 1 equivalences were left out; 1 events were left out; 1 normalizations were left out; 1 notes were left out; "
                    + "3 relations between sentences, or between entities that are not asked about, were left out; 1 relations of events were left out", reading.notes().words());
        }
    }

    @Test
    void aWholeDocumentIsOneExample() throws IOException {
        Corpus corpus = read(GOOD, "document", Map.of("level", "document"));
        Example example = corpus.split("train").get(0);
        assertEquals(1, corpus.split("train").size());
        assertEquals("train/1", example.id());
        assertEquals(List.of("left .. ventricle | the heart | PartOf", "left .. ventricle | heart | none", "right ventricle | the heart | PartOf", "right ventricle | heart | none", "Protein A | \ud835\udefc-synuclein | FoundIn",
                "Protein A | heart protein B | none"), Fixture.answers(corpus, "train").stream().filter(a -> a.startsWith("left") || a.startsWith("right") || a.startsWith("Protein A |") && !a.contains("| heart |") && !a.contains("the heart")).toList());
        // a line ends a sentence unless a mention goes on
        assertEquals(List.of(0, 3, 9, 15), example.passage().sentences());
    }

    @Test
    void withoutDirectionEachTwoAreAskedAboutOnce() throws IOException {
        Corpus corpus = read(GOOD, "undirected", Map.of("level", "document", "directed", false, "pairs", "[{ head: Protein, tail: Protein }]"));
        assertEquals(List.of("\ud835\udefc-synuclein | Protein A | FoundIn", "\ud835\udefc-synuclein | heart protein B | none", "Protein A | heart protein B | none"), Fixture.answers(corpus, "train"));
    }

    @Test
    void offsetsCountTheTextAsItIsWithItsLineEnds() throws IOException {
        Fixture crlf = Fixture.of("a.txt", "One\r\nTwo three\r\n", "a.ann", "T1\tX 5 8\tTwo\r\nT2\tX 9 14\tthree\r\nR1\tr Arg1:T1 Arg2:T2\r\n");
        assertEquals(List.of("Two | three | r", "three | Two | none"), Fixture.answers(read(crlf, "crlf", Map.of()), "all"));
    }

    @Test
    void aZipReadsTheSame() throws IOException {
        assertEquals(part().read().splits(), parts().create(provider(), Map.of("root", GOOD.zip(folder.resolve("brat.zip")), "wrapped", true)).read().splits());
    }

    @Test
    void aThousandDamagedFiles() throws IOException {
        Fixture fixture = GOOD.without("test/3.txt").without("test/3.ann");
        damaged(fixture, Map.of("unseen", "keep", "pairs", List.of(new TypePair("Part", "Organ"))), "\\.(txt|ann)( line \\d+)?: |asks about no pair|no entity of the type");
    }
}
