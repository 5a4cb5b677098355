package relata.corpus.sentence;

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
import relata.api.corpus.Entity;
import relata.api.corpus.Omissions;
import relata.testkit.CorpusWriterContract;

final class OpenNreWriterTest implements CorpusWriterContract<OpenNreWriter.Config> {
    @Override
    public ComponentProvider<CorpusWriter, OpenNreWriter.Config> provider() {
        return new OpenNreWriter();
    }

    @Override
    public ComponentProvider<CorpusReader, OpenNre.Config> reader() {
        return new OpenNre();
    }

    private static Entity e(String id, int start, int end) {
        return Entity.of(id, "", start, end);
    }

    @Override
    public List<Corpus> held() {
        Corpus both = Given.corpus("NA", Given.split("test", Given.sentence("test:1", "A \" choir \" of frogs", e("Q1", 2, 3), e("Q2", 5, 6), "part")),
                Given.split("train", Given.sentence("train:1", "😀 <e1> sank\tthe fishing boat (", e("h", 1, 3), e("t", 2, 4), "NA")));
        Corpus others = Given.corpus("none", Given.split("mine", Given.sentence("mine:1", "a b", e("Q1", 0, 1), e("Q2", 1, 2), "none")));
        return List.of(both, others);
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        return Map.of("a document", new NotHeld(Given.document(), "train example 'document'", "several pairs"),
                "ids", new NotHeld(Given.corpus("NA", Given.split("train", Given.sentence("x", "a b", e("Q1", 0, 1), e("Q2", 1, 2), "NA"))), "train example 'x'", "ids of examples"),
                "types", new NotHeld(Given.corpus("NA", Given.split("train", Given.sentence("train:1", "a b", Entity.of("Q1", "T", 0, 1), e("Q2", 1, 2), "NA"))), "train example 'train:1'", "types of entities"),
                "two labels without a relation", new NotHeld(Given.corpus(null, Given.split("train", Given.sentence("train:1", "a b", e("Q1", 0, 1), e("Q2", 1, 2), "NA"))), "train example 'train:1'", "facts"));
    }

    @Test
    void placesAreExclusive(@TempDir Path folder) throws IOException {
        assertEquals(Map.of("negative", "NA"), part().write(held().get(0), folder.resolve("out"), Omissions.REFUSED));
        assertEquals("""
                {"token":["A","\\"","choir","\\"","of","frogs"],"h":{"name":"choir","id":"Q1","pos":[2,3]},"t":{"name":"frogs","id":"Q2","pos":[5,6]},"relation":"part"}
                """, Files.readString(folder.resolve("out").resolve("test.txt")));
    }
}
