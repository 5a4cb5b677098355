package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Corpus;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;

class TinyCorpusTest {
    @Test
    void everySplitHasEveryLabelAndNoTextTwice() throws Exception {
        Corpus corpus = TinyCorpus.corpus();
        assertEquals(List.of("located-in", "made-of", "none", "works-for"), corpus.relations());
        Set<String> texts = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (List<Example> split : corpus.splits().values()) {
            assertEquals(Set.copyOf(corpus.relations()), split.stream().flatMap(e -> e.pairs().get(0).relations().stream()).collect(Collectors.toSet()));
            for (Example e : split) {
                assertTrue(texts.add(e.passage().text()), e.id());
                assertTrue(ids.add(e.id()), e.id());
            }
        }
        assertEquals(16, corpus.split("train").size());
        assertEquals(corpus, TinyCorpus.corpus());
    }

    @Test
    void marksBecomeSpans() {
        Example e = TinyCorpus.example("x", "In <t:PLACE Lower Mara> lives <h:PERSON Anna> .", "lives-in");
        assertEquals("In Lower Mara lives Anna .", e.passage().text());
        assertEquals(List.of(Mention.of(4, 5)), e.head(0).mentions());
        assertEquals(List.of(Mention.of(1, 3)), e.tail(0).mentions());
        assertEquals("lower-mara", e.tail(0).id());
        assertEquals("PERSON", e.head(0).type());
        assertThrows(IllegalArgumentException.class, () -> TinyCorpus.example("x", "<h:A b> and nothing else", "r"));
    }

    @Test
    void theDocumentsMentionsCoverTheirWords() {
        Example d = TinyCorpus.document();
        List<String> names = d.passage().entities().stream()
                .map(e -> e.mentions().stream().map(m -> m.tokens().stream().mapToObj(d.passage().tokens()::get).collect(Collectors.joining(" "))).collect(Collectors.joining("; ")))
                .toList();
        assertEquals(List.of("Mira Sol; Sol", "boat", "pine planks", "Saltholm"), names);
    }
}
