package relata.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/**
 * Few-shot questions, drawn as in Han et al. 2018: N relations, K instances of each as support, Q others of each as queries, without
 * replacement within an episode. Each episode has a seed of its own, so that the first hundred of a thousand are those of a hundred.
 *
 * @param seed what they were drawn with
 * @param all the episodes
 */
record Episodes(long seed, List<Episode> all) {
    /**
     * One episode. Numbers are those of instances in an {@link InstancePool}.
     *
     * @param relations N relations
     * @param support (N, K)
     * @param queries (N, Q)
     * @param outside queries whose relation is none of the N (Gao et al. 2019, section 3.2)
     */
    record Episode(List<String> relations, int[][] support, int[][] queries, int[] outside) {}

    /**
     * What is drawn.
     *
     * @param ways N
     * @param shots K
     * @param queries Q, for each relation
     * @param none share of an episode's queries that come from outside, on average: the whole part of N·Q·none / (1 - none) always, one more with the probability of the rest
     */
    record Plan(int ways, int shots, int queries, double none) {
        /** For people and for files. */
        String title() {
            return ways + "-way " + shots + "-shot";
        }
    }

    Episodes {
        all = List.copyOf(all);
    }

    /** @throws IllegalArgumentException if the pool has too few relations with enough instances; the message names those that have too few */
    static Episodes draw(InstancePool pool, Plan plan, int count, long seed) {
        List<String> enough = pool.relationsWith(plan.shots + plan.queries);
        int needed = plan.ways + (plan.none > 0 ? 1 : 0);
        if (enough.size() < needed)
            throw new IllegalArgumentException(plan.title() + " with " + plan.queries + (plan.queries == 1 ? " query" : " queries") + " for each relation" + (plan.none > 0 ? ", and queries outside them," : "") + " needs " + needed + " relations of at least "
                    + (plan.shots + plan.queries) + " instances, but " + (enough.isEmpty() ? "there is none" : "only these have so many: " + String.join(", ", enough)));
        List<Episode> all = new ArrayList<>();
        for (int e = 0; e < count; e++) all.add(draw(pool, enough, plan, Seeds.generator(Seeds.at(seed, e))));
        return new Episodes(seed, all);
    }

    private static Episode draw(InstancePool pool, List<String> relations, Plan plan, RandomGenerator random) {
        int[] order = chosen(relations.size(), plan.ways, random);
        List<String> ways = new ArrayList<>();
        int[][] support = new int[plan.ways][plan.shots], queries = new int[plan.ways][plan.queries];
        for (int n = 0; n < plan.ways; n++) {
            ways.add(relations.get(order[n]));
            int[] members = pool.of(ways.get(n)), places = chosen(members.length, plan.shots + plan.queries, random);
            for (int i = 0; i < plan.shots; i++) support[n][i] = members[places[i]];
            for (int i = 0; i < plan.queries; i++) queries[n][i] = members[places[plan.shots + i]];
        }
        double expected = plan.ways * plan.queries * plan.none / (1 - plan.none);
        int outside = (int) expected + (random.nextDouble() < expected - Math.floor(expected) ? 1 : 0);
        List<String> others = relations.stream().filter(r -> !ways.contains(r)).toList();
        int available = others.stream().mapToInt(r -> pool.of(r).length).sum();
        Set<Integer> drawn = new LinkedHashSet<>();
        while (drawn.size() < Math.min(outside, available)) {
            int[] members = pool.of(others.get(random.nextInt(others.size())));
            drawn.add(members[random.nextInt(members.length)]);
        }
        return new Episode(ways, support, queries, drawn.stream().mapToInt(i -> i).toArray());
    }

    /** So many different numbers below n, in random order. */
    private static int[] chosen(int n, int count, RandomGenerator random) {
        int[] all = new int[n];
        for (int i = 0; i < n; i++) all[i] = i;
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(n - i), kept = all[i];
            all[i] = all[j];
            all[j] = kept;
        }
        return Arrays.copyOf(all, count);
    }

    /** The SHA-256 over relations and ids of all episodes: two models with the same hash answered the same questions. */
    String hash(InstancePool pool) {
        StringBuilder text = new StringBuilder();
        for (Episode e : all) {
            for (int n = 0; n < e.relations.size(); n++)
                text.append(e.relations.get(n)).append('\t').append(ids(pool, e.support[n])).append('\t').append(ids(pool, e.queries[n])).append('\n');
            text.append(ids(pool, e.outside)).append("\n\n");
        }
        return Provenance.sha256(text.toString());
    }

    private static String ids(InstancePool pool, int[] instances) {
        StringJoiner ids = new StringJoiner(" ");
        for (int i : instances) ids.add(pool.id(i));
        return ids.toString();
    }
}
