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

final class SemEvalWriterTest implements CorpusWriterContract<SemEvalWriter.Config> {
    @Override
    public ComponentProvider<CorpusWriter, SemEvalWriter.Config> provider() {
        return new SemEvalWriter();
    }

    @Override
    public ComponentProvider<CorpusReader, SemEval.Config> reader() {
        return new SemEval();
    }

    private static Entity e(String id, int start, int end) {
        return Entity.of(id, "", start, end);
    }

    @Override
    public List<Corpus> held() {
        Corpus both = Given.corpus("Other", Given.split("test", Given.sentence("7", "A \" choir \" of frogs", e("e1", 2, 3), e("e2", 5, 6), "Member-Collection(e2,e1)")),
                Given.split("train", Given.sentence("3", "😀 A storm sank the fishing boat .", e("e1", 2, 3), e("e2", 5, 7), "Other"), Given.sentence("4", "Ada 's jar does n't fit", e("e1", 0, 1), e("e2", 2, 3), "Cause-Effect(e1,e2)")));
        Corpus others = Given.corpus("Other", Given.split("dev", Given.sentence("1", "nested in it", e("e1", 0, 3), e("e2", 2, 3), "Other")), Given.split("mine", Given.sentence("2", "a b", e("e1", 0, 1), e("e2", 0, 1), null)));
        return List.of(both, others);
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        return Map.of("a document", new NotHeld(Given.document(), "train example 'document'", "several pairs"),
                "a label of its own", new NotHeld(Given.corpus("Other", Given.split("train", Given.sentence("1", "a b", e("e1", 0, 1), e("e2", 1, 2), "part-of"))), "train example '1'", "'part-of'", "Cause-Effect"),
                "types", new NotHeld(Given.corpus("Other", Given.split("train", Given.sentence("1", "a b", Entity.of("e1", "T", 0, 1), e("e2", 1, 2), "Other"))), "train example '1'", "types of entities", "'T'"),
                "an id that is no number", new NotHeld(Given.corpus("Other", Given.split("train", Given.sentence("one", "a b", e("e1", 0, 1), e("e2", 1, 2), "Other"))), "train example 'one'", "ids of examples"),
                "tags as words", new NotHeld(Given.corpus("Other", Given.split("train", Given.sentence("1", "a <e1> b", e("e1", 0, 1), e("e2", 2, 3), "Other"))), "train example '1'", "words that look like <e1>"),
                "other words", new NotHeld(Given.corpus("Other", Given.split("train", Given.sentence("1", "a (b)", e("e1", 0, 1), e("e2", 1, 2), "Other"))), "train example '1'", "borders of tokens"));
    }

    @Test
    void entitiesStandBetweenTags(@TempDir Path folder) throws IOException {
        Map<String, Object> settings = part().write(held().get(0), folder.resolve("out"), Omissions.REFUSED);
        assertEquals(Map.of(), settings);
        assertEquals("""
                3\t"😀 A <e1>storm</e1> sank the <e2>fishing boat</e2> ."
                Other
                Comment:

                4\t"<e1>Ada</e1>'s <e2>jar</e2> doesn't fit"
                Cause-Effect(e1,e2)
                Comment:

                """, Files.readString(folder.resolve("out").resolve("TRAIN_FILE.TXT")));
    }
}
