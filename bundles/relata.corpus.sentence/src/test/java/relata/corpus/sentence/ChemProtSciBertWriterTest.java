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

final class ChemProtSciBertWriterTest implements CorpusWriterContract<ChemProtSciBertWriter.Config> {
    @Override
    public ComponentProvider<CorpusWriter, ChemProtSciBertWriter.Config> provider() {
        return new ChemProtSciBertWriter();
    }

    @Override
    public ComponentProvider<CorpusReader, ChemProtSciBert.Config> reader() {
        return new ChemProtSciBert();
    }

    private static Entity e(String id, int start, int end) {
        return Entity.of(id, "", start, end);
    }

    @Override
    public List<Corpus> held() {
        Corpus both = Given.corpus(null, Given.split("dev", Given.sentence("dev:1", "gefitinib inhibits EGFR", e("e1", 0, 1), e("e2", 2, 3), "INHIBITOR")),
                Given.split("train", Given.sentence("train:1", "the EGFR inhibitor gefitinib , 😀", e("e1", 1, 3), e("e2", 1, 2), "INHIBITOR"), Given.sentence("train:2", "a b", e("e1", 0, 1), e("e2", 0, 2), "ANTAGONIST")));
        Corpus others = Given.corpus("false", Given.split("mine", Given.sentence("mine:1", "a b", e("e1", 0, 1), e("e2", 1, 2), "false")));
        return List.of(both, others);
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        return Map.of("a document", new NotHeld(Given.document(), "train example 'document'", "several pairs"),
                "tags as words", new NotHeld(Given.corpus(null, Given.split("train", Given.sentence("train:1", "a [[ b", e("e1", 0, 1), e("e2", 2, 3), "x"))), "train example 'train:1'", "words that look like <<"),
                "types", new NotHeld(Given.corpus(null, Given.split("train", Given.sentence("train:1", "a b", Entity.of("e1", "T", 0, 1), e("e2", 1, 2), "x"))), "train example 'train:1'", "types of entities"));
    }

    @Test
    void entitiesStandBetweenBrackets(@TempDir Path folder) throws IOException {
        assertEquals(Map.of(), part().write(held().get(0), folder.resolve("out"), Omissions.REFUSED));
        assertEquals("""
                {"text":"the << [[ EGFR ]] inhibitor >> gefitinib , 😀","label":"INHIBITOR","metadata":[]}
                {"text":"[[ << a >> b ]]","label":"ANTAGONIST","metadata":[]}
                """, Files.readString(folder.resolve("out").resolve("train.txt")));
    }
}
