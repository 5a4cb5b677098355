package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
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
import relata.api.plugin.Plugin;

/** Jars that are put into the folder of plug-ins, replaced there, renamed and taken away. */
class WatchedFolderTest {
    private static final String NAME = "acme.metric";

    @TempDir
    private Path folder;

    private Inside inside;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/plugins.properties"), "trust=off\n");
        Files.createDirectories(folder.resolve("plugins"));
        inside = Inside.start(folder, "engine-cpu");
    }

    @AfterEach
    void stop() throws Exception {
        inside.close();
    }

    private String jar(String version, double number) throws Exception {
        return PluginJar.of(NAME, version).metric("constant", number).write(folder.resolve("jars/" + NAME + "-" + version + ".jar")).toString();
    }

    /** What the part gives now. */
    private double number() throws Exception {
        Record config = inside.service(Catalogue.class).find("metric", "constant").orElseThrow().config().getDeclaredConstructor().newInstance();
        return inside.service(Parts.class).create(new Ref<>(Metric.class, "constant", config)).of(new Predictions(List.of(), Optional.empty(), List.of())).get("number");
    }

    @Test
    void theWatchedFolderIsFollowed() throws Exception {
        Path drop = Files.createDirectories(folder.resolve("plugins")).resolve("some name.jar");
        look();
        Files.copy(Path.of(jar("1.0.0", 1)), drop);
        assertEquals(List.of(), inside.plugins().follow());
        assertEquals(List.of(), inside.parts("constant"), "it may still be being written");
        look();
        assertEquals(1, number());
        assertEquals("folder:some name.jar", inside.plugins().list().get(0).origin());
        replace(drop, Files.readAllBytes(Path.of(jar("2.0.0", 2))));
        look();
        assertEquals(2, number());
        // going back is not undone by the file that still lies there
        inside.plugins().rollback(-1);
        look();
        assertEquals(1, number());
        replace(drop, "PK no jar".getBytes(StandardCharsets.US_ASCII));
        inside.plugins().follow();
        List<String> refused = inside.plugins().follow();
        assertEquals(1, refused.size(), refused.toString());
        assertTrue(refused.get(0).startsWith("folder:some name.jar is refused: "), refused.get(0));
        assertEquals(List.of(), inside.plugins().follow(), "said again and again");
        assertEquals(1, number());
        Files.delete(drop);
        look();
        assertEquals(List.of(), inside.plugins().list());
    }

    private void look() {
        inside.plugins().follow();
        assertEquals(List.of(), inside.plugins().follow());
    }

    /** With a time of its own: two writes within a millisecond and of one size would look alike. */
    private static void replace(Path file, byte[] bytes) throws Exception {
        long before = Files.getLastModifiedTime(file).toMillis();
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.fromMillis(before + 2000));
    }

    @Test
    void whatIsRenamedStays() throws Exception {
        Path drop = Files.copy(Path.of(jar("1.0.0", 1)), folder.resolve("plugins/one.jar"));
        look();
        Files.move(drop, drop.resolveSibling("renamed.jar"));
        look();
        assertEquals(1, number());
        assertEquals("folder:renamed.jar", inside.plugins().list().get(0).origin());
        Files.delete(drop.resolveSibling("renamed.jar"));
        look();
        assertEquals(List.of(), inside.plugins().list());
    }

    @Test
    void whatNeedsAnotherWaitsForIt() throws Exception {
        Path user = PluginJar.of(NAME, "1.0.0").metric("constant", 5).imports("acme.words;version=\"[1,2)\"").write(folder.resolve("plugins/a-user.jar"));
        inside.plugins().follow();
        List<String> refused = inside.plugins().follow();
        assertEquals(1, refused.size(), refused.toString());
        assertTrue(refused.get(0).startsWith(NAME + " 1.0.0 needs the package acme.words [1,2)"), refused.get(0));
        PluginJar.of("acme.base", "1.0.0").header("Export-Package", "acme.words;version=1.0.0").entry("acme/words/x", new byte[1]).write(folder.resolve("plugins/b-base.jar"));
        Files.writeString(folder.resolve("plugins/c-broken.jar"), "hello");
        inside.plugins().follow();
        refused = inside.plugins().follow();
        assertEquals(List.of("folder:c-broken.jar is refused: it is no jar: a jar begins with 'PK'"), refused);
        assertEquals(5, number());
        assertTrue(Files.exists(user));
    }

    /** A jar that is refused for what it is not again and again looked at; it is once its own bytes are others. */
    @Test
    void whatWasRefusedIsRememberedUntilSomethingComes() throws Exception {
        Path audit = folder.resolve("plugins/.store/audit.jsonl"), broken = Files.writeString(folder.resolve("plugins/broken.jar"), "hello");
        inside.plugins().follow();
        assertEquals(1, inside.plugins().follow().size());
        int told = Files.readAllLines(audit).size();
        for (int look = 0; look < 3; look++) assertEquals(List.of(), inside.plugins().follow());
        assertEquals(told, Files.readAllLines(audit).size(), "it was tried again though nothing had changed");
        // one that is taken away before it could come is forgotten, and so is its refusal
        Files.delete(broken);
        look();
        Files.copy(Path.of(jar("1.0.0", 1)), folder.resolve("plugins/good.jar"));
        look();
        assertEquals(1, number());
        replace(Files.createFile(broken), Files.readAllBytes(PluginJar.of("acme.other", "1.0.0").metric("other", 1).write(folder.resolve("jars/other.jar"))));
        look();
        assertEquals(List.of("metric other of acme.other 1.0.0"), inside.parts("other"));
    }

    @Test
    void whatNeedsAnotherComesWithItHoweverThatComes() throws Exception {
        PluginJar.of(NAME, "1.0.0").metric("constant", 5).imports("acme.words;version=\"[1,2)\"").write(folder.resolve("plugins/user.jar"));
        inside.plugins().follow();
        assertEquals(1, inside.plugins().follow().size());
        inside.plugins().install(List.of(PluginJar.of("acme.base", "1.0.0").header("Export-Package", "acme.words;version=1.0.0").entry("acme/words/x", new byte[1]).write(folder.resolve("jars/base.jar")).toString()));
        assertEquals(List.of(), inside.plugins().follow());
        assertEquals(5, number());
    }

    @Test
    void whatOthersNeedStaysUntilTheyAreGone() throws Exception {
        Path base = PluginJar.of("acme.base", "1.0.0").header("Export-Package", "acme.words;version=1.0.0").entry("acme/words/x", new byte[1]).write(folder.resolve("plugins/base.jar"));
        Path user = PluginJar.of(NAME, "1.0.0").metric("constant", 5).imports("acme.words;version=\"[1,2)\"").write(folder.resolve("plugins/user.jar"));
        look();
        Files.delete(base);
        List<String> refused = inside.plugins().follow();
        assertEquals(1, refused.size(), refused.toString());
        assertTrue(refused.get(0).startsWith("folder:base.jar was taken away, but acme.base stays: " + NAME + " 1.0.0 needs the package acme.words [1,2)"), refused.get(0));
        assertEquals(5, number());
        Files.delete(user);
        inside.plugins().follow();
        look();
        assertEquals(List.of(), inside.plugins().list());
    }

    @Test
    void whatCannotBeReadDoesNotKeepOthersFromComing() throws Exception {
        // a file like any other to look at, but reading its first bytes fails, also for the super-user
        Files.createSymbolicLink(folder.resolve("plugins/a.jar"), Path.of("/proc/self/mem"));
        Files.copy(Path.of(jar("1.0.0", 1)), folder.resolve("plugins/b.jar"));
        inside.plugins().follow();
        List<String> refused = inside.plugins().follow();
        assertEquals(1, number());
        assertEquals(1, refused.size(), refused.toString());
        assertTrue(refused.get(0).startsWith("folder:a.jar is refused: it cannot be read: "), refused.get(0));
    }

    @Test
    void ofTwoFilesOfOnePluginTheNewFileCounts() throws Exception {
        Files.copy(Path.of(jar("1.0.0", 1)), folder.resolve("plugins/acme-1.jar"));
        look();
        Files.copy(Path.of(jar("2.0.0", 2)), folder.resolve("plugins/acme-2.jar"), StandardCopyOption.COPY_ATTRIBUTES);
        look();
        assertEquals(2, number());
        Files.delete(folder.resolve("plugins/acme-1.jar"));
        look();
        assertEquals(2, number());
        assertEquals(Plugin.State.ACTIVE, inside.plugins().list().get(0).state());
    }
}
