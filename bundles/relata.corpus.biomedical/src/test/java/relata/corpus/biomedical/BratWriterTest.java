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

final class BratWriterTest implements CorpusWriterContract<BratWriter.Config> {
    @Override
    public ComponentProvider<CorpusWriter, BratWriter.Config> provider() {
        return new BratWriter();
    }

    @Override
    public ComponentProvider<CorpusReader, Brat.Config> reader() {
        return new Brat();
    }

    private static Pair pair(int head, int tail, String relation) {
        return new Pair(head, tail, List.of(relation));
    }

    @Override
    public List<Corpus> held() {
        Corpus both = Given.corpus(List.of("binds"), Map.of("train", List.of(Given.document("train/a", "T", pair(0, 1, "binds"), pair(0, 2, "none")), Given.document("train/b", "T", pair(0, 1, "none"), pair(0, 2, "binds"))),
                "test", List.of(Given.document("test/sub/c", "T", pair(0, 1, "none"), pair(0, 2, "none")))));
        return List.of(both, Given.corpus(List.of("binds"), Map.of("all", List.of(Given.document("a", "T", pair(0, 1, "binds"), pair(1, 0, "none"), pair(0, 2, "none"), pair(2, 0, "none"))))));
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        return Map.of("two mentions", new NotHeld(Given.twice("train/a", "T"), "train example 'train/a'", "further mentions of entities"),
                "ids", new NotHeld(Given.corpus(List.of("binds"), Map.of("train", List.of(Given.document("a", "T", pair(0, 1, "binds"), pair(0, 2, "none"))))), "train example 'a'", "ids of examples", "train/a"),
                "ids of entities", new NotHeld(Given.corpus(List.of("binds"), Map.of("train", List.of(Given.document("train/a", "C", pair(0, 1, "binds"), pair(0, 2, "none"))))), "train example 'train/a'", "ids of entities"),
                "order", new NotHeld(Given.corpus(List.of("binds"), Map.of("train", List.of(Given.document("train/b", "T", pair(0, 1, "binds"), pair(0, 2, "none")), Given.document("train/a", "T", pair(0, 1, "binds"), pair(0, 2, "none"))))),
                        "order of examples"));
    }

    @Test
    void placesCountCodePoints(@TempDir Path folder) throws IOException {
        assertEquals(Map.of("level", "document"), part().write(held().get(0), folder.resolve("out"), Omissions.REFUSED));
        assertEquals("😀 Left and right eyes see .\nThe lens < b > bends .\n", Files.readString(folder.resolve("out/train/a.txt")));
        assertEquals("""
                T1\tGENE 2 6;17 21\tLeft eyes
                T2\tLENS 32 36\tlens
                T3\tLENS 28 36\tThe lens
                R1\tbinds Arg1:T1 Arg2:T2
                """, Files.readString(folder.resolve("out/train/a.ann")));
        assertEquals(Map.of("level", "document", "pairs", List.of(Map.of("head", "GENE", "tail", "LENS"), Map.of("head", "LENS", "tail", "GENE"))), part().write(held().get(1), folder.resolve("pairs"), Omissions.REFUSED));
    }
}
