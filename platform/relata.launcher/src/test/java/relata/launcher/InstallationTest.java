package relata.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    private Path home = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(home.resolve("features"));
    }

    private void feature(String name, String bundles, String... requires) throws IOException {
        String needs = requires.length == 0 ? "" : "\"" + String.join("\", \"", requires) + "\"";
        Files.writeString(home.resolve("features/" + name + ".json"),
                "{\"id\": \"g:" + name + ":1\", \"bundles\": [" + bundles + "], \"extensions\": {\"relata-requires\": {\"type\": \"json\", \"json\": {\"features\": [" + needs + "]}}}}");
    }

    private Path jar(String path) throws IOException {
        Path jar = home.resolve("system").resolve(path);
        Files.createDirectories(jar.getParent());
        return Files.writeString(jar, "");
    }

    @Test
    void takesRequiredFeaturesFirstAndEachJarOnce() throws Exception {
        Path one = jar("org/x/one/1.0/one-1.0.jar");
        Path two = jar("org/x/two/2/two-2.jar");
        Path three = jar("org/x/three/3/three-3-linux.jar");
        feature("base", "{\"id\": \"org.x:one:1.0\", \"start-order\": 1}");
        feature("middle", "{\"id\": \"org.x:two:2\", \"start-order\": 9}, {\"id\": \"org.x:one:1.0\"}", "base");
        feature("top", "{\"id\": \"org.x:three:jar:linux:3\", \"start-order\": 2, \"fragment\": true}", "middle", "base");
        Installation installation = Installation.of(home, List.of("top", "base"));
        assertEquals(List.of("base", "middle", "top"), installation.features());
        assertEquals(
                List.of(new Installation.Jar(one, 1, false), new Installation.Jar(three, 2, true), new Installation.Jar(two, 9, false)), installation.jars());
        assertTrue(installation.jars().get(0).location().startsWith("reference:file:"));
    }

    @Test
    void bundlesMayBeWrittenAsPlainIds() throws Exception {
        jar("org/x/one/1.0/one-1.0.jar");
        feature("base", "\"org.x:one:1.0\"");
        assertEquals(10, Installation.of(home, List.of("base")).jars().get(0).order());
    }

    @Test
    void namesTheFeaturesThatThereAre() throws Exception {
        feature("base", "");
        feature("other", "");
        assertEquals("there is no feature 'bass'; there are: base, other", assertThrows(LaunchException.class, () -> Installation.of(home, List.of("bass"))).getMessage());
    }

    @Test
    void namesAllMissingJars() throws Exception {
        feature("base", "{\"id\": \"org.x:one:1.0\"}, {\"id\": \"org.x:two:1.0\"}");
        String message = assertThrows(LaunchException.class, () -> Installation.of(home, List.of("base"))).getMessage();
        assertTrue(message.contains("names org.x:one:1.0") && message.contains("names org.x:two:1.0"), message);
    }

    @Test
    void refusesCircles() throws Exception {
        feature("a", "", "b");
        feature("b", "", "a");
        assertEquals("features need each other in a circle: a -> b -> a", assertThrows(LaunchException.class, () -> Installation.of(home, List.of("a"))).getMessage());
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Files.writeString(home.resolve("features/bad.json"), "{\"bundles\": 3}");
        assertTrue(assertThrows(LaunchException.class, () -> Installation.of(home, List.of("bad"))).getMessage().endsWith("bad.json: 'bundles' must be a list"));
        feature("worse", "{\"id\": \"org.x:one\"}");
        assertTrue(assertThrows(LaunchException.class, () -> Installation.of(home, List.of("worse"))).getMessage().contains("'org.x:one' is not group:artifact:version"));
    }
}
