package relata.corpus.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

final class DocRedWriterTest implements CorpusWriterContract<DocRedWriter.Config> {
    @Override
    public ComponentProvider<CorpusWriter, DocRedWriter.Config> provider() {
        return new DocRedWriter();
    }

    @Override
    public ComponentProvider<CorpusReader, DocRed.Config> reader() {
        return new DocRed();
    }

    private static Corpus corpus(Optional<String> negative, String title, Entity first, boolean labelled) {
        List<Entity> entities = List.of(first, Entity.of("e1", "LOC", 4, 6), Entity.of("e2", "", 3, 4));
        Passage passage = new Passage(title, List.of("Ada", "😀", ".", "She", "San", "<Marino>", "Ada"), List.of(0, 3), entities, List.of(new Fact(0, 1, "P1"), new Fact(0, 1, "P2"), new Fact(2, 1, "P1")));
        List<Pair> pairs = new ArrayList<>();
        for (int h = 0; h < 3; h++)
            for (int t = 0; t < 3; t++) {
                List<String> relations = h == 0 && t == 1 ? List.of("P1", "P2") : h == 2 && t == 1 ? List.of("P1") : List.of();
                if (h != t && (!labelled || !relations.isEmpty())) pairs.add(new Pair(h, t, relations.isEmpty() ? negative.stream().toList() : relations));
            }
        List<String> all = new ArrayList<>(List.of("P1", "P2"));
        all.addAll(negative.stream().toList());
        return new Corpus("given", new TreeMap<>(Map.of("train", List.of(new Example(title, passage, pairs)))), all, negative, new TreeMap<>());
    }

    @Override
    public List<Corpus> held() {
        Entity ada = new Entity("e0", "PER", List.of(Mention.of(0, 1), Mention.of(6, 7)));
        return List.of(corpus(Optional.of("NA"), "Ada\t\"I\"", ada, false), corpus(Optional.of("nothing"), "A", ada, false), corpus(Optional.empty(), "A", ada, true));
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        Entity pieces = new Entity("e0", "PER", List.of(new Mention(List.of(new Span(0, 1), new Span(2, 3)))));
        return Map.of("pieces", new NotHeld(corpus(Optional.of("NA"), "A", pieces, false), "train example 'A'", "pieces of mentions", "'e0'"),
                "over the end of a sentence", new NotHeld(corpus(Optional.of("NA"), "A", Entity.of("e0", "PER", 1, 5), false), "train example 'A'", "entities", "'e0'"),
                "ids of entities", new NotHeld(corpus(Optional.of("NA"), "A", Entity.of("Q7", "PER", 0, 1), false), "train example 'A'", "ids of entities", "'Q7'"));
    }

    @Test
    void placesCountInTheirSentence(@TempDir Path folder) throws IOException {
        assertEquals(Map.of("pairs", "labelled"), part().write(held().get(2), folder.resolve("out"), Omissions.REFUSED));
        assertEquals("""
                [
                {"title":"A","sents":[["Ada","😀","."],["She","San","<Marino>","Ada"]],"vertexSet":[[{"name":"Ada","sent_id":0,"pos":[0,1],"type":"PER"},{"name":"Ada","sent_id":1,"pos":[3,4],"type":"PER"}],\
                [{"name":"San <Marino>","sent_id":1,"pos":[1,3],"type":"LOC"}],[{"name":"She","sent_id":1,"pos":[0,1],"type":""}]],\
                "labels":[{"h":0,"t":1,"r":"P1","evidence":[]},{"h":0,"t":1,"r":"P2","evidence":[]},{"h":2,"t":1,"r":"P1","evidence":[]}]}
                ]
                """, Files.readString(folder.resolve("out").resolve("train.json")));
        assertEquals(Map.of("negative", "nothing"), part().write(held().get(1), folder.resolve("other"), Omissions.REFUSED));
    }
}
