package relata.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.function.BooleanSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import relata.api.component.Catalogue;
import relata.api.component.ContractResult;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Kind;
import relata.api.component.Part;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.RelationModel;
import relata.api.plugin.Features;
import relata.api.plugin.Plugins;
import relata.api.result.Comparisons;
import relata.api.result.Results;
import relata.api.run.Checkpoints;
import relata.api.run.Mistake;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.RecipeRunner;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;
import relata.api.run.Runs;
import relata.api.run.Workbench;
import relata.api.view.Augmenter;
import relata.api.view.TokenGuard;
import relata.runs.results.FolderResults;
import relata.runs.results.TableComparisons;

/** A platform of a few parts, in memory and on a temporary disk. */
final class FakeServices implements Services {
    /** Stands for the interface of losses. */
    @Kind("loss")
    interface AnyLoss {}

    record Temperature(@Doc("Divides.") @Default("0.1") @Range("(0, inf)") double temperature, Optional<Path> file) {}

    record Nothing() {}

    private static final Pattern SEED = Pattern.compile("seed=(\\d+)");

    final Path home;
    final FakeRuns runs = new FakeRuns();
    final FakePlugins plugins = new FakePlugins();
    final List<Part> parts = new ArrayList<>(List.of(
            new Part("loss", AnyLoss.class, "nt-xent", "Attracts", "Chen 2020", "", "relata.loss", "1.0", Temperature.class),
            new Part("corpus", CorpusReader.class, "jsonl", "Reads", "", "", "relata.corpus", "1.0", Nothing.class),
            new Part("writer", CorpusWriter.class, "jsonl", "Writes", "", "", "relata.corpus", "1.0", Nothing.class),
            new Part("augmenter", Augmenter.class, "reverse", "Turns round", "", "", "relata.augment", "1.0", Nothing.class)));
    Map<String, Object> created = Map.of();
    RecipeRunner runner = new FakeRunner((recipe, folder) -> {});
    Optional<RelationModel> model = Optional.empty();
    /** What recipes that are read from now on have for a corpus. */
    String reader = "jsonl";

    FakeServices(Path home) {
        this.home = home;
    }

    @Override
    public Catalogue catalogue() {
        return new Catalogue() {
            @Override
            public List<String> kinds() {
                return Stream.concat(Stream.of("metric"), parts.stream().map(Part::kind)).distinct().sorted().toList();
            }

            @Override
            public List<Part> parts() {
                return parts;
            }

            @Override
            public Optional<Part> find(String kind, String name) {
                return parts.stream().filter(p -> p.kind().equals(kind) && p.name().equals(name)).findFirst();
            }

            @Override
            public Optional<ContractResult> contract(Part part) {
                return switch (part.kind()) {
                    case "loss" -> Optional.of(new ContractResult("LossContract", 17, 0, "1.2"));
                    case "augmenter" -> Optional.of(new ContractResult("AugmenterContract", 9, 2, "1.2"));
                    default -> Optional.empty();
                };
            }
        };
    }

    @Override
    public Recipes recipes() {
        return new Recipes() {
            @Override
            public Recipe read(String source, String yaml, Map<String, String> overrides) throws RecipeException {
                if (yaml.contains("WRONG")) throw new RecipeException(source, List.of(new Mistake(1, "corpus", "is wrong"), new Mistake(2, "encoder", "is wrong too")));
                String whole = yaml + (overrides.isEmpty() ? "" : overrides);
                Matcher seed = SEED.matcher(whole);
                Ref<CorpusReader> corpus = new Ref<>(CorpusReader.class, reader, new Nothing());
                return new Recipe("own", "", List.of(), seed.find() ? Long.parseLong(seed.group(1)) : 42, corpus, corpus, Map.of(), whole);
            }

            @Override
            public Ref<?> part(String kind, String name, Map<String, String> settings) {
                return new Ref<>(catalogue().find(kind, name).orElseThrow().type(), name, new Nothing());
            }

            @Override
            public String render(Ref<?> ref) {
                return ref.name();
            }

            @Override
            public Map<String, String> settings(String source, String yaml) {
                return Map.of("corpus.use", "jsonl");
            }

            @Override
            public Ref<?> parse(String kind, String rendered) {
                return part(kind, rendered, Map.of());
            }
        };
    }

    @Override
    public Runs runs() {
        return runs;
    }

    @Override
    public Results results() {
        return new FolderResults();
    }

    @Override
    public Comparisons comparisons() {
        return new TableComparisons(results(), recipes(), workbench());
    }

    @Override
    public RecipeRunner runner() {
        return runner;
    }

    @Override
    public Workbench workbench() {
        return new Workbench() {
            @Override
            public LossTrial loss(Ref<?> loss, Ref<?> similarity, double[][] embeddings, int[] groups) {
                return new LossTrial(embeddings[0][0], new float[][] {{0.5f}});
            }

            @Override
            public Encoded encode(Ref<?> encoder, List<Example> examples) {
                float[][] rows = examples.stream().flatMap(e -> e.pairs().stream()).map(pair -> new float[] {3 + pair.head(), 4 + pair.tail()}).toArray(float[][]::new);
                return new Encoded(new Embeddings(rows), examples.stream().map(e -> encoder.name().equals("silent") ? List.<String>of() : e.passage().tokens()).toList());
            }

            @Override
            public RelationModel open(Path folder) {
                return model.orElseThrow();
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
            public Speed speed(Recipe recipe, String stage, int views, int length, int warmup, int steps) {
                throw new IllegalStateException("nothing to measure here");
            }

            @Override
            public String engine() {
                return "fake engine";
            }

            @Override
            public <T> T create(Ref<T> ref) {
                return ref.kind().cast(created.getOrDefault(Catalogue.kind(ref.kind()) + " " + ref.name(), created.get(ref.name())));
            }
        };
    }

    /** A corpus reader that gives a corpus. */
    static CorpusReader reader(Corpus corpus) {
        return () -> corpus;
    }

    @Override
    public Plugins plugins(boolean restart) {
        return restart ? plugins.atRestart() : plugins;
    }

    @Override
    public Features features() {
        return new FakeFeatures();
    }

    @Override
    public List<Checkpoints> checkpoints() {
        return List.of();
    }

    @Override
    public ServiceComponentRuntime components() {
        throw new IllegalStateException("there is no framework here");
    }

    @Override
    public BundleContext context() {
        throw new IllegalStateException("there is no framework here");
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public Path cache() {
        return home.resolve("cache");
    }

    /** Calls a function in place of stages. */
    static final class FakeRunner implements RecipeRunner {
        /** The work of a run. */
        interface Work {
            void on(Recipe recipe, RunFolder folder) throws Exception;
        }

        private final Work work;

        FakeRunner(Work work) {
            this.work = work;
        }

        @Override
        public RunStatus run(Recipe recipe, RunFolder folder, BooleanSupplier stop, RunListener listener) throws Exception {
            listener.runStarted(folder.id(), recipe);
            work.on(recipe, folder);
            if (folder.status() != RunStatus.STOPPED) folder.status(RunStatus.DONE, "");
            listener.runFinished(folder.id(), folder.status());
            return folder.status();
        }

        @Override
        public void check(Recipe recipe, Corpus corpus) {}
    }
}
