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

final class FewRelWriterTest implements CorpusWriterContract<FewRelWriter.Config> {
    @Override
    public ComponentProvider<CorpusWriter, FewRelWriter.Config> provider() {
        return new FewRelWriter();
    }

    @Override
    public ComponentProvider<CorpusReader, FewRel.Config> reader() {
        return new FewRel();
    }

    private static Entity e(String id, int start, int end) {
        return Entity.of(id, "", start, end);
    }

    @Override
    public List<Corpus> held() {
        Entity twice = new Entity("Q5", "", List.of(Mention.of(1, 2), Mention.of(3, 4)));
        Entity pieces = new Entity("Q6", "", List.of(new Mention(List.of(new Span(0, 1), new Span(2, 3)))));
        Corpus both = Given.corpus(null, Given.split("dev", Given.sentence("dev:P1[0]", "A \" choir \" of frogs", e("Q1", 2, 3), e("Q2", 5, 6), "P1")),
                Given.split("train", Given.sentence("train:P2[0]", "a Bee a bee 😀", twice, e("t", 4, 5), "P2"), Given.sentence("train:P2[1]", "left and right ventricle", pieces, e("Q2", 3, 4), "P2"),
                        Given.sentence("train:P3[0]", "a\r\nb <c>", e("h", 0, 1), e("t", 1, 2), "P3")));
        return List.of(both);
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        Entity other = new Entity("Q5", "", List.of(Mention.of(0, 1), Mention.of(2, 3)));
        return Map.of("a document", new NotHeld(Given.document(), "train example 'document'", "several pairs"),
                "no answer", new NotHeld(Given.corpus(null, Given.split("train", Given.sentence("a", "a b", e("Q1", 0, 1), e("Q2", 1, 2), null))), "train example 'a'", "examples without an answer"),
                "mentions of other words", new NotHeld(Given.corpus(null, Given.split("train", Given.sentence("train:P1[0]", "a b c", other, e("Q2", 1, 2), "P1"))), "train example 'train:P1[0]'", "further mentions"),
                "another order", new NotHeld(Given.corpus(null, Given.split("train", Given.sentence("train:P1[0]", "a b", e("Q1", 0, 1), e("Q2", 1, 2), "P1"),
                        Given.sentence("train:P2[0]", "a b", e("Q1", 0, 1), e("Q2", 1, 2), "P2"), Given.sentence("train:P1[1]", "a b", e("Q1", 0, 1), e("Q2", 1, 2), "P1"))), "split 'train'", "order of examples"),
                "a relation in two splits", new NotHeld(Given.corpus(null, Given.split("train", Given.sentence("a", "a b", e("Q1", 0, 1), e("Q2", 1, 2), "P1")),
                        Given.split("dev", Given.sentence("b", "a b", e("Q1", 0, 1), e("Q2", 1, 2), "P1"))), "train example 'a'", "'P1'", "'dev'"));
    }

    @Test
    void sentencesStandUnderTheirRelation(@TempDir Path folder) throws IOException {
        assertEquals(Map.of(), part().write(held().get(0), folder.resolve("out"), Omissions.REFUSED));
        assertEquals("""
                {"P2":[{"tokens":["a","Bee","a","bee","😀"],"h":["bee","Q5",[[1],[3]]],"t":["😀","t",[[4]]]},{"tokens":["left","and","right","ventricle"],"h":["left right","Q6",[[0,2]]],"t":["ventricle","Q2",[[3]]]}],\
                "P3":[{"tokens":["a\\r\\nb","<c>"],"h":["a\\r\\nb","h",[[0]]],"t":["<c>","t",[[1]]]}]}
                """, Files.readString(folder.resolve("out").resolve("train.json")));
    }
}
