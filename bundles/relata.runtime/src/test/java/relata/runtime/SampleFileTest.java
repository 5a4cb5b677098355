package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import relata.api.learn.EncoderLoader;
import relata.api.run.Recipe;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.Stage;
import relata.runs.FolderRuns;
import relata.testkit.TestEngine;

/** What a run leaves that says which examples it was trained on. */
class SampleFileTest {
    record None() {}

    record Share(String split, double fraction) implements Subsample.Shared {}

    /** A stage that does nothing with its share. */
    private static final class Sharing implements ComponentProvider<Stage, Share> {
        @Override
        public Class<Share> configType() {
            return Share.class;
        }

        @Override
        public Stage create(Share config, Parts parts) {
            return context -> Subsample.noted(config, context);
        }
    }

    private static final class Reading implements ComponentProvider<CorpusReader, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public CorpusReader create(None config, Parts parts) {
            return () -> {
                List<Example> examples = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    Passage passage = new Passage("p" + i, List.of("a", "b"), List.of(), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 1, 2)), List.of());
                    examples.add(new Example("e" + i, passage, List.of(new Pair(0, 1, List.of("r" + i % 2)))));
                }
                return new Corpus("small", new TreeMap<>(Map.of("train", examples)), List.of("r0", "r1"), Optional.empty(), new TreeMap<>());
            };
        }
    }

    private static JsonObject json(Path file) throws Exception {
        return new Gson().fromJson(Files.readString(file), JsonObject.class);
    }

    private static List<String> ids(JsonObject sample) {
        JsonArray ids = sample.getAsJsonArray("ids");
        return ids.asList().stream().map(JsonElement::getAsString).toList();
    }

    @Test
    void theIdsAreInTheStageAndTheirHashIsInTheProvenance(@TempDir Path root) throws Exception {
        PartCatalogue catalogue = new PartCatalogue(NoPlugins.LEASES);
        catalogue.add("s", "sharing", "tests", Version.emptyVersion, new Sharing());
        catalogue.add("r", "small", "tests", Version.emptyVersion, new Reading());
        Map<String, Ref<Stage>> stages = new LinkedHashMap<>();
        Map.of("one", 0.01, "five", 0.05, "ten", 0.1, "all", 1.0).forEach((name, p) -> stages.put(name, new Ref<>(Stage.class, "sharing", new Share("train", p))));
        Recipe recipe = new Recipe("small", "", List.of(), 7, new Ref<>(CorpusReader.class, "small", new None()), new Ref<>(EncoderLoader.class, "none", new None()), stages, "recipe: small\n");
        RunFolder folder = new FolderRuns(Clock.systemDefaultZone(), "test").create(root, recipe);
        new GraphRunner(new CreatedParts(catalogue::now, root.resolve("cache")), catalogue, new Provenance(null, TestEngine.engine()), NoPlugins.LEASES).run(recipe, folder, () -> false, new RunListener() {});

        JsonObject one = json(folder.stage("one").resolve(Subsample.FILE)), five = json(folder.stage("five").resolve(Subsample.FILE)), ten = json(folder.stage("ten").resolve(Subsample.FILE));
        assertEquals(4, ids(one).size(), "two of each of two relations");
        assertEquals(30, ten.get("examples").getAsInt());
        assertEquals(300, ten.get("of").getAsInt());
        assertTrue(ids(five).containsAll(ids(one)) && ids(ten).containsAll(ids(five)));
        assertFalse(Files.exists(folder.stage("all").resolve(Subsample.FILE)));

        JsonObject provenance = json(folder.path().resolve("provenance.json")), samples = provenance.getAsJsonObject("samples");
        assertEquals(3, samples.size());
        assertEquals(one.get("sha256"), samples.getAsJsonObject("one").get("sha256"));
        assertEquals(Provenance.sha256(String.join("\n", ids(one)) + "\n"), one.get("sha256").getAsString());
        assertEquals(64, provenance.getAsJsonObject("idsSha256").get("train").getAsString().length());
    }
}
