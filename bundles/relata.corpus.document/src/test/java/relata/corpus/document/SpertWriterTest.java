package relata.corpus.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Omissions;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.testkit.CorpusWriterContract;

final class SpertWriterTest implements CorpusWriterContract<SpertWriter.Config> {
    @Override
    public ComponentProvider<CorpusWriter, SpertWriter.Config> provider() {
        return new SpertWriter();
    }

    @Override
    public ComponentProvider<CorpusReader, Spert.Config> reader() {
        return new Spert();
    }

    private static Passage passage(String id, Fact... facts) {
        return new Passage(id, List.of("😀", "Zolin", "gave\n", "\"a\"", "rash"), List.of(), List.of(Entity.of("e0", "AE", 3, 5), Entity.of("e1", "Drug", 1, 2), Entity.of("e2", "Drug", 1, 3)), List.of(facts));
    }

    private static Corpus corpus(Optional<String> negative, List<String> relations, Map<String, List<Example>> splits) {
        return new Corpus("given", new TreeMap<>(splits), relations, negative, new TreeMap<>());
    }

    @Override
    public List<Corpus> held() {
        Passage p = passage("1", new Fact(0, 1, "causes"));
        Example all = new Example("1", p, List.of(new Pair(0, 1, List.of("causes")), pair(0, 2), pair(1, 0), pair(1, 2), pair(2, 0), pair(2, 1)));
        Example typed = new Example("1", p, List.of(new Pair(0, 1, List.of("causes")), pair(0, 2)));
        Example labelled = new Example("1", p, List.of(new Pair(0, 1, List.of("causes"))));
        Passage unknown = passage("q");
        Example asked = new Example("q", unknown, all.pairs().stream().map(q -> new Pair(q.head(), q.tail(), List.of())).toList());
        return List.of(corpus(Optional.of("none"), List.of("causes", "none"), Map.of("train", List.of(all), "test", List.of(asked))),
                corpus(Optional.of("none"), List.of("causes", "none"), Map.of("ade", List.of(typed))), corpus(Optional.empty(), List.of("causes"), Map.of("train", List.of(labelled))));
    }

    private static Pair pair(int head, int tail) {
        return new Pair(head, tail, List.of("none"));
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        Passage p = new Passage("1", List.of("a", "b"), List.of(), List.of(new Entity("e0", "A", List.of(Mention.of(0, 1), Mention.of(1, 2))), Entity.of("e1", "", 1, 2)), List.of());
        Corpus twice = corpus(Optional.of("none"), List.of("none"), Map.of("train", List.of(new Example("1", p, List.of(pair(0, 1), pair(1, 0))))));
        Passage q = new Passage("1", List.of("a", "b"), List.of(0, 1), List.of(Entity.of("e0", "A", 0, 1), Entity.of("e1", "A", 1, 2)), List.of());
        Corpus sentences = corpus(Optional.of("none"), List.of("none"), Map.of("train", List.of(new Example("1", q, List.of(pair(0, 1), pair(1, 0))))));
        Corpus some = corpus(Optional.of("none"), List.of("none", "r"), Map.of("train", List.of(new Example("1", passage("1", new Fact(0, 1, "r")), List.of(new Pair(0, 1, List.of("r")), pair(2, 1))))));
        Corpus shared = corpus(Optional.of("none"), List.of("none"), Map.of("train", List.of(new Example("1", q, List.of(pair(0, 1))), new Example("2", q, List.of(pair(1, 0))))));
        return Map.of("two mentions and no type", new NotHeld(twice, "train example '1'", "further mentions of entities"), "sentences", new NotHeld(sentences, "train example '1'", "borders of sentences"),
                "some pairs only", new NotHeld(some, "train example '1'", "which pairs are not asked about"), "a shared passage", new NotHeld(shared, "train example '1'", "that examples share a passage"));
    }

    @Test
    void aPassageIsALine(@TempDir Path folder) throws IOException {
        assertEquals(Map.of("pairs", "typed", "files", Map.of("ade", "ade.json")), part().write(held().get(1), folder.resolve("out"), Omissions.REFUSED));
        assertEquals("""
                [
                {"tokens":["😀","Zolin","gave\\n","\\"a\\"","rash"],"entities":[{"type":"AE","start":3,"end":5},{"type":"Drug","start":1,"end":2},{"type":"Drug","start":1,"end":3}],\
                "relations":[{"type":"causes","head":0,"tail":1}],"orig_id":"1"}
                ]
                """, Files.readString(folder.resolve("out").resolve("ade.json")));
        assertEquals(Map.of("pairs", "labelled"), part().write(held().get(2), folder.resolve("labelled"), Omissions.REFUSED));
    }
}
