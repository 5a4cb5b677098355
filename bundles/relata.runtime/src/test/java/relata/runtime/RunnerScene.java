package relata.runtime;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;
import relata.api.component.ComponentProvider;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.component.SplitName;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.run.Recipe;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;
import relata.api.run.Stage;
import relata.runs.FolderRuns;
import relata.testkit.TestEngine;

/** Runs of stages that note what they are asked to do, over corpora that can be told to change or to fail. */
abstract class RunnerScene {
    record None() {}

    record Split(@SplitName String split) {}

    record Goals(List<Ref<Objective>> objectives) {}

    record Hides(boolean vocabulary) {}

    /** An objective that needs a vocabulary if it is told to. */
    static final class Hiding implements ComponentProvider<Objective, Hides> {
        @Override
        public Class<Hides> configType() {
            return Hides.class;
        }

        @Override
        public Objective create(Hides config, Parts parts) {
            return new Objective() {
                @Override
                public boolean needsVocabulary() {
                    return config.vocabulary();
                }

                @Override
                public Term open(Setting setting) {
                    throw new AssertionError("a check opens nothing");
                }
            };
        }
    }

    /** An encoder that has a vocabulary if it is told to. */
    static final class Numbers implements ComponentProvider<EncoderLoader, Hides> {
        @Override
        public Class<Hides> configType() {
            return Hides.class;
        }

        @Override
        public EncoderLoader create(Hides config, Parts parts) {
            return new EncoderLoader() {
                @Override
                public Encoder load(Engine engine, NDManager manager, Optional<Path> from) {
                    throw new AssertionError("a check loads nothing");
                }

                @Override
                public boolean hasVocabulary() {
                    return config.vocabulary();
                }
            };
        }
    }

    record Apart(Optional<Ref<CorpusReader>> corpus, @SplitName String split) {}

    final List<String> done = new ArrayList<>();
    final AtomicBoolean broken = new AtomicBoolean(), stop = new AtomicBoolean(), placed = new AtomicBoolean(), unreadable = new AtomicBoolean();
    final TreeMap<String, String> inputs = new TreeMap<>(Map.of("data.txt", "0123"));
    final TreeMap<String, String> otherInputs = new TreeMap<>(Map.of("other.txt", "89ab"));
    int reads;
    IOException failure = new IOException("the disk is full");
    GraphRunner runner;
    RunFolder folder;

    /** A stage that notes its name, and fails or asks for a stop when told. */
    final class Noting implements ComponentProvider<Stage, Split> {
        @Override
        public Class<Split> configType() {
            return Split.class;
        }

        @Override
        public Stage create(Split config, Parts parts) {
            return context -> {
                context.checkStop();
                context.metric(placed.get() ? Map.of("step", 10, "share", 0.5) : Map.of("share", 0.5));
                if (broken.get() && context.name().equals("second")) throw failure;
                Files.writeString(context.folder().resolve("result"), config.split());
                done.add(context.name());
            };
        }
    }

    /** A stage that notes the name of its corpus. */
    final class Asking implements ComponentProvider<Stage, Apart> {
        @Override
        public Class<Apart> configType() {
            return Apart.class;
        }

        @Override
        public Stage create(Apart config, Parts parts) {
            return context -> done.add(context.name() + " on " + context.corpus().name() + " of " + context.corpus().split(config.split()).size());
        }
    }

    final class OtherReading implements ComponentProvider<CorpusReader, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public CorpusReader create(None config, Parts parts) {
            return () -> {
                reads++;
                return new Corpus("other", new TreeMap<>(Map.of("far", List.of())), List.of("no"), Optional.empty(), otherInputs);
            };
        }
    }

    final class Reading implements ComponentProvider<CorpusReader, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public CorpusReader create(None config, Parts parts) {
            return () -> {
                if (unreadable.get()) throw new IOException("data.txt line 3: is no JSON");
                return new Corpus("small", new TreeMap<>(Map.of("train", List.of())), List.of("no"), Optional.of("no"), inputs);
            };
        }
    }

    @BeforeEach
    void open(@TempDir Path root) throws Exception {
        PartCatalogue catalogue = new PartCatalogue(NoPlugins.LEASES);
        catalogue.add("n", "noting", "tests", Version.emptyVersion, new Noting());
        catalogue.add("h", "hiding", "tests", Version.emptyVersion, new Hiding());
        catalogue.add("e", "numbers", "tests", Version.emptyVersion, new Numbers());
        catalogue.add("s", "small", "tests", Version.emptyVersion, new Reading());
        catalogue.add("a", "asking", "tests", Version.emptyVersion, new Asking());
        catalogue.add("o", "other", "tests", Version.emptyVersion, new OtherReading());
        CreatedParts parts = new CreatedParts(catalogue::now, root.resolve("cache"));
        runner = new GraphRunner(parts, catalogue, new Provenance(null, TestEngine.engine()), NoPlugins.LEASES);
        folder = new FolderRuns(Clock.systemDefaultZone(), "test").create(root.resolve("runs"), recipe("train"));
    }

    static Recipe recipe(String split) {
        Map<String, Ref<Stage>> stages = new LinkedHashMap<>();
        for (String name : List.of("first", "second", "third")) stages.put(name, new Ref<>(Stage.class, "noting", new Split(split)));
        return new Recipe("small", "", List.of(), 1, new Ref<>(CorpusReader.class, "small", new None()), new Ref<>(EncoderLoader.class, "none", new None()), stages, "recipe: small\n");
    }

    RunStatus run(Recipe recipe) throws Exception {
        return runner.run(recipe, folder, stop::get, new RunListener() {});
    }

    /** Three stages: one on the recipe's corpus, two on another. */
    static Recipe apart(String split, String farSplit) {
        Optional<Ref<CorpusReader>> other = Optional.of(new Ref<>(CorpusReader.class, "other", new None()));
        Map<String, Ref<Stage>> stages = new LinkedHashMap<>();
        stages.put("near", new Ref<>(Stage.class, "asking", new Apart(Optional.empty(), split)));
        stages.put("far", new Ref<>(Stage.class, "asking", new Apart(other, farSplit)));
        stages.put("second", new Ref<>(Stage.class, "noting", new Split(split)));
        stages.put("again", new Ref<>(Stage.class, "asking", new Apart(other, farSplit)));
        return new Recipe("small", "", List.of(), 1, new Ref<>(CorpusReader.class, "small", new None()), new Ref<>(EncoderLoader.class, "none", new None()), stages, "recipe: small\n");
    }
}
