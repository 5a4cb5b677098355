package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.platform.tests.Unpacked.Answer;

/** Plug-ins at the command line: each command is a process of its own, and what one does the next one sees. */
class PluginProcessTest {
    @TempDir
    private Path folder;

    private Answer relata(String... args) throws Exception {
        return Unpacked.inPlace(folder.resolve("work"))
                .relata(Map.of("RELATA_JVM_OPTS", "-Drelata.plugins=" + folder.resolve("plugins") + " -Drelata.etc=" + folder.resolve("etc"), "RELATA_FEATURES", "core,engine-cpu"), args);
    }

    @Test
    void whatOneProcessInstallsTheNextOneUses() throws Exception {
        Path one = PluginJar.of("acme.metric", "1.0.0").metric("constant", 1).write(folder.resolve("one.jar")), two = PluginJar.of("acme.metric", "2.0.0").metric("steady", 1).write(folder.resolve("two.jar"));
        Answer verified = relata("plugin", "verify", one.toString());
        assertEquals(0, verified.code(), verified.err());
        assertFalse(Files.exists(folder.resolve("plugins/.store/state.json")));
        Answer installed = relata("plugin", "install", one.toString());
        assertEquals("Change 1. Installed: acme.metric 1.0.0\n", installed.out(), installed.err());
        assertTrue(installed.err().startsWith("relata: " + one + " is not trusted: it is not signed"), installed.err());
        Answer metrics = relata("list", "metric");
        assertEquals("", metrics.err());
        assertTrue(metrics.out().contains("  constant"), metrics.out());
        assertEquals(0, relata("plugin", "update", two.toString()).code());
        assertTrue(relata("list", "metric").out().contains("  steady"));
        assertEquals(0, relata("plugin", "rollback").code());
        assertEquals("metric constant", JsonParser.parseString(relata("plugin", "list", "--json").out()).getAsJsonArray().get(0).getAsJsonObject().getAsJsonArray("parts").get(0).getAsString());
    }

    @Test
    void aRefusalIsAnExitCodeAndSentences() throws Exception {
        Path broken = PluginJar.of("acme.metric", "1.0.0").metric("constant", 1).imports("com.nowhere").write(folder.resolve("broken.jar"));
        Answer refused = relata("plugin", "install", broken.toString());
        assertEquals(1, refused.code());
        assertEquals("relata: acme.metric 1.0.0 needs the package com.nowhere, which no bundle here exports: pack it into the plug-in, or install its bundle together with it\n", refused.err());
        assertEquals("No plug-in is installed.\n", relata("plugin", "list").out());
    }

    @Test
    void aPluginForANewerApiIsToldWhatThereIs() throws Exception {
        Path newer = PluginJar.of("acme.metric", "1.0.0").metric("constant", 1).imports("relata.api.learn;version=\"[9.3,10)\"").write(folder.resolve("newer.jar"));
        Answer refused = relata("plugin", "verify", newer.toString());
        assertEquals(1, refused.code());
        String said = refused.out() + refused.err();
        assertTrue(said.matches("(?s).*acme\\.metric 1\\.0\\.0 needs relata\\.api\\.learn \\[9\\.3,10\\); this platform has \\d+\\.\\d+ \\(of relata\\.api\\.learn\\)\\. Build the plug-in against this platform's API, or take a platform that fits.*"), said);
    }

    @Test
    void whatLiesInTheWatchedFolderIsThereAtTheNextStart() throws Exception {
        Path drop = PluginJar.of("acme.metric", "1.0.0").metric("constant", 1).write(folder.resolve("plugins/dropped.jar"));
        assertTrue(relata("list", "metric").out().contains("  constant"));
        Files.delete(drop);
        assertFalse(relata("list", "metric").out().contains("  constant"));
    }
}
