package relata.sample.standard;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
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
 * So many labels in each batch, so many examples of each: every anchor then meets positives, which a supervised contrastive loss needs.
 * Labels, and the examples of a label, are drawn like cards: none comes again before all have come. An epoch has as many batches as
 * are needed to draw as many examples as are labelled; examples of rare labels come several times, of frequent ones not all.
 * An example with several labels counts for each of them, one without a label is never drawn.
 */
@Component(service = ComponentProvider.class)
@ComponentName("class-balanced")
@Doc("So many labels in each batch, so many examples of each.")
@Source("Hermans et al. 2017, section 2 (P x K batches)")
public final class ClassBalanced implements ComponentProvider<BatchSampler, ClassBalanced.Config> {
    /** Settings. */
    public record Config(
            @Doc("Labels in a batch; all, if there are fewer.") @Default("8") @Range("[1, inf)") int classes,
            @Doc("Examples of each label; all of a label that has fewer.") @Default("4") @Range("[1, inf)") int perClass) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public BatchSampler create(Config config, Parts parts) {
        return new BatchSampler() {
            @Override
            public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
                List<List<Integer>> classes = List.copyOf(classes(examples).values());
                Deck labels = new Deck(IntStream.range(0, classes.size()).toArray(), random);
                List<Deck> members = new ArrayList<>();
                for (List<Integer> indexes : classes) members.add(new Deck(indexes.stream().mapToInt(i -> i).toArray(), random));
                List<int[]> batches = new ArrayList<>();
                for (int left = batches(examples); left > 0; left--) {
                    Set<Integer> batch = new LinkedHashSet<>();
                    for (int label : labels.draw(config.classes(), Set.of())) batch.addAll(members.get(label).draw(config.perClass(), batch));
                    batches.add(batch.stream().mapToInt(i -> i).toArray());
                }
                return batches.iterator();
            }

            @Override
            public int batches(List<Example> examples) {
                SortedMap<String, List<Integer>> classes = classes(examples);
                long labelled = classes.values().stream().flatMap(List::stream).distinct().count();
                long size = (long) Math.min(config.classes(), classes.size()) * config.perClass();
                return Math.toIntExact((labelled + size - 1) / size);
            }
        };
    }

    private static SortedMap<String, List<Integer>> classes(List<Example> examples) {
        SortedMap<String, List<Integer>> classes = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++) {
            Set<String> labels = new LinkedHashSet<>();
            for (Pair pair : examples.get(i).pairs()) labels.addAll(pair.relations());
            for (String label : labels) classes.computeIfAbsent(label, l -> new ArrayList<>()).add(i);
        }
        if (classes.isEmpty()) throw new IllegalArgumentException("class-balanced batches need labels, but none of the " + examples.size() + " examples has one; 'shuffled' needs none");
        return classes;
    }
}
