package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.plugin.Feature;
import relata.api.plugin.Features;
import relata.api.plugin.Plugin;
import relata.api.plugin.PluginException;

/** Features come to a running platform and go from it. */
class FeatureInstallTest {
    @TempDir
    private Path folder;

    private Inside inside;

    @BeforeEach
    void start() throws Exception {
        inside = Inside.start(folder, Map.of("relata.features", "core-libraries,core,engine-cpu-libraries,engine-cpu"), "engine-cpu");
    }

    @AfterEach
    void stop() throws Exception {
        inside.close();
    }

    private Features features() {
        return inside.service(Features.class);
    }

    private Path feature(String name, String requires, String... bundles) throws Exception {
        String list = String.join(", ", List.of(bundles).stream().map(b -> "{\"id\": \"" + b + "\"}").toList());
        return Files.writeString(Files.createDirectories(folder.resolve("offered")).resolve(name + ".json"),
                "{\"feature-resource-version\": \"1.0\", \"bundles\": [" + list + "], \"extensions\": {\"relata-requires\": {\"type\": \"json\", \"json\": {\"features\": [" + requires + "]}}}}");
    }

    @Test
    void comesAndGoesAsAWhole() throws Exception {
        PluginJar.of("acme.base", "1.0.0").header("Export-Package", "acme.words;version=1.0.0").entry("acme/words/x", new byte[1]).write(folder.resolve("offered/acme.base-1.0.0.jar"));
        PluginJar.of("acme.metric", "1.0.0").metric("constant", 1).imports("acme.words").write(folder.resolve("offered/acme.metric-1.0.0.jar"));
        Path file = feature("acme", "\"engine-cpu\"", "org.acme:acme.metric:1.0.0", "org.acme:acme.base:1.0.0", "org.relata:relata.runtime:" + Tree.VERSION);
        assertEquals(List.of(), features().check(file));
        assertEquals(List.of(), inside.plugins().list());
        features().install(file);
        assertEquals(List.of("metric constant of acme.metric 1.0.0"), inside.parts("constant"));
        Feature acme = features().list().stream().filter(f -> f.name().equals("acme")).findFirst().orElseThrow();
        assertEquals(Feature.State.INSTALLED, acme.state());
        assertEquals(List.of("org.acme:acme.metric:1.0.0", "org.acme:acme.base:1.0.0"), acme.bundles());
        features().remove("acme");
        assertEquals(List.of(), inside.plugins().list());
        assertEquals(List.of(), inside.bundles("acme.base"));
    }

    @Test
    void allThatIsMissingIsToldAtOnce() throws Exception {
        Path file = feature("acme", "\"clre\", \"moon\"", "org.acme:none:1.0", "acme", "org.relata:relata.runtime:" + Tree.VERSION);
        List<String> problems = features().check(file);
        assertEquals(4, problems.size(), problems.toString());
        assertEquals("acme needs the feature clre, which is not started: start relata with --features engine-cpu,clre", problems.get(0));
        assertEquals("acme needs the feature moon, which this installation does not have", problems.get(1));
        assertTrue(problems.get(2).startsWith("acme: there is no org.acme:none:1.0 on this machine: looked for " + file.resolveSibling("none-1.0.jar") + " and "), problems.get(2));
        assertEquals("acme: 'acme' is not group:artifact:version or group:artifact:type:classifier:version", problems.get(3));
        for (String id : List.of("", "a:", "::", "g:../../a:1", "a:b:c:d")) assertTrue(features().check(feature("wrong", "", id)).get(0).contains("'" + id + "' is not group:artifact:version"), id);
        assertEquals(problems, assertThrows(PluginException.class, () -> features().install(file)).problems());
    }

    @Test
    void whatIsNoFeatureFileIsSaidInWords() throws Exception {
        Path file = Files.createDirectories(folder.resolve("offered")).resolve("odd.json");
        for (String text : List.of("{", "{\"bundles\": [}")) {
            String said = features().check(Files.writeString(file, text)).get(0);
            assertTrue(said.startsWith(file + " is refused: it is not JSON, or cut off: ") && !said.contains("Exception"), said);
        }
        for (String text : List.of("[]", "{}", "7", "{\"bundles\": 1}")) assertEquals(List.of(file + " is refused: it must be an object with a list 'bundles'"), features().check(Files.writeString(file, text)));
        assertEquals(List.of("there is no file " + file.resolveSibling("none.json")), features().check(file.resolveSibling("none.json")));
    }

    @Test
    void itsPluginsStayItsOwn() throws Exception {
        PluginJar.of("acme.base", "1.0.0").entry("x", new byte[1]).write(folder.resolve("offered/acme.base-1.0.0.jar"));
        PluginJar.of("acme.metric", "1.0.0").metric("constant", 1).write(folder.resolve("offered/acme.metric-1.0.0.jar"));
        features().install(feature("acme", "", "org.acme:acme.metric:1.0.0", "org.acme:acme.base:1.0.0"));
        inside.plugins().update(List.of(PluginJar.of("acme.metric", "1.1.0").metric("constant", 1).write(folder.resolve("offered/acme.metric-1.1.0.jar")).toString()));
        assertEquals(List.of("acme", "acme"), inside.plugins().list().stream().map(Plugin::feature).toList());
        // a later file of the feature does without the base
        features().install(feature("acme", "", "org.acme:acme.metric:1.1.0"));
        assertEquals(List.of("acme.metric 1.1.0"), inside.plugins().list().stream().map(Plugin::title).toList());
        features().remove("acme");
        assertEquals(List.of(), inside.plugins().list());
    }

    @Test
    void whatDoesNotResolveIsToldWithoutStartingIt() throws Exception {
        PluginJar.of("acme.metric", "1.0.0").metric("constant", 1).imports("com.nowhere").write(folder.resolve("offered/acme.metric-1.0.0.jar"));
        List<String> problems = features().check(feature("acme", "", "org.acme:acme.metric:1.0.0"));
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("acme.metric 1.0.0 needs the package com.nowhere, which no bundle here exports"), problems.get(0));
    }

    @Test
    void whatIsNoFeatureFileIsRefused() throws Exception {
        for (String text : List.of("", "[]", "{\"bundles\": 3}", "{\"bundles\": [], \"extensions\": 7}", "{")) {
            Path file = Files.writeString(Files.createDirectories(folder.resolve("offered")).resolve("acme.json"), text);
            assertTrue(features().check(file).get(0).startsWith(file + " is refused: "), text + ": " + features().check(file));
        }
        assertEquals(List.of("there is no file " + folder.resolve("none.json")), features().check(folder.resolve("none.json")));
        assertTrue(features().check(feature("core", "")).get(0).contains("a feature core is part of this installation"));
    }

    @Test
    void theInstallationsOwnFeaturesStay() {
        assertTrue(assertThrows(PluginException.class, () -> features().remove("core")).getMessage().contains("is part of this installation"));
        assertEquals("no feature is called 'acme'. Installed later: none.", assertThrows(PluginException.class, () -> features().remove("acme")).getMessage());
        assertEquals(Feature.State.STARTED, features().list().stream().filter(f -> f.name().equals("core")).findFirst().orElseThrow().state());
        assertEquals(Feature.State.AVAILABLE, features().list().stream().filter(f -> f.name().equals("clre")).findFirst().orElseThrow().state());
    }
}
