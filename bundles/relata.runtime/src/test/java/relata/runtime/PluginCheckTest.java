package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;
import relata.api.component.ComponentProvider;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.evaluate.Metric;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Objective;
import relata.api.learn.Optimiser;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.Stage;
import relata.api.view.Augmenter;
import relata.api.view.BatchSampler;
import relata.api.view.View;
import relata.runs.FolderRuns;
import relata.testkit.TestEngine;

/** A check asks parts of plug-ins, whose faults must not look like those of the recipe or of the platform. */
class PluginCheckTest {
    record None() {}

    record Fault(String how) {}

    private static final class Reading implements ComponentProvider<CorpusReader, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public CorpusReader create(None config, Parts parts) {
            return PluginCheckTest::corpus;
        }
    }

    private static final class Encoding implements ComponentProvider<EncoderLoader, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public EncoderLoader create(None config, Parts parts) {
            return (engine, manager, from) -> {
                throw new AssertionError("a check loads nothing");
            };
        }
    }

    private static final class Classifying implements ComponentProvider<Objective, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public Objective create(None config, Parts parts) {
            return new Objective() {
                @Override
                public boolean classifies() {
                    return true;
                }

                @Override
                public Term open(Setting setting) {
                    throw new AssertionError("a check opens nothing");
                }
            };
        }
    }

    private static final class Measuring implements ComponentProvider<Metric, Fault> {
        @Override
        public Class<Fault> configType() {
            return Fault.class;
        }

        @Override
        public Metric create(Fault config, Parts parts) {
            return predictions -> switch (config.how()) {
                case "divides" -> throw new ArithmeticException("/ by zero");
                case "refuses" -> throw new IllegalArgumentException("no such thing");
                default -> Map.of("share", 1.0);
            };
        }
    }

    private static final class Viewing implements ComponentProvider<Augmenter, Fault> {
        @Override
        public Class<Fault> configType() {
            return Fault.class;
        }

        @Override
        public Augmenter create(Fault config, Parts parts) {
            if (config.how().equals("unmade")) throw new NoClassDefFoundError("acme/Lost");
            return new Seen(config.how().equals("null"));
        }
    }

    private record Seen(boolean nothing) implements Augmenter {
        @Override
        public List<View> augment(Example example, RandomGenerator random) {
            throw new AssertionError("a check augments nothing");
        }

        @Override
        @NullUnmarked
        public Set<String> symbols() {
            return nothing ? null : Set.of();
        }
    }

    private GraphRunner runner;
    private Path root;

    @BeforeEach
    void open(@TempDir Path fresh) {
        root = fresh;
        PartCatalogue catalogue = new PartCatalogue(NoPlugins.LEASES);
        catalogue.add("r", "small", "relata.small", Version.emptyVersion, new Reading());
        catalogue.add("e", "none", "relata.small", Version.emptyVersion, new Encoding());
        catalogue.add("o", "goal", "relata.small", Version.emptyVersion, new Classifying());
        catalogue.add("m", "share", "acme.metric", Version.parseVersion("1.2.0"), new Measuring());
        catalogue.add("v", "seen", "acme.view", Version.parseVersion("2.0.0"), new Viewing());
        catalogue.add("t", "train", "relata.small", Version.emptyVersion, new Trained());
        runner = new GraphRunner(new CreatedParts(catalogue::now, root.resolve("cache")), catalogue, new Provenance(null, TestEngine.engine()), NoPlugins.LEASES);
    }

    private static final class Trained implements ComponentProvider<Stage, Train.Config> {
        @Override
        public Class<Train.Config> configType() {
            return Train.Config.class;
        }

        @Override
        public Stage create(Train.Config config, Parts parts) {
            throw new AssertionError("a check that fails runs no stage");
        }
    }

    private static Corpus corpus() {
        Passage passage = new Passage("p", List.of("a", "b"), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 1, 2)), List.of());
        List<Example> examples = List.of(new Example("e", passage, List.of(new Pair(0, 1, List.of("yes")))));
        return new Corpus("small", new TreeMap<>(Map.of("train", examples, "dev", examples)), List.of("no", "yes"), Optional.empty(), new TreeMap<>(Map.of("data.txt", "01")));
    }

    private static Recipe recipe(String view, String metric, String number) {
        Ref<Stage> train = new Ref<>(Stage.class, "train", new Train.Config(
                Optional.empty(), "train", 1, Optional.empty(), List.of(new Ref<>(Augmenter.class, "seen", new Fault(view))), false, new Ref<>(BatchSampler.class, "pairs", new None()),
                List.of(new Ref<>(Objective.class, "goal", new None())), List.of(), new Ref<>(Optimiser.class, "none", new None()), 1, 1, 0,
                Optional.of(new Train.Best("dev", new Ref<>(Metric.class, "share", new Fault(metric)), number, Optional.empty())), 60, Optional.empty()));
        return new Recipe("small", "", List.of(), 1, new Ref<>(CorpusReader.class, "small", new None()), new Ref<>(EncoderLoader.class, "none", new None()), Map.of("t", train), "recipe: small\n");
    }

    /** What a run and a check alone say. */
    private String failure(String view, String metric) throws Exception {
        Recipe recipe = recipe(view, metric, "share");
        RunFolder folder = new FolderRuns(Clock.systemDefaultZone(), "test").create(root.resolve("runs"), recipe);
        String message = assertThrows(IllegalStateException.class, () -> runner.run(recipe, folder, () -> false, new RunListener() {})).getMessage();
        assertEquals(message, folder.error());
        assertEquals(message, assertThrows(IllegalStateException.class, () -> runner.check(recipe, corpus())).getMessage());
        return message;
    }

    @Test
    void aMetricThatThrowsIsNamedWithItsVersion() throws Exception {
        assertEquals("the recipe cannot be checked, in metric 'share' of acme.metric 1.2.0: / by zero", failure("", "divides"));
        assertEquals("the recipe cannot be checked, in metric 'share' of acme.metric 1.2.0: no such thing", failure("", "refuses"));
    }

    @Test
    void anAugmenterThatCannotBeMadeOrSaysNothingIsNamedWithItsVersion() throws Exception {
        assertEquals("the recipe cannot be checked, in augmenter 'seen' of acme.view 2.0.0: acme/Lost", failure("unmade", ""));
        String message = failure("null", "");
        assertTrue(message.startsWith("the recipe cannot be checked, ") && message.contains("augmenter 'seen' of acme.view 2.0.0") && message.contains("symbols()"), message);
    }

    @Test
    void aNumberThatNoMetricGivesIsStillTheRecipesMistake() throws Exception {
        runner.check(recipe("", "", "share"), corpus());
        RecipeException e = assertThrows(RecipeException.class, () -> runner.check(recipe("", "", "shore"), corpus()));
        assertEquals("metric 'share' gives no 'shore'; it gives: share", e.mistakes().get(0).message());
    }
}
