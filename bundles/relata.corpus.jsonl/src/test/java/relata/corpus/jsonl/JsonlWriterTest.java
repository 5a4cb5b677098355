package relata.corpus.jsonl;

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
import relata.api.corpus.Span;
import relata.testkit.CorpusWriterContract;
import relata.testkit.TinyCorpus;

final class JsonlWriterTest implements CorpusWriterContract<JsonlWriter.Config> {
    @Override
    public ComponentProvider<CorpusWriter, JsonlWriter.Config> provider() {
        return new JsonlWriter();
    }

    @Override
    public ComponentProvider<CorpusReader, JsonlReader.Config> reader() {
        return new JsonlReader();
    }

    @Override
    public List<Corpus> held() {
        Passage odd = new Passage("p", List.of("<a>", "é😀", "\\", "a\r\nb"), List.of(0, 2), List.of(new Entity("x\"\u2028", "T", List.of(new Mention(List.of(new Span(0, 1), new Span(2, 3))))), Entity.of("y", "", 1, 2)),
                List.of(new Fact(0, 1, "x"), new Fact(1, 0, "y")), "the document");
        Corpus several = corpus(List.of(new Example("1", odd, List.of(new Pair(0, 1, List.of("x")))), new Example("2", odd, List.of(new Pair(1, 0, List.of("y"))))), List.of("x", "y"), Optional.empty());
        Corpus document = corpus(List.of(TinyCorpus.document()), List.of("located-in", "made-of", "none", "works-for"), Optional.of("none"));
        return List.of(TinyCorpus.corpus(), several, document);
    }

    private static Corpus corpus(List<Example> train, List<String> relations, Optional<String> negative) {
        return new Corpus("a corpus", new TreeMap<>(Map.of("train", train)), relations, negative, new TreeMap<>());
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        Example e = TinyCorpus.example("x", "<h: a> is <t: b>", "r");
        Passage half = new Passage("half", List.of("a", "\ud83d"), List.of(), List.of(Entity.of("e1", "", 0, 1), Entity.of("e2", "", 1, 2)), List.of());
        return Map.of("a relation that no pair has", new NotHeld(corpus(List.of(e), List.of("q", "r"), Optional.empty()), "relations that no pair has", "q"),
                "half a character", new NotHeld(corpus(List.of(new Example("half", half, List.of(new Pair(0, 1, List.of())))), List.of(), Optional.empty()), "train example 'half'", "half a surrogate pair"));
    }

    @Test
    void aLineIsAnExample(@TempDir Path folder) throws IOException {
        Map<String, Object> settings = part().write(corpus(List.of(TinyCorpus.example("x", "<h:A a> is <t: b>", "r")), List.of("r"), Optional.empty()), folder.resolve("out"), Omissions.REFUSED);
        assertEquals("""
                {"id":"x","tokens":["a","is","b"],"sentences":[0],"entities":[{"id":"a","type":"A","mentions":[{"start":0,"end":1}]},{"id":"b","mentions":[{"start":2,"end":3}]}],\
                "relations":[{"head":0,"tail":1,"relation":"r"}],"pairs":[[0,1]]}
                """, Files.readString(folder.resolve("out").resolve("train.jsonl")));
        assertEquals(Map.of(), settings);
    }
}
