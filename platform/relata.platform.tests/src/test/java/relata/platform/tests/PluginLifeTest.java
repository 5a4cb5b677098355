package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.Catalogue;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.evaluate.Metric;
import relata.api.evaluate.Predictions;
import relata.api.plugin.Leases;
import relata.api.plugin.Plugin;
import relata.api.plugin.PluginChange;
import relata.api.plugin.PluginException;

/** Plug-ins come, change and go in a running platform. */
class PluginLifeTest {
    private static final String NAME = "acme.metric";

    @TempDir
    private Path folder;

    private Inside inside;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/plugins.properties"), "trust=off\n");
        inside = Inside.start(folder, "engine-cpu");
    }

    @AfterEach
    void stop() throws Exception {
        inside.close();
    }

    private String jar(String version, double number) throws Exception {
        return PluginJar.of(NAME, version).metric("constant", number).write(folder.resolve("jars/" + NAME + "-" + version + "-" + number + ".jar")).toString();
    }

    private static String jar(Path folder, PluginJar jar, String file) throws Exception {
        return jar.write(folder.resolve("jars").resolve(file)).toString();
    }

    /** What the part gives now. */
    private double number() throws Exception {
        return number(inside);
    }

    private static double number(Inside inside) throws Exception {
        return number(inside, inside.service(Catalogue.class).find("metric", "constant").orElseThrow().config().getDeclaredConstructor().newInstance());
    }

    private static double number(Inside inside, Record config) {
        return inside.service(Parts.class).create(new Ref<>(Metric.class, "constant", config)).of(new Predictions(List.of(), Optional.empty(), List.of())).get("number");
    }

    private String refused(List<String> sources) {
        return assertThrows(PluginException.class, () -> inside.plugins().install(sources)).getMessage();
    }

    @Test
    void whatIsInstalledIsUsedAtOnceAndAfterARestart() throws Exception {
        PluginChange change = inside.plugins().install(List.of(jar("1.0.0", 1)));
        assertEquals(List.of(NAME + " 1.0.0"), change.plugins());
        assertEquals(1, number());
        Plugin plugin = inside.plugins().list().get(0);
        assertEquals(Plugin.State.ACTIVE, plugin.state());
        assertEquals(List.of("metric constant"), plugin.parts());
        assertEquals(folder.resolve("jars/" + NAME + "-1.0.0-1.0.jar").toString(), plugin.origin());
        stop();
        inside = Inside.start(folder, "engine-cpu");
        assertEquals(1, number());
        assertEquals(plugin, inside.plugins().list().get(0));
        assertEquals(List.of(), inside.plugins().problems());
        assertEquals(List.of(plugin), inside.plugins().verify());
    }

    @Test
    void aSetComesAsAWholeOrNotAtAll() throws Exception {
        String lacking = jar(folder, PluginJar.of("acme.lacking", "1.0.0").metric("lacking", 1).imports("com.nowhere;version=\"[2,3)\""), "lacking.jar");
        String message = refused(List.of(jar("1.0.0", 1), lacking));
        assertEquals("acme.lacking 1.0.0 needs the package com.nowhere [2,3), which no bundle here exports: pack it into the plug-in, or install its bundle together with it", message);
        assertEquals(List.of(), inside.plugins().list());
        assertEquals(List.of(), inside.bundles(NAME));
        assertEquals(List.of(), inside.parts("constant"));
        // together with what it needs it comes
        String giving = jar(folder, PluginJar.of("com.giving", "1.0.0").header("Export-Package", "com.nowhere;version=2.5").entry("com/nowhere/x", new byte[1]), "giving.jar");
        assertEquals(List.of("acme.lacking 1.0.0", "com.giving 1.0.0"), inside.plugins().install(List.of(lacking, giving)).plugins());
    }

    @Test
    void workKeepsWhatItBeganWithAndNewWorkSeesTheNew() throws Exception {
        inside.plugins().install(List.of(jar("1.0.0", 1)));
        Record old = inside.service(Catalogue.class).find("metric", "constant").orElseThrow().config().getDeclaredConstructor().newInstance();
        try (Leases.Lease lease = inside.leases().take("run 1")) {
            inside.plugins().update(List.of(jar("2.0.0", 2)));
            assertEquals(2, number());
            assertEquals(List.of("metric constant of " + NAME + " 2.0.0"), inside.parts("constant"));
            assertEquals(2, inside.bundles(NAME).size());
            Plugin draining = inside.plugins().list().stream().filter(p -> p.state() == Plugin.State.DRAINING).findFirst().orElseThrow();
            assertEquals("in use by run 1", draining.remark());
            // what was read for the old one is made by it, as long as it is kept
            assertEquals(1, number(inside, old));
        }
        String message = assertThrows(IllegalStateException.class, () -> number(inside, old)).getMessage();
        assertEquals("the metric 'constant' was replaced by that of " + NAME + " 2.0.0 after the recipe was read. Start the run again", message);
        assertEquals(List.of("2.0.0"), inside.bundles(NAME).stream().map(b -> b.getVersion().toString()).toList());
        assertEquals(1, inside.plugins().list().size());
    }

    @Test
    void aBrokenUpdateLeavesTheOldOneServing() throws Exception {
        inside.plugins().install(List.of(jar("1.0.0", 1)));
        String broken = jar(folder, PluginJar.of(NAME, "2.0.0").metric("constant", "throw new IllegalStateException(\"no luck\");", "return null;"), "broken.jar");
        String message = assertThrows(PluginException.class, () -> inside.plugins().update(List.of(broken))).getMessage();
        assertTrue(message.startsWith(NAME + " 2.0.0: making its part 'constant' failed: ") && message.contains("no luck"), message);
        assertEquals(1, number());
        assertEquals(1, inside.bundles(NAME).size());
        assertEquals(2, inside.plugins().history().size());
    }

    @Test
    void rollbackLeadsBackStepByStep() throws Exception {
        inside.plugins().install(List.of(jar("1.0.0", 1)));
        inside.plugins().update(List.of(jar("2.0.0", 2)));
        inside.plugins().update(List.of(jar("2.0.0", 3)));
        assertEquals(3, number());
        inside.plugins().rollback(-1);
        assertEquals(2, number());
        inside.plugins().rollback(-1);
        assertEquals(1, number());
        inside.plugins().rollback(-1);
        assertEquals(List.of(), inside.parts("constant"));
        assertThrows(PluginException.class, () -> inside.plugins().rollback(-1));
        inside.plugins().rollback(3);
        assertEquals(3, number());
        assertEquals(List.of("begin", "install", "update", "update", "rollback to 2", "rollback to 1", "rollback to 0", "rollback to 3"), inside.plugins().history().stream().map(PluginChange::action).toList());
        assertEquals("there is no change 77 to go back to; there are 0 to 6", assertThrows(PluginException.class, () -> inside.plugins().rollback(77)).getMessage());
        assertEquals("change 7 is the last one, so there is nothing to go back from", assertThrows(PluginException.class, () -> inside.plugins().rollback(7)).getMessage());
    }

    @Test
    void whatIsSwitchedOffStaysInstalled() throws Exception {
        inside.plugins().install(List.of(jar("1.0.0", 1)));
        inside.plugins().enable(List.of(NAME), false);
        assertEquals(List.of(), inside.parts("constant"));
        assertEquals(Plugin.State.DISABLED, inside.plugins().list().get(0).state());
        inside.plugins().enable(List.of(NAME), true);
        assertEquals(1, number());
        inside.plugins().remove(List.of(NAME));
        assertEquals(List.of(), inside.bundles(NAME));
        assertEquals("no plug-in is called '" + NAME + "'. Installed: none.", assertThrows(PluginException.class, () -> inside.plugins().remove(List.of(NAME))).getMessage());
    }

    @Test
    void installDoesNotReplaceAndUpdateDoesNotBegin() throws Exception {
        String one = jar("1.0.0", 1), two = jar("2.0.0", 2);
        assertTrue(assertThrows(PluginException.class, () -> inside.plugins().update(List.of(one))).getMessage().contains("is not installed"));
        inside.plugins().install(List.of(one));
        assertTrue(refused(List.of(two)).contains("'relata plugin update"));
        assertEquals(List.of(NAME + " 1.0.0 is installed already, the very same file"), inside.plugins().install(List.of(one)).remarks());
        assertTrue(refused(List.of(one, two)).contains("one version of a plug-in can be installed at a time"));
    }

    @Test
    void whatUsesAReplacedPluginComesAnewWithIt() throws Exception {
        String base = jar(folder, PluginJar.of("acme.base", "1.0.0").header("Export-Package", "acme.words;version=1.0.0").entry("acme/words/x", new byte[1]), "base1.jar");
        String newBase = jar(folder, PluginJar.of("acme.base", "1.1.0").header("Export-Package", "acme.words;version=1.1.0").entry("acme/words/x", new byte[1]), "base2.jar");
        String user = jar(folder, PluginJar.of(NAME, "1.0.0").metric("constant", 5).imports("acme.words;version=\"[1,2)\""), "user.jar");
        inside.plugins().install(List.of(base, user));
        long before = inside.bundles(NAME).get(0).getBundleId();
        try (Leases.Lease lease = inside.leases().take("run 1")) {
            inside.plugins().update(List.of(newBase));
            assertEquals(2, inside.bundles(NAME).size());
        }
        assertEquals(List.of("1.1.0"), inside.bundles("acme.base").stream().map(b -> b.getVersion().toString()).toList());
        assertTrue(inside.bundles(NAME).get(0).getBundleId() > before, "it would hold the old classes");
        assertEquals(5, number());
        String message = assertThrows(PluginException.class, () -> inside.plugins().remove(List.of("acme.base"))).getMessage();
        assertTrue(message.startsWith(NAME + " 1.0.0 needs the package acme.words [1,2)"), message);
        assertEquals(5, number());
    }

    @Test
    void whatMustNotBeLoadedTwiceIsNotReplacedInARunningPlatform() throws Exception {
        inside.plugins().install(List.of(jar(folder, PluginJar.of(NAME, "1.0.0").metric("constant", 1).header("Relata-Hot-Update", "never"), "never.jar")));
        String two = jar("2.0.0", 2);
        String message = assertThrows(PluginException.class, () -> inside.plugins().update(List.of(two))).getMessage();
        assertTrue(message.contains(NAME + " 1.0.0 says Relata-Hot-Update: never") && message.contains("--restart"), message);
        assertEquals(1, number());
        inside.plugins().atRestart().update(List.of(two));
        assertEquals(1, number());
        assertEquals(List.of("goes on in place of 2.0.0", "takes effect at the next start"), inside.plugins().list().stream().map(Plugin::remark).sorted().toList());
        stop();
        inside = Inside.start(folder, "engine-cpu");
        assertEquals(2, number());
    }

    @Test
    void anotherPlatformFollows() throws Exception {
        try (Inside other = Inside.start(folder, "engine-cpu")) {
            inside.plugins().install(List.of(jar("1.0.0", 1)));
            assertEquals(List.of(), other.parts("constant"));
            assertEquals(List.of(), other.plugins().follow());
            assertEquals(1, number(other));
            // a change made without having looked begins with what the other wrote
            inside.plugins().update(List.of(jar("2.0.0", 2)));
            other.plugins().remove(List.of(NAME));
            assertEquals(List.of(), inside.plugins().follow());
            assertEquals(List.of(), inside.parts("constant"));
            assertEquals(inside.plugins().history(), other.plugins().history());
        }
    }

    @Test
    void whatWasChangedOnDiskIsNotUsed() throws Exception {
        inside.plugins().install(List.of(jar("1.0.0", 1)));
        stop();
        Path stored = folder.resolve("plugins/.store/jars").resolve(hash());
        Files.copy(Path.of(jar("1.0.0", 9)), stored, StandardCopyOption.REPLACE_EXISTING);
        inside = Inside.start(folder, "engine-cpu");
        assertEquals(List.of(), inside.parts("constant"));
        assertEquals(Plugin.State.BROKEN, inside.plugins().list().get(0).state());
        assertTrue(inside.plugins().problems().get(0).contains("has been changed since it was installed"), inside.plugins().problems().toString());
        assertTrue(assertThrows(PluginException.class, () -> inside.plugins().verify()).getMessage().contains("has been changed"));
    }

    private String hash() throws Exception {
        return JsonParser.parseString(Files.readString(folder.resolve("plugins/.store/state.json"))).getAsJsonObject().getAsJsonObject("now").getAsJsonArray("entries").get(0).getAsJsonObject().get("sha256").getAsString() + ".jar";
    }

    @Test
    void aBrokenPluginDoesNotKeepOthersFromComing() throws Exception {
        inside.plugins().install(List.of(jar("1.0.0", 1)));
        stop();
        Files.delete(folder.resolve("plugins/.store/jars").resolve(hash()));
        inside = Inside.start(folder, "engine-cpu");
        assertEquals(Plugin.State.BROKEN, inside.plugins().list().get(0).state());
        inside.plugins().install(List.of(jar(folder, PluginJar.of("acme.other", "1.0.0").metric("other", 1), "other.jar")));
        assertEquals(List.of("metric other of acme.other 1.0.0"), inside.parts("other"));
        assertEquals(1, inside.plugins().problems().size());
        inside.plugins().update(List.of(jar("1.1.0", 7)));
        assertEquals(7, number());
        assertEquals(List.of(), inside.plugins().problems());
    }
}
