package relata.text;

import java.util.ArrayList;
import java.util.List;
import relata.api.corpus.Passage;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;

/** Dependency graphs of passages. */
public final class DependencyGraphs {
    private DependencyGraphs() {}

    /**
     * Parses a passage: sentence by sentence where its sentences are known, so that the parser cannot join them; otherwise as a whole, so that
     * the parser finds them. A parser may still cut a given sentence in several.
     *
     * @throws IllegalStateException if the parser's graph has not exactly the given tokens
     */
    public static DependencyGraph of(DependencyParser parser, Passage passage) {
        int n = passage.tokens().size();
        List<Integer> starts = passage.sentences();
        if (starts.size() < 2) return checked(parser, passage.tokens());
        List<DependencyGraph> graphs = new ArrayList<>(starts.size());
        for (int s = 0; s < starts.size(); s++)
            graphs.add(checked(parser, passage.tokens().subList(starts.get(s), s + 1 < starts.size() ? starts.get(s + 1) : n)));
        return join(graphs);
    }

    /** The graphs one after the other as one. */
    public static DependencyGraph join(List<DependencyGraph> graphs) {
        List<Integer> heads = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        List<Integer> sentences = new ArrayList<>();
        for (DependencyGraph graph : graphs) {
            int offset = heads.size();
            graph.heads().forEach(head -> heads.add(head < 0 ? -1 : head + offset));
            labels.addAll(graph.labels());
            tags.addAll(graph.tags());
            graph.sentences().forEach(start -> sentences.add(start + offset));
        }
        return new DependencyGraph(heads, labels, tags, sentences);
    }

    private static DependencyGraph checked(DependencyParser parser, List<String> tokens) {
        DependencyGraph graph = parser.parse(tokens);
        if (graph.size() != tokens.size())
            throw new IllegalStateException("the parser " + parser.version() + " made a graph of " + graph.size() + " tokens from " + tokens.size());
        return graph;
    }
}
