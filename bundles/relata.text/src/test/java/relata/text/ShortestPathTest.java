package relata.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Mention;
import relata.api.corpus.Span;
import relata.api.view.DependencyGraph;

class ShortestPathTest {
    /** The cat that saw the dog ran off: heads of a usual analysis. */
    private static final List<Integer> CAT = List.of(1, 6, 3, 1, 5, 3, -1, 6);

    @Test
    void runsOverTheLowestCommonAncestor() {
        assertEquals(List.of(1, 3, 5), ShortestPath.between(graph(CAT, 0), Entity.of("cat", "", 1, 2), Entity.of("dog", "", 5, 6)).tokens());
        assertEquals(List.of(7, 6, 1, 3, 5, 4), ShortestPath.between(graph(CAT, 0), Entity.of("off", "", 7, 8), Entity.of("the", "", 4, 5)).tokens());
    }

    @Test
    void startsAtTheNearestTokensOfAllMentions() {
        Entity theCatAndOff = new Entity("x", "", List.of(Mention.of(0, 2), Mention.of(7, 8)));
        Entity theDog = new Entity("y", "", List.of(new Mention(List.of(new Span(4, 6)))));
        ShortestPath path = ShortestPath.between(graph(CAT, 0), theCatAndOff, theDog);
        assertEquals(List.of(1, 3, 5), path.tokens());
        assertEquals(set(1, 3, 5), path.set());
        assertEquals(List.of("cat", "saw", "dog"), path.words(List.of("The", "cat", "that", "saw", "the", "dog", "ran", "off")));
    }

    @Test
    void isTheFirstSharedTokenOfEntitiesThatOverlap() {
        assertEquals(List.of(2), ShortestPath.between(graph(CAT, 0), set(1, 2, 3), set(2, 3, 4)).tokens());
        assertEquals(List.of(0), ShortestPath.between(graph(List.of(-1), 0), set(0), set(0)).tokens());
    }

    @Test
    void crossesSentencesOverTheirRoots() {
        // three sentences, roots 1, 3 and 6
        DependencyGraph graph = graph(List.of(1, -1, 3, -1, 3, 6, -1, 6), 0, 2, 5);
        assertEquals(List.of(0, 1, 3, 6, 7), ShortestPath.between(graph, set(0), set(7)).tokens());
        assertEquals(List.of(7, 6, 3, 1, 0), ShortestPath.between(graph, set(7), set(0)).tokens());
    }

    @Test
    void linksFurtherRootsOfASentenceToItsFirst() {
        // first sentence: roots 0, 1, 2; second: root 4
        DependencyGraph graph = graph(List.of(-1, -1, -1, 4, -1), 0, 3);
        assertEquals(List.of(2, 0, 1), ShortestPath.between(graph, set(2), set(1)).tokens());
        assertEquals(List.of(2, 0, 4, 3), ShortestPath.between(graph, set(2), set(3)).tokens());
    }

    @Test
    void refusesWhatHasNoPath() {
        assertThrows(IllegalArgumentException.class, () -> ShortestPath.between(graph(CAT, 0), set(), set(1)));
        assertThrows(IllegalArgumentException.class, () -> ShortestPath.between(graph(CAT, 0), set(1), set(8)));
        Exception cycle = assertThrows(IllegalArgumentException.class, () -> ShortestPath.between(graph(List.of(1, 0, -1), 0), set(0), set(2)));
        assertTrue(cycle.getMessage().contains("cycle"), cycle.getMessage());
    }

    @Test
    void agreesWithAllPathsOfSmallForests() {
        Random random = new Random(1);
        for (int trial = 0; trial < 2000; trial++) {
            int n = 1 + random.nextInt(9);
            List<Integer> heads = new ArrayList<>();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < n; i++) order.add(i);
            Collections.shuffle(order, random);
            Integer[] head = new Integer[n];
            for (int i = 0; i < n; i++) head[order.get(i)] = i == 0 ? -1 : order.get(random.nextInt(i));
            heads.addAll(Arrays.asList(head));
            BitSet from = some(n, random);
            BitSet to = some(n, random);
            assertEquals(slow(heads, from, to), ShortestPath.between(graph(heads, 0), from, to).tokens(), heads + " " + from + " " + to);
        }
    }

    /** All simple paths, shortest first, then lexicographically. */
    private static List<Integer> slow(List<Integer> heads, BitSet from, BitSet to) {
        List<List<Integer>> found = new ArrayList<>();
        ArrayDeque<List<Integer>> open = new ArrayDeque<>();
        from.stream().forEach(f -> open.add(List.of(f)));
        while (!open.isEmpty()) {
            List<Integer> path = open.remove();
            int end = path.get(path.size() - 1);
            if (to.get(end)) found.add(path);
            for (int next = 0; next < heads.size(); next++)
                if (!path.contains(next) && (heads.get(end) == next || heads.get(next) == end)) {
                    List<Integer> longer = new ArrayList<>(path);
                    longer.add(next);
                    open.add(longer);
                }
        }
        found.sort((a, b) -> a.size() != b.size() ? Integer.compare(a.size(), b.size()) : a.toString().compareTo(b.toString()));
        return found.get(0);
    }

    private static BitSet some(int n, Random random) {
        BitSet some = new BitSet();
        some.set(random.nextInt(n));
        some.set(random.nextInt(n));
        return some;
    }

    static DependencyGraph graph(List<Integer> heads, Integer... sentences) {
        return new DependencyGraph(heads, Collections.nCopies(heads.size(), "dep"), Collections.nCopies(heads.size(), ""), List.of(sentences));
    }

    private static BitSet set(int... tokens) {
        BitSet set = new BitSet();
        for (int t : tokens) set.set(t);
        return set;
    }
}
