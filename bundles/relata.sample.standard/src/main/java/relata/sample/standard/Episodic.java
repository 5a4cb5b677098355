package relata.sample.standard;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.view.BatchSampler;

/**
 * Each batch is an N-way K-shot episode: N labels, and of each K + Q examples one after the other, of which objective {@code prototypical}
 * takes the first K for support and the others for queries; and at the end examples of other labels, at most K of each, if asked for. Episodes
 * are drawn independently of each other, examples of an episode without replacement.
 *
 * <p>Only examples count whose pairs have one gold label in all, and only labels with K + Q of them.
 */
@Component(service = ComponentProvider.class)
@ComponentName("episodes")
@Doc("Each batch is a few-shot episode: some labels, some examples of each for support and some for queries.")
@Source("Vinyals et al. 2016; Snell et al. 2017, algorithm 1; Gao et al. 2019 for queries of none of the labels")
public final class Episodic implements ComponentProvider<BatchSampler, Episodic.Config> {
    /** Settings. */
    public record Config(
            @Doc("N: labels of an episode.") @Default("5") @Range("[2, inf)") int ways,
            @Doc("K: examples of each label for support.") @Default("1") @Range("[1, inf)") int shots,
            @Doc("Q: examples of each label as queries.") @Default("1") @Range("[1, inf)") int queries,
            @Doc("Queries of an episode whose label is none of its labels.") @Default("0") @Range("[0, inf)") int none,
            @Doc("Episodes in an epoch; 0: so many that as many examples are drawn as there are.") @Default("0") @Range("[0, inf)") int episodes,
            @Doc("The label of pairs without a relation, which have nothing in common and are never drawn.") Optional<String> negative) {
        private int each() {
            return shots + queries;
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public BatchSampler create(Config config, Parts parts) {
        return new BatchSampler() {
            @Override
            public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
                List<int[]> labels = labels(examples, config), batches = new ArrayList<>();
                for (int left = batches(examples); left > 0; left--) batches.add(episode(labels, config, random));
                return batches.iterator();
            }

            @Override
            public int batches(List<Example> examples) {
                int drawn = config.ways() * config.each() + config.none();
                int all = labels(examples, config).stream().mapToInt(members -> members.length).sum();
                return config.episodes() > 0 ? config.episodes() : (all + drawn - 1) / drawn;
            }
        };
    }

    private static int[] episode(List<int[]> labels, Config config, RandomGenerator random) {
        int[] order = Batches.shuffled(labels.size(), random);
        List<Integer> batch = new ArrayList<>();
        for (int n = 0; n < config.ways(); n++) batch.addAll(some(labels.get(order[n]), config.each(), random));
        List<Integer> outside = new ArrayList<>();
        for (int n = config.ways(); n < order.length; n++) outside.addAll(some(labels.get(order[n]), config.shots(), random));
        int[] mixed = Batches.shuffled(outside.size(), random);
        for (int i = 0; i < Math.min(config.none(), mixed.length); i++) batch.add(outside.get(mixed[i]));
        return batch.stream().mapToInt(i -> i).toArray();
    }

    private static List<Integer> some(int[] members, int count, RandomGenerator random) {
        int[] order = Batches.shuffled(members.length, random);
        List<Integer> some = new ArrayList<>();
        for (int i = 0; i < count; i++) some.add(members[order[i]]);
        return some;
    }

    /** The examples of each label that has enough, labels sorted. */
    private static List<int[]> labels(List<Example> examples, Config config) {
        SortedMap<String, List<Integer>> all = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++) {
            List<String> gold = examples.get(i).pairs().stream().map(Pair::relations).flatMap(List::stream).distinct().toList();
            if (gold.size() == 1 && !config.negative().equals(Optional.of(gold.get(0)))) all.computeIfAbsent(gold.get(0), label -> new ArrayList<>()).add(i);
        }
        List<String> enough = all.keySet().stream().filter(label -> all.get(label).size() >= config.each()).toList();
        int needed = config.ways() + (config.none() > 0 ? 1 : 0);
        if (enough.size() < needed)
            throw new IllegalArgumentException("episodes of " + config.ways() + " labels with " + config.each() + " examples each" + (config.none() > 0 ? ", and one label for the others," : "") + " need " + needed
                    + " labels of so many examples, but " + (enough.isEmpty() ? "there is none" : "only these have so many: " + String.join(", ", enough)));
        return enough.stream().map(label -> all.get(label).stream().mapToInt(i -> i).toArray()).toList();
    }
}
