package relata.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.component.Catalogue;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.FromStage;
import relata.api.component.Kind;
import relata.api.component.Part;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.corpus.CorpusReader;
import relata.api.run.Stage;

/** A catalogue of parts that exist only as settings. */
final class Shelf implements Catalogue {
    @Kind("encoder") interface Encoder {}
    @Kind("augmenter") interface Augmenter {}
    @Kind("guard") interface Guard {}
    @Kind("parser") interface Parser {}
    @Kind("sampler") interface Sampler {}
    @Kind("objective") interface Objective {}
    @Kind("loss") interface Loss {}
    @Kind("pairing") interface Pairing {}
    @Kind("similarity") interface Similarity {}
    @Kind("optimiser") interface Optimiser {}
    @Kind("odd") interface Odd {}

    enum Pool { CLS, MEAN, ENTITY_START }

    record None() {}
    record WordNet(@Default("[]") List<String> relations, @Range("[1, inf)") Optional<Integer> most) {}
    record Jsonl(@Doc("the folder") Path root) {}
    record Transformer(String checkpoint, @Default("cls") Pool pool, @Default("128") @Range("[8, 512]") int maxLength, @Default("0") long freeze) {}
    record Replacement(@Default("0.1") @Range("(0, 1]") double rate, Optional<Ref<Guard>> keep) {}
    record ShortestPath(@Default("corenlp") Ref<Parser> parser) {}
    record Shuffled(@Default("64") @Range("[1, inf)") int size, @Default("true") boolean bucket) {}
    record Contrastive(Ref<Loss> loss, @Default("{ use: cosine }") Ref<Similarity> similarity, @Default("1") @Range("[0, inf)") double weight,
            Optional<Ref<Pairing>> pairing) {}
    record CrossEntropy(@Default("0") @Range("[0, 1)") double smoothing) {}
    record NtXent(@Default("0.1") @Range("(0, inf)") double temperature) {}
    record AdamW(@Range("(0, inf)") @Default("2e-5") double rate, @Default("0.1") @Range("[0, 1)") double warmup, @Default("[0.9, 0.999]") @Range("[0, 1)") List<Double> betas) {
        public AdamW {
            if (betas.size() != 2) throw new IllegalArgumentException("betas must be two numbers, but there are " + betas.size() + ".");
        }
    }
    record Train(
            @FromStage({"encoder", "model"}) Optional<String> from, @Default("train") String split, @Default("[]") List<Ref<Augmenter>> views,
            @Default("{ use: shuffled, with: { size: 32 } }") Ref<Sampler> batches, @Doc("What is minimised.") List<Ref<Objective>> objectives,
            @Default("{ use: adamw, with: { rate: 1e-3 } }") Ref<Optimiser> optimiser, @Default("1") @Range("[1, inf)") int epochs) {}
    record Evaluate(@FromStage("model") @Doc("The stage to judge.") String model, @Default("test") String split, @Default("{}") Map<String, Double> weights) {}
    record Compare(@FromStage("evaluation") Map<String, List<String>> groups, @Default("{ low: 0, high: 1 }") Bounds bounds) {}
    record Bounds(double low, double high) {
        public Bounds {
            if (low > high) throw new IllegalArgumentException("low must not be above high.");
        }
    }
    record Everything(
            int whole, long large, double real, boolean flag, String text, Path path, Pool pool, Optional<String> maybe, Optional<Double> maybeNot,
            @Default("5") Optional<Integer> unlessNull, List<String> texts, List<List<Integer>> table, Map<String, Bounds> bounds, Ref<Loss> loss, List<Ref<Loss>> losses) {}
    record Endless(@Default("endless") Ref<Odd> again) {}
    record Wrong(float single) {}
    record Broken(@Range("wide") double x) {}

    private final List<Part> parts = new ArrayList<>();

    Shelf() {
        add("wordnet", CorpusReader.class, WordNet.class, "");
        add("jsonl", CorpusReader.class, Jsonl.class, "");
        add("transformer", Encoder.class, Transformer.class, "");
        add("synonym-replacement", Augmenter.class, Replacement.class, "");
        add("random-swap", Augmenter.class, Replacement.class, "");
        add("shortest-path", Guard.class, ShortestPath.class, "");
        add("entities", Guard.class, None.class, "");
        add("corenlp", Parser.class, None.class, "");
        add("shuffled", Sampler.class, Shuffled.class, "");
        add("contrastive", Objective.class, Contrastive.class, "");
        add("cross-entropy", Objective.class, CrossEntropy.class, "");
        add("nt-xent", Loss.class, NtXent.class, "");
        add("supcon", Loss.class, NtXent.class, "");
        add("same-example", Pairing.class, None.class, "");
        add("cosine", Similarity.class, None.class, "");
        add("adamw", Optimiser.class, AdamW.class, "");
        add("sgd", Optimiser.class, NtXent.class, "");
        add("train", Stage.class, Train.class, "model");
        add("evaluate", Stage.class, Evaluate.class, "evaluation");
        add("compare", Stage.class, Compare.class, "");
        add("everything", Odd.class, Everything.class, "");
        add("endless", Odd.class, Endless.class, "");
        add("wrong", Odd.class, Wrong.class, "");
        add("broken", Odd.class, Broken.class, "");
        parts.sort(Comparator.comparing(Part::kind).thenComparing(Part::name));
    }

    private void add(String name, Class<?> type, Class<? extends Record> config, String produces) {
        parts.add(new Part(Catalogue.kind(type), type, name, "", "", produces, "shelf", "1.0.0", config));
    }

    @Override
    public List<String> kinds() {
        return parts.stream().map(Part::kind).distinct().toList();
    }

    @Override
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    @Override
    public Optional<Part> find(String kind, String name) {
        return parts.stream().filter(p -> p.kind().equals(kind) && p.name().equals(name)).findFirst();
    }
}
