package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.evaluate.Classifier;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Fitted;

class EpisodesTest {
    private static final List<String> RELATIONS = List.of("a", "b", "c", "d", "e", "f");

    /** A passage with a pair for each of some lists of gold labels. */
    private static Example example(String id, String... gold) {
        List<Entity> entities = List.of(Entity.of("x", "", 0, 1), Entity.of("y", "", 1, 2));
        List<Pair> pairs = Arrays.stream(gold).map(g -> new Pair(0, 1, g.isEmpty() ? List.of() : List.of(g.split(",")))).toList();
        return new Example(id, new Passage(id, List.of("x", "y"), List.of(), entities, List.of()), pairs);
    }

    /** So many instances of each relation, the relations taking turns. */
    private static List<Example> split(int each) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < each; i++) for (String relation : RELATIONS) examples.add(example(relation + i, relation));
        return examples;
    }

    private static InstancePool pool(int each) {
        return new InstancePool(split(each), Optional.empty());
    }

    private static Episodes draw(InstancePool pool, int ways, int shots, int queries, double none, int count, long seed) {
        return Episodes.draw(pool, new Episodes.Plan(ways, shots, queries, none), count, seed);
    }

    @Test
    void anEpisodeHasDifferentInstancesOfItsRelationsAndOutsideThemQueriesOfOthers() {
        InstancePool pool = pool(9);
        for (Episodes.Episode e : draw(pool, 4, 3, 2, 0.3, 200, 1).all()) {
            assertEquals(4, new HashSet<>(e.relations()).size());
            Set<Integer> seen = new HashSet<>();
            for (int n = 0; n < 4; n++) {
                assertEquals(3, e.support()[n].length);
                assertEquals(2, e.queries()[n].length);
                for (int i : IntStream.concat(Arrays.stream(e.support()[n]), Arrays.stream(e.queries()[n])).toArray()) {
                    assertTrue(pool.id(i).startsWith(e.relations().get(n)), pool.id(i));
                    assertTrue(seen.add(i), "an instance twice in an episode");
                }
            }
            for (int i : e.outside()) {
                assertTrue(!e.relations().contains(pool.id(i).substring(0, 1)), pool.id(i));
                assertTrue(seen.add(i), "an instance twice in an episode");
            }
        }
    }

    @Test
    void allRelationsAndInstancesAreDrawnEquallyOften() {
        InstancePool pool = pool(5);
        Map<String, Integer> relations = new TreeMap<>(), places = new TreeMap<>();
        for (Episodes.Episode e : draw(pool, 2, 1, 1, 0, 3000, 2).all())
            for (int n = 0; n < 2; n++) {
                relations.merge(e.relations().get(n), 1, Integer::sum);
                places.merge(pool.id(e.queries()[n][0]).substring(1), 1, Integer::sum);
            }
        // 6,000 draws: a sixth each is 1,000 with deviation 29; a fifth each 1,200 with deviation 31
        relations.forEach((relation, n) -> assertEquals(1000, n, 150, relation));
        places.forEach((place, n) -> assertEquals(1200, n, 160, place));
        assertEquals(6, relations.size());
        assertEquals(5, places.size());
    }

    @Test
    void theShareOfOutsideQueriesIsRightOnAverage() {
        // 5 / 0.85 - 5 = 0.882 a time
        assertEquals(0.15, share(draw(pool(5), 5, 1, 1, 0.15, 4000, 3), 5), 0.01);
        assertEquals(0.5, share(draw(pool(30), 5, 1, 1, 0.5, 50, 3), 5), 1e-12);
        assertEquals(0, share(draw(pool(5), 5, 1, 1, 0, 50, 3), 5), 0);
    }

    private static double share(Episodes episodes, int inside) {
        double outside = episodes.all().stream().mapToInt(e -> e.outside().length).average().orElseThrow();
        return outside / (outside + inside);
    }

    @Test
    void episodesDependOnSeedAndContentAlone() {
        String hash = draw(pool(9), 3, 2, 1, 0.1, 20, 4).hash(pool(9));
        assertEquals(hash, draw(pool(9), 3, 2, 1, 0.1, 20, 4).hash(pool(9)));
        assertNotEquals(hash, draw(pool(9), 3, 2, 1, 0.1, 20, 5).hash(pool(9)));
        assertNotEquals(hash, draw(pool(10), 3, 2, 1, 0.1, 20, 4).hash(pool(10)));
        Episodes few = draw(pool(9), 3, 2, 1, 0.1, 20, 4), many = draw(pool(9), 3, 2, 1, 0.1, 30, 4);
        assertEquals(few.hash(pool(9)), new Episodes(4, many.all().subList(0, 20)).hash(pool(9)), "more episodes begin with the same ones");
    }

    @Test
    void onlyPairsOfOneRelationThatIsNotTheNegativeAreInstances() {
        InstancePool pool = new InstancePool(List.of(example("1", "a", "no"), example("2", "", "a,b"), example("3", "b", "a")), Optional.of("no"));
        assertEquals(List.of("a", "b"), pool.relationsWith(1));
        assertEquals(List.of("a"), pool.relationsWith(2));
        assertEquals(List.of("b"), pool.relationsBelow(2));
        assertArrayEquals(new int[] {0, 5}, pool.of("a"));
        assertEquals("3#1", pool.id(5));
    }

    @Test
    void relationsThatAreTooSmallAreNamed() {
        List<Example> examples = split(2);
        examples.add(example("a2", "a"));
        InstancePool pool = new InstancePool(examples, Optional.empty());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> draw(pool, 2, 2, 1, 0, 1, 1));
        assertEquals("2-way 2-shot with 1 query for each relation needs 2 relations of at least 3 instances, but only these have so many: a", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> draw(pool(5), 6, 1, 1, 0.5, 1, 1), "nothing is left for queries from outside");
        draw(pool(5), 6, 1, 1, 0, 1, 1);
    }

    @Test
    void vectorsFindTheirInstances() {
        List<Example> examples = List.of(example("1", "a", "b"), example("2", "a"), example("3", "b", "a"));
        InstancePool pool = new InstancePool(examples, Optional.empty());
        Episodes episodes = new Episodes(1, List.of(new Episodes.Episode(List.of("b"), new int[][] {{1}}, new int[][] {{3}}, new int[0])));
        assertEquals(List.of(examples.get(0), examples.get(2)), pool.needed(List.of(episodes)));
        float[][] vectors = pool.byInstance(List.of(episodes), new float[][] {{0}, {1}, {3}, {4}});
        assertEquals(5, vectors.length);
        for (int i : new int[] {0, 1, 3, 4}) assertArrayEquals(new float[] {i}, vectors[i]);
        assertEquals(0, vectors[2].length);
    }

    /** The dot product with the mean vector of each label. */
    static Fitted means(Embeddings embeddings, List<String> labels) {
        List<String> sorted = labels.stream().distinct().sorted().toList();
        return new Fitted() {
            @Override
            public List<String> labels() {
                return sorted;
            }

            @Override
            public double[] score(float[] vector) {
                double[] scores = new double[sorted.size()];
                for (int row = 0; row < labels.size(); row++)
                    for (int d = 0; d < vector.length; d++)
                        scores[sorted.indexOf(labels.get(row))] += (double) embeddings.rows()[row][d] * vector[d] / labels.stream().filter(labels.get(row)::equals).count();
                return scores;
            }
        };
    }

    @Test
    void aScoreCountsQueriesInsideAndOutside() {
        Classifier classifier = (embeddings, labels, random) -> means(embeddings, labels);
        float[][] vectors = {{1, 0}, {0, 1}, {3, 1}, {1, 2}, {2, 1}, {0.1f, 0.2f}, {5, 5}};
        // supports 0 of b, 1 of a; queries 2 and 3 of b, 4 of a: the first is right; outside 5 and 6
        Episodes episodes = new Episodes(1, List.of(new Episodes.Episode(List.of("b", "a"), new int[][] {{0}, {1}}, new int[][] {{2, 3}, {4}}, new int[] {5, 6})));
        EpisodeScores always = EpisodeScores.of(episodes, vectors, classifier, OptionalDouble.empty());
        assertEquals(new EpisodeScores.Score(3, 1, 2, 0), always.each().get(0));
        assertEquals(0.2, always.accuracy(), 1e-12);
        assertEquals(new EpisodeScores.Score(3, 1, 2, 1), EpisodeScores.of(episodes, vectors, classifier, OptionalDouble.of(0.5)).each().get(0));
        assertEquals(new EpisodeScores.Score(3, 0, 2, 2), EpisodeScores.of(episodes, vectors, classifier, OptionalDouble.of(10)).each().get(0));
    }

    @Test
    void theIntervalIsTheNormalApproximation() {
        EpisodeScores scores = new EpisodeScores(List.of(score(4), score(2), score(3), score(3)));
        assertEquals(0.75, scores.accuracy(), 1e-12);
        // s² = (0.25² + 0.25²) / 3
        assertEquals(1.959964 * Math.sqrt(2 * 0.0625 / 3) / 2, scores.halfWidth(), 1e-9);
    }

    private static EpisodeScores.Score score(int right) {
        return new EpisodeScores.Score(4, right, 0, 0);
    }
}
