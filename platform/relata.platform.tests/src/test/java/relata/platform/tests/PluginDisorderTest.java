package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.plugin.PluginException;

/** What processes that were ended, full disks and hands in the store leave behind; and what the audit log says about all that. */
class PluginDisorderTest {
    private static final String NAME = "acme.metric";

    @TempDir
    private Path folder;

    private Path store;
    private Inside inside;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/plugins.properties"), "trust=off\n");
        store = folder.resolve("plugins/.store");
        inside = Inside.start(folder, "engine-cpu");
    }

    @AfterEach
    void stop() throws Exception {
        inside.close();
    }

    private String jar(String name, String version) throws Exception {
        return PluginJar.of(name, version).metric("constant", 1).write(folder.resolve("jars/" + name + "-" + version + ".jar")).toString();
    }

    private String refused(String source) {
        return assertThrows(PluginException.class, () -> inside.plugins().install(List.of(source))).getMessage();
    }

    private List<JsonObject> audit() throws Exception {
        return Files.readAllLines(store.resolve("audit.jsonl")).stream().map(l -> JsonParser.parseString(l).getAsJsonObject()).toList();
    }

    @Test
    void theAuditLogSaysWhoDidWhat() throws Exception {
        inside.plugins().install(List.of(jar(NAME, "1.0.0")));
        refused(folder.resolve("none.jar").toString());
        Files.writeString(folder.resolve("etc/plugins.properties"), "trust=maybe\n");
        refused(jar(NAME, "2.0.0"));
        List<JsonObject> lines = audit();
        assertEquals(List.of("begins", "done", "refused", "refused"), lines.stream().map(l -> l.get("outcome").getAsString()).toList());
        JsonObject begins = lines.get(0);
        assertEquals(ProcessHandle.current().info().user().orElseThrow(), begins.get("user").getAsString());
        assertEquals(ProcessHandle.current().pid(), begins.get("process").getAsLong());
        assertEquals(1, begins.get("generation").getAsInt());
        assertEquals(inside.plugins().list().get(0).sha256(), begins.getAsJsonArray("plugins").get(0).getAsJsonObject().get("sha256").getAsString());
        assertTrue(lines.get(3).getAsJsonArray("problems").get(0).getAsString().contains("trust was 'maybe'"));
    }

    @Test
    void whatCannotBeWrittenDownIsNotDone() throws Exception {
        Files.createDirectories(store.resolve("audit.jsonl"));
        assertTrue(refused(jar(NAME, "1.0.0")).contains("the audit log cannot be written: "));
        assertEquals(List.of(), inside.parts("constant"));
        assertEquals(List.of(), inside.bundles(NAME));
        assertEquals(1, inside.plugins().history().size());
        assertFalse(Files.exists(store.resolve("state.json")));
        Files.delete(store.resolve("audit.jsonl"));
        assertEquals(List.of(NAME + " 1.0.0"), inside.plugins().install(List.of(jar(NAME, "1.0.0"))).plugins());
    }

    @Test
    void aLineThatWasCutOffSpoilsNoOther() throws Exception {
        inside.plugins().install(List.of(jar(NAME, "1.0.0")));
        Files.writeString(store.resolve("audit.jsonl"), "{\"time\": \"20", StandardOpenOption.APPEND);
        inside.plugins().remove(List.of(NAME));
        List<String> lines = Files.readAllLines(store.resolve("audit.jsonl"));
        assertEquals("{\"time\": \"20", lines.get(2));
        assertEquals("remove", JsonParser.parseString(lines.get(3)).getAsJsonObject().get("action").getAsString());
    }

    @Test
    void whatAnEndedProcessLeftIsTidiedAway() throws Exception {
        inside.plugins().install(List.of(jar(NAME, "1.0.0")));
        for (String left : List.of("staging/new-1.jar", "jars/" + "0".repeat(64) + ".jar", ".state.json.1.part")) Files.writeString(store.resolve(left), "half");
        inside.plugins().enable(List.of(NAME), false);
        for (String left : List.of("staging/new-1.jar", "jars/" + "0".repeat(64) + ".jar", ".state.json.1.part")) assertFalse(Files.exists(store.resolve(left)), left);
        inside.plugins().enable(List.of(NAME), true);
        assertEquals(1, inside.parts("constant").size());
    }

    @Test
    void aDamagedStateIsSaidAndThePlatformStarts() throws Exception {
        inside.plugins().install(List.of(jar(NAME, "1.0.0")));
        for (String damaged : List.of("{\"format\": 1, \"now\"", "{\"format\": 1}")) {
            stop();
            Files.writeString(store.resolve("state.json"), damaged);
            inside = Inside.start(folder, "engine-cpu");
            assertTrue(inside.plugins().problems().get(0).contains("state.json is damaged"), inside.plugins().problems().toString());
            assertEquals(List.of(), inside.parts("constant"));
            assertTrue(refused(jar(NAME, "2.0.0")).contains("state.json is damaged"), "what is damaged must not be written over");
            assertEquals(damaged, Files.readString(store.resolve("state.json")));
        }
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        inside.plugins().install(List.of(jar(NAME, "1.0.0")));
        String sha256 = inside.plugins().list().get(0).sha256();
        Files.delete(store.resolve("jars/" + sha256 + ".jar"));
        assertEquals(NAME + " 1.0.0 is gone: there is no " + store.resolve("jars/" + sha256 + ".jar") + ". Install it anew", assertThrows(PluginException.class, () -> inside.plugins().verify()).getMessage());
    }

    /** Nothing can end it but the process; the platform goes on without. */
    @Test
    void anActivatorThatCannotBeInterruptedHoldsNobodyUp() throws Exception {
        String source = "package acme.stuck;\npublic class Start implements org.osgi.framework.BundleActivator {\n"
                + "  public void start(org.osgi.framework.BundleContext c) { while (c != null) try { Thread.sleep(100_000); } catch (InterruptedException e) { } }\n"
                + "  public void stop(org.osgi.framework.BundleContext c) {}\n}\n";
        Path stuck = PluginJar.of("acme.stuck", "1.0.0").source("Start", source).header("Bundle-Activator", "acme.stuck.Start").imports("org.osgi.framework").write(folder.resolve("jars/stuck.jar"));
        Files.writeString(folder.resolve("etc/plugins.properties"), "trust=off\nseconds=1\n");
        String message = refused(stuck.toString());
        Files.writeString(folder.resolve("etc/plugins.properties"), "trust=off\n");
        assertTrue(message.contains("its activator took longer than 1 s and does not end when interrupted; it goes on in a thread of its own until this process ends"), message);
        inside.plugins().install(List.of(jar(NAME, "1.0.0")));
        inside.plugins().update(List.of(jar(NAME, "2.0.0")));
        assertEquals(List.of("metric constant of " + NAME + " 2.0.0"), inside.parts("constant"));
        assertEquals(List.of("2.0.0"), inside.bundles(NAME).stream().map(b -> b.getVersion().toString()).toList());
        assertEquals(List.of(), inside.plugins().problems());
    }
}
