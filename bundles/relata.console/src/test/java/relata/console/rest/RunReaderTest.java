package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.runs.FolderRuns;
import relata.runs.results.FolderResults;

class RunReaderTest {
    @TempDir
    Path root;

    private final Recipes recipes = new JobsScene.AnyRecipes() {
        @Override
        public Map<String, String> settings(String source, String yaml) {
            return Map.of("seed", yaml.strip());
        }
    };

    @Test
    void aRunThatHasTheNameOfADeletedOneIsAnother() throws Exception {
        Site site = new Site(root, new FolderRuns(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), "1"));
        Broadcast broadcast = new Broadcast(new Events());
        RunReader reader = new RunReader(recipes, new FollowerTest.NoParts(), new FolderResults(), new Jobs(site, recipes, new FollowerTest.NoRunner(), broadcast), broadcast);
        RunFolder first = site.runs().create(root, recipes.read("", "7", Map.of()));
        assertEquals(7, reader.summary(first).seed());
        site.runs().remove(first);
        RunFolder second = site.runs().create(root, recipes.read("", "2", Map.of()));
        assertEquals(first.id(), second.id());
        assertEquals(2, reader.summary(second).seed());
    }
}
