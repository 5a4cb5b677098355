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
import relata.api.corpus.Mention;
import relata.api.corpus.Omissions;
import relata.api.corpus.Span;
import relata.testkit.CorpusWriterContract;

final class TacredWriterTest implements CorpusWriterContract<TacredWriter.Config> {
    @Override
    public ComponentProvider<CorpusWriter, TacredWriter.Config> provider() {
        return new TacredWriter();
    }

    @Override
    public ComponentProvider<CorpusReader, Tacred.Config> reader() {
        return new Tacred();
    }

    private static Entity s(String type, int start, int end) {
        return Entity.of("subj", type, start, end);
    }

    private static Entity o(String type, int start, int end) {
        return Entity.of("obj", type, start, end);
    }

    @Override
    public List<Corpus> held() {
        Corpus both = Given.corpus("no_relation", Given.split("test", Given.sentence("7", "A \" choir \" of frogs", s("ORG", 2, 3), o("", 5, 6), "part")),
                Given.split("train", Given.sentence("x y", "😀 <e1> sank\tthe fishing boat (", s("A", 1, 3), o("B", 5, 6), "no_relation")));
        Corpus others = Given.corpus("none", Given.split("unlabelled", Given.sentence("a", "-LRB- it", s("A", 0, 1), o("B", 1, 2), null)), Given.split("train", Given.sentence("b", "a b", s("A", 0, 2), o("B", 1, 2), "none")));
        return List.of(both, others);
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        Entity pieces = new Entity("obj", "B", List.of(new Mention(List.of(new Span(1, 2), new Span(3, 4)))));
        Entity twice = new Entity("obj", "B", List.of(Mention.of(1, 2), Mention.of(3, 4)));
        return Map.of("a document", new NotHeld(Given.document(), "train example 'document'", "several pairs"),
                "pieces", new NotHeld(Given.corpus("no_relation", Given.split("train", Given.sentence("1", "a b c d", s("A", 0, 1), pieces, "r"))), "train example '1'", "pieces of mentions"),
                "two mentions", new NotHeld(Given.corpus("no_relation", Given.split("train", Given.sentence("1", "a b c d", s("A", 0, 1), twice, "r"))), "train example '1'", "further mentions"),
                "ids of entities", new NotHeld(Given.corpus("no_relation", Given.split("train", Given.sentence("1", "a b", Entity.of("Q1", "", 0, 1), o("B", 1, 2), "r"))), "train example '1'", "ids of entities", "'Q1'"));
    }

    @Test
    void endsAreInclusive(@TempDir Path folder) throws IOException {
        part().write(held().get(0), folder.resolve("out"), Omissions.REFUSED);
        assertEquals("""
                [
                {"id":"x y","relation":"no_relation","token":["😀","<e1>","sank\\tthe","fishing","boat","("],"subj_start":1,"subj_end":2,"subj_type":"A","obj_start":5,"obj_end":5,"obj_type":"B"}
                ]
                """, Files.readString(folder.resolve("out").resolve("train.json")));
        assertEquals(Map.of("negative", "none", "brackets", false, "files", Map.of("train", "train.json", "unlabelled", "unlabelled.json")), part().write(held().get(1), folder.resolve("other"), Omissions.REFUSED));
    }
}
