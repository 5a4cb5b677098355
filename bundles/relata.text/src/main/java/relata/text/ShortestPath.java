package relata.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import relata.api.corpus.Entity;
import relata.api.view.DependencyGraph;

/**
 * A shortest path between two entities in a dependency graph, taken as undirected (Bunescu and Mooney 2005).
 *
 * <p>An entity is the set of all tokens of all its mentions: the path runs from the token of one that is nearest to the other, and holds one
 * token of each. If they share tokens, the path is the first token they share. Of several equally short paths it is the first in the
 * lexicographic order of the token indexes, read from head to tail, so it depends on nothing but graph and entities.
 *
 * <p>Dependency graphs end at the sentence: to have a path everywhere, the first root of each sentence is taken as linked to that of the next
 * one, and further roots of a sentence (a forest instead of a tree) to its first. A path between sentences therefore runs up to the root, over
 * the roots of the sentences between, and down.
 *
 * @param tokens the path from head to tail, at least one token
 */
public record ShortestPath(List<Integer> tokens) {
    public ShortestPath {
        tokens = List.copyOf(tokens);
    }

    /** The path between two entities. */
    public static ShortestPath between(DependencyGraph graph, Entity head, Entity tail) {
        return between(graph, head.tokens(), tail.tokens());
    }

    /**
     * The path between two sets of tokens.
     *
     * @throws IllegalArgumentException if a set is empty or exceeds the graph, or if the graph has a cycle that cuts them off from each other
     */
    public static ShortestPath between(DependencyGraph graph, BitSet from, BitSet to) {
        if (from.isEmpty() || to.isEmpty()) throw new IllegalArgumentException("a path needs a token at each end");
        int last = Math.max(from.length(), to.length()) - 1;
        if (last >= graph.size()) throw new IllegalArgumentException("token " + last + " is not among the " + graph.size() + " tokens of the dependency graph");
        List<TreeSet<Integer>> neighbours = neighbours(graph);
        int[] previous = new int[graph.size()];
        Arrays.fill(previous, -2);
        // breadth first; sources and neighbours ascending, hence the queue holds each level in the lexicographic order of its paths
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        from.stream().forEach(source -> {
            previous[source] = -1;
            queue.add(source);
        });
        while (!queue.isEmpty()) {
            int token = queue.remove();
            if (to.get(token)) return back(previous, token);
            for (int neighbour : neighbours.get(token))
                if (previous[neighbour] == -2) {
                    previous[neighbour] = token;
                    queue.add(neighbour);
                }
        }
        throw new IllegalArgumentException("no path from tokens " + from + " to " + to + ": the dependency graph has a cycle, heads are " + graph.heads());
    }

    /** The path as a set. */
    public BitSet set() {
        BitSet set = new BitSet();
        tokens.forEach(set::set);
        return set;
    }

    /** The words of the path, from head to tail. */
    public List<String> words(List<String> passage) {
        return tokens.stream().map(passage::get).toList();
    }

    private static ShortestPath back(int[] previous, int end) {
        List<Integer> path = new ArrayList<>();
        for (int token = end; token >= 0; token = previous[token]) path.add(token);
        Collections.reverse(path);
        return new ShortestPath(path);
    }

    private static List<TreeSet<Integer>> neighbours(DependencyGraph graph) {
        List<TreeSet<Integer>> neighbours = new ArrayList<>(graph.size());
        for (int i = 0; i < graph.size(); i++) neighbours.add(new TreeSet<>());
        BitSet starts = new BitSet();
        graph.sentences().forEach(starts::set);
        int sentenceRoot = -1; // of the sentence at hand, or of the last one that had a root
        boolean first = true; // no root yet in the sentence at hand
        for (int token = 0; token < graph.size(); token++) {
            if (starts.get(token)) first = true;
            int head = graph.heads().get(token);
            if (head >= 0) {
                link(neighbours, token, head);
            } else {
                if (sentenceRoot >= 0) link(neighbours, token, sentenceRoot);
                if (first || sentenceRoot < 0) sentenceRoot = token;
                first = false;
            }
        }
        return neighbours;
    }

    private static void link(List<TreeSet<Integer>> neighbours, int a, int b) {
        neighbours.get(a).add(b);
        neighbours.get(b).add(a);
    }
}
