package relata.console.model;

import com.google.gson.Gson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import relata.api.component.Catalogue;
import relata.api.component.Default;
import relata.api.component.FromStage;
import relata.api.component.Kind;
import relata.api.component.Part;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationEncoder;
import relata.api.evaluate.RelationModel;
import relata.api.plugin.Leases;
import relata.api.run.Recipe;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunStatus;
import relata.api.run.Stage;
import relata.api.run.TrainedModel;
import relata.api.run.Workbench;
import relata.api.view.Augmenter;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;
import relata.api.view.TokenGuard;
import relata.api.view.View;
import relata.console.rest.Refusal;
import relata.console.rest.Request;
import relata.console.rest.Resource;
import relata.console.rest.Role;
import relata.console.rest.Route;
import relata.console.rest.Site;
import relata.recipe.YamlRecipes;
import relata.runs.FolderRuns;
import relata.runs.results.FolderResults;

/** Real recipes and run folders, over a corpus of twelve sentences and a model whose vectors are the places of the entities. */
final class Lab implements Workbench, Leases {
    @Kind("encoder")
    interface AnyEncoder {}

    record Nothing() {}

    record Data(@Default("12") int size) {}

    record Train(@Default("train") String split, Optional<Ref<CorpusReader>> corpus, @Default("[]") List<Ref<Augmenter>> views) {}

    record Evaluate(@FromStage("encoder") String model, @Default("test") String split, @Default("[ { use: accuracy } ]") List<Ref<Metric>> metrics) {}

    record File(Path file) {}

    record Many(@Default("1") int views, Optional<Ref<Augmenter>> inner) {}

    static final String RECIPE = """
            recipe: own
            corpus: data
            encoder: none
            stages:
              pretrain: { use: train, with: { views: [ { use: shout } ] } }
              test: { use: evaluate, with: { model: pretrain } }
            """;

    final Recipes recipes;
    final Catalogue catalogue;
    final FolderRuns runs = new FolderRuns(Clock.systemUTC(), "test");
    final FolderResults results = new FolderResults();
    final Site site;
    final List<String> leased = new ArrayList<>();
    final List<String> read = Collections.synchronizedList(new ArrayList<>());
    final List<Integer> asked = new ArrayList<>();
    /** How often the models of a run were looked up. */
    int lookedUp;
    int opened;
    int closed;
    /** How often the augmenter called many was asked. */
    int augmented;
    /** What a model does before it answers. */
    Consumer<List<Example>> before = examples -> {};
    /** What a corpus does before it is read. */
    Reading reading = recipe -> {};
    List<TrainedModel> models = List.of();

    interface Reading {
        void begin(Recipe recipe) throws IOException;
    }

    Lab(Path root) {
        List<Part> parts = List.of(
                part(Augmenter.class, "shout", Nothing.class), part(Augmenter.class, "many", Many.class), part(CorpusReader.class, "data", Data.class), part(AnyEncoder.class, "none", Nothing.class), part(Metric.class, "accuracy", Nothing.class),
                part(DependencyParser.class, "file", File.class), part(DependencyParser.class, "flat", Nothing.class), part(Stage.class, "evaluate", Evaluate.class), part(Stage.class, "train", Train.class));
        catalogue = new Catalogue() {
            @Override
            public List<String> kinds() {
                return parts.stream().map(Part::kind).distinct().toList();
            }

            @Override
            public List<Part> parts() {
                return parts;
            }

            @Override
            public Optional<Part> find(String kind, String name) {
                return parts.stream().filter(p -> p.kind().equals(kind) && p.name().equals(name)).findFirst();
            }
        };
        recipes = new YamlRecipes(catalogue);
        site = new Site(root, runs);
        site.serve(root);
    }

    private static Part part(Class<?> kind, String name, Class<? extends Record> config) {
        return new Part(Catalogue.kind(kind), kind, name, "", "", kind == Stage.class ? name.equals("train") ? "encoder" : "evaluation" : "", "tests", "1", config);
    }

    /** A finished run with a model, and answers of which every fourth is wrong. */
    RunFolder run(String... overrides) throws Exception {
        Map<String, String> set = new TreeMap<>();
        for (String o : overrides) set.put(o.substring(0, o.indexOf('=')), o.substring(o.indexOf('=') + 1));
        RunFolder run = runs.create(site.root(), recipes.read("own.yaml", RECIPE, set));
        StringBuilder answers = new StringBuilder();
        List<Example> split = corpus().splits().get("test");
        for (int i = 0; i < split.size(); i++) {
            String gold = split.get(i).pairs().get(0).relations().get(0);
            String label = i % 4 == 3 ? "none" : gold;
            answers.append(new Gson().toJson(new Prediction(split.get(i).id(), 0, List.of(gold), label, label.equals("binds") ? List.of(0.5 + i / 100.0, 0.3) : List.of(0.1, 0.6 + i / 100.0)))).append('\n');
        }
        Files.writeString(run.stage("test").resolve("predictions.jsonl"), answers);
        Files.writeString(run.stage("test").resolve("evaluation.json"), "{\"labels\": [\"binds\", \"none\"], \"negative\": \"none\", \"metrics\": {\"accuracy\": 0.75, \"f1:binds\": 0.6}}");
        Path model = Files.createDirectories(run.stage("pretrain").resolve("model"));
        run.status(RunStatus.DONE, "");
        models = Stream.concat(models.stream(), Stream.of(new TrainedModel("pretrain", model, true, List.of("binds", "none"), Optional.of("none"), Optional.empty(), Instant.EPOCH))).toList();
        return run;
    }

    static Corpus corpus() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            List<String> tokens = List.of("drug" + i, i % 2 == 0 ? "binds" : "meets", "gene" + i, ".");
            Passage passage = new Passage("p" + i, tokens, List.of(0), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3)), List.of());
            examples.add(new Example("p" + i, passage, List.of(new Pair(0, 1, List.of(i % 2 == 0 ? "binds" : "none")))));
        }
        TreeMap<String, List<Example>> splits = new TreeMap<>(Map.of("train", examples.subList(0, 4), "test", examples.subList(4, 12)));
        return new Corpus("data", splits, List.of("binds", "none"), Optional.of("none"), new TreeMap<>());
    }

    /** What a resource answers. @param query words with = between name and value */
    static Object ask(Resource resource, String method, String path, Role role, Map<String, String> names, String body, String... query) throws Exception {
        Map<String, String> words = new TreeMap<>();
        for (String q : query) words.put(q.substring(0, q.indexOf('=')), q.substring(q.indexOf('=') + 1));
        Route route = resource.routes().stream().filter(r -> r.method().equals(method) && r.path().equals(path)).findFirst().orElseThrow();
        return route.handler().answer(new Request(role, names, words, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
    }

    /** A refusal's status and code. */
    static String refused(Refusal e) {
        return e.status() + " " + e.code();
    }

    @Override
    public Lease take(String holder) {
        synchronized (leased) {
            leased.add(holder);
        }
        return () -> {
            synchronized (leased) {
                leased.remove(holder);
                leased.notifyAll();
            }
        };
    }

    /** Waits until no lease is held: models are closed by their own threads. */
    void awaitNoLease() throws InterruptedException {
        synchronized (leased) {
            while (!leased.isEmpty()) leased.wait();
        }
    }

    @Override
    public boolean admitted(long bundle) {
        return true;
    }

    @Override
    public RelationModel open(Path folder) {
        opened++;
        return new RelationModel() {
            @Override
            public List<String> labels() {
                return List.of("binds", "none");
            }

            @Override
            public Predictions predict(List<Example> examples) {
                asked.add(examples.size());
                before.accept(examples);
                List<Prediction> items = examples.stream().map(e -> {
                    boolean binds = e.passage().tokens().stream().anyMatch(t -> t.equalsIgnoreCase("binds"));
                    return new Prediction(e.id(), 0, List.of(), binds ? "binds" : "none", binds ? List.of(0.9, 0.1) : List.of(0.2, 0.8));
                }).toList();
                return new Predictions(labels(), Optional.of("none"), items);
            }

            @Override
            public Embeddings encode(List<Example> examples) {
                return vectors(examples);
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    private static Embeddings vectors(List<Example> examples) {
        return new Embeddings(examples.stream().map(e -> new float[] {e.passage().tokens().get(1).equalsIgnoreCase("binds") ? 1 : -1, e.head(0).mentions().get(0).start(), 0.5f}).toArray(float[][]::new));
    }

    @Override
    public RelationEncoder openEncoder(Path folder) {
        opened++;
        return new RelationEncoder() {
            @Override
            public Embeddings encode(List<Example> examples) {
                return vectors(examples);
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    @Override
    public List<TrainedModel> models(Path run) {
        lookedUp++;
        return models.stream().filter(m -> m.folder().startsWith(run)).toList();
    }

    @Override
    public Corpus corpus(Recipe recipe, String stage) throws IOException {
        read.add(stage);
        reading.begin(recipe);
        return corpus();
    }

    @Override
    public TokenGuard guards(Ref<?> part) {
        return example -> {
            BitSet tokens = new BitSet();
            example.passage().entities().forEach(e -> tokens.or(e.tokens()));
            return tokens;
        };
    }

    @Override
    public <T> T create(Ref<T> ref) {
        Augmenter shout = (example, random) -> {
            Passage p = example.passage();
            List<String> loud = p.tokens().stream().map(t -> t.equals("binds") ? "BINDS" : t).toList();
            return List.of(new View(example, new Passage(p.id(), loud, p.sentences(), p.entities(), p.facts()), View.of(example).origin()));
        };
        Augmenter many = (example, random) -> {
            augmented++;
            return List.of();
        };
        DependencyParser flat = tokens -> {
            List<Integer> heads = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) heads.add(i - 1);
            return new DependencyGraph(heads, tokens.stream().map(t -> "dep").toList(), tokens.stream().map(t -> "NN").toList(), List.of(0));
        };
        Metric accuracy = p -> Map.of("accuracy", p.items().stream().filter(Prediction::right).count() / (double) p.items().size());
        return ref.kind().cast(Map.of("shout", shout, "many", many, "flat", flat, "file", flat, "accuracy", accuracy).get(ref.name()));
    }

    @Override
    public LossTrial loss(Ref<?> loss, Ref<?> similarity, double[][] embeddings, int[] groups) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Encoded encode(Ref<?> encoder, List<Example> examples) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Speed speed(Recipe recipe, String stage, int views, int length, int warmup, int steps) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String engine() throws IOException {
        return "none";
    }
}
