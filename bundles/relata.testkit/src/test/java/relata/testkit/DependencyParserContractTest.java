package relata.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;

/** Parsers that are wrong on purpose, each caught by the test named for it. */
class DependencyParserContractTest {
    /** The contract of a parser, wrong or right. */
    record Case(DependencyParser parser) implements DependencyParserContract<FakeParser.Config> {
        @Override
        public ComponentProvider<DependencyParser, FakeParser.Config> provider() {
            return new FakeParser();
        }

        @Override
        public DependencyParser part() {
            return parser;
        }
    }

    private static void assertCaught(DependencyParser wrong, String... tests) {
        Mutants.assertCaught(new Case(wrong), tests);
    }

    /** A wrong parser, made from right graphs. */
    private static DependencyParser wrong(UnaryOperator<DependencyGraph> change) {
        return tokens -> change.apply(FakeParser.parse(tokens));
    }

    private static DependencyGraph heads(DependencyGraph graph, int token, int head) {
        if (token >= graph.size() || head >= graph.size()) return graph;
        List<Integer> heads = new ArrayList<>(graph.heads());
        heads.set(token, head);
        return new DependencyGraph(heads, graph.labels(), graph.tags(), graph.sentences());
    }

    private static DependencyGraph cut(DependencyGraph graph, int size) {
        return new DependencyGraph(graph.heads().subList(0, size), graph.labels().subList(0, size), graph.tags().subList(0, size), graph.sentences().stream().filter(s -> s < size).toList());
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(DependencyParserContract.class);
    }

    @Test
    void aRightParserPasses() {
        Mutants.assertPasses(new Case(new FakeParser().create(new FakeParser.Config(), TestParts.of())));
    }

    @Test
    void lostTokensAreCaught() {
        assertCaught(wrong(g -> g.size() == 1 ? g : cut(g, g.size() - 1)), "graphsHaveExactlyTheTokens");
        assertCaught(wrong(g -> cut(g, Math.min(g.size(), 512))), "graphsHaveExactlyTheTokens");
    }

    @Test
    void aTextThatIsTooLongIsCaught() {
        assertCaught(tokens -> {
            if (tokens.size() > 1000) throw new IllegalArgumentException("too long");
            return FakeParser.parse(tokens);
        }, "graphsHaveExactlyTheTokens", "sentencesAreTreesWithOneRoot");
    }

    @Test
    void brokenTreesAreCaught() {
        assertCaught(wrong(g -> heads(g, 1, -1)), "sentencesAreTreesWithOneRoot");
        assertCaught(wrong(g -> g.size() < 3 ? g : heads(heads(g, 1, 2), 2, 1)), "sentencesAreTreesWithOneRoot");
        assertCaught(wrong(g -> heads(g, g.size() - 1, 0)), "sentencesAreTreesWithOneRoot");
        assertCaught(wrong(g -> heads(g, 0, g.size() > 1 ? 1 : -1)), "sentencesAreTreesWithOneRoot");
    }

    @Test
    void wrongSentencesAreCaught() {
        assertCaught(wrong(g -> new DependencyGraph(g.heads(), g.labels(), g.tags(), List.of(0))), "sentencesAreTreesWithOneRoot");
        assertCaught(wrong(g -> new DependencyGraph(g.heads(), g.labels(), g.tags(), List.of())), "sentencesAreTreesWithOneRoot");
        assertCaught(wrong(g -> new DependencyGraph(g.heads(), g.labels(), g.tags(), g.sentences().stream().map(s -> s + 1).toList())), "sentencesAreTreesWithOneRoot");
    }

    @Test
    void missingLabelsAndTagsAreCaught() {
        assertCaught(wrong(g -> new DependencyGraph(g.heads(), g.heads().stream().map(h -> h < 0 ? "" : "dep").toList(), g.tags(), g.sentences())), "arcsCarryLabels");
        assertCaught(wrong(g -> new DependencyGraph(g.heads(), g.labels(), Collections.nCopies(g.size(), ""), g.sentences())), "tagsEveryToken", "tagsMasksAsNouns");
    }

    @Test
    void masksThatAreNoNounsAreCaught() {
        assertCaught(tokens -> {
            DependencyGraph graph = FakeParser.parse(tokens);
            List<String> tags = new ArrayList<>(graph.tags());
            for (int i = 0; i < tags.size(); i++) if (tokens.get(i).startsWith("@")) tags.set(i, "SYM");
            return new DependencyGraph(graph.heads(), graph.labels(), tags, graph.sentences());
        }, "tagsMasksAsNouns");
    }

    @Test
    void aParserThatRemembersIsCaught() {
        AtomicInteger calls = new AtomicInteger();
        assertCaught(wrong(g -> calls.incrementAndGet() % 2 == 0 ? g : new DependencyGraph(g.heads(), Collections.nCopies(g.size(), "other"), g.tags(), g.sentences())), "isDeterministic");
    }

    @Test
    void aParserOfOneThreadIsCaught() {
        Thread main = Thread.currentThread();
        assertCaught(tokens -> {
            if (Thread.currentThread() != main) throw new IllegalStateException("not here");
            return FakeParser.parse(tokens);
        }, "isTheSameInSeveralThreads");
    }

    @Test
    void aParserWithoutVersionIsCaught() {
        AtomicInteger calls = new AtomicInteger();
        for (boolean blank : new boolean[] {true, false})
            assertCaught(new DependencyParser() {
                @Override
                public DependencyGraph parse(List<String> tokens) {
                    return FakeParser.parse(tokens);
                }

                @Override
                public String version() {
                    return blank ? " " : "version " + calls.incrementAndGet();
                }
            }, "hasAVersion");
    }
}
