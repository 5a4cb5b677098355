package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Omissions;
import relata.api.corpus.Pair;
import relata.testkit.CorpusWriterContract;

final class PubTatorWriterTest implements CorpusWriterContract<PubTatorWriter.Config> {
    @Override
    public ComponentProvider<CorpusWriter, PubTatorWriter.Config> provider() {
        return new PubTatorWriter();
    }

    @Override
    public ComponentProvider<CorpusReader, PubTator.Config> reader() {
        return new PubTator();
    }

    private static Pair pair(int head, int tail, String relation) {
        return new Pair(head, tail, List.of(relation));
    }

    @Override
    public List<Corpus> held() {
        return List.of(Given.corpus(List.of("binds"), Map.of("train", List.of(Given.concepts("12", pair(0, 1, "binds")), Given.concepts("a b", pair(0, 1, "none"))), "test", List.of(Given.concepts("3", pair(0, 1, "none"))))),
                Given.corpus(List.of("binds"), Map.of("all", List.of(Given.concepts("12", pair(0, 1, "binds"), pair(1, 0, "none"))))));
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        return Map.of("pieces", new NotHeld(Given.corpus(List.of("binds"), Map.of("train", List.of(Given.document("1", "T", pair(0, 1, "binds"), pair(0, 2, "none"))))), "train example '1'", "pieces of mentions", "'T1'"),
                "an id with a bar", new NotHeld(Given.corpus(List.of("binds"), Map.of("train", List.of(Given.concepts("a|b", pair(0, 1, "binds"))))), "train example 'a|b'", "ids of examples"),
                "another split", new NotHeld(Given.corpus(List.of("binds"), Map.of("mine", List.of(Given.concepts("1", pair(0, 1, "binds"))))), "split 'mine'", "all"));
    }

    @Test
    void placesCountOverTitleAndAbstract(@TempDir Path folder) throws IOException {
        assertEquals(Map.of(), part().write(held().get(0), folder.resolve("out"), Omissions.REFUSED));
        assertEquals("""
                3|t|😀 Aspirin helps .
                3|a|It , aspirin , bound COX | t | now's .
                3\t2\t9\tAspirin\tCHEM\tD1
                3\t23\t30\taspirin\tCHEM\tD1
                3\t39\t42\tCOX\tGENE\t7

                """, Files.readString(folder.resolve("out/test.pubtator")));
        assertEquals(Map.of("directed", true, "pairs", List.of(Map.of("head", "CHEM", "tail", "GENE"), Map.of("head", "GENE", "tail", "CHEM"))), part().write(held().get(1), folder.resolve("pairs"), Omissions.REFUSED));
    }
}
