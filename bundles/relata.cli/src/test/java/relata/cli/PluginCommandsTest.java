package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginCommandsTest {
    private final FakeServices services = new FakeServices(Path.of(""));
    private final Shell shell = new Shell(services);

    @Test
    void changesAreHandedOnAndTheirOutcomeIsSaid() {
        assertEquals(0, shell.run("plugin", "install", "acme", "other"));
        assertEquals("Change 1. Installed: acme 1.0.0, other 1.0.0\n", shell.out());
        assertEquals("relata: nothing special\n", shell.err());
        shell.run("plugin", "update", "acme");
        shell.run("plugin", "disable", "acme");
        shell.run("plugin", "enable", "acme");
        shell.run("plugin", "rollback", "--to", "3");
        shell.run("plugin", "rollback");
        shell.run("plugin", "remove", "acme", "other", "--restart");
        assertEquals("Change 7. Installed: nothing\n", shell.out());
        assertEquals(List.of("install [acme, other]", "update [acme]", "disable [acme]", "enable [acme]", "rollback [3]", "rollback [-1]", "at restart: remove [acme, other]"), services.plugins.asked);
    }

    @Test
    void everyProblemOfARefusalIsSaid() {
        assertEquals(1, shell.run("plugin", "install", "good", "bad"));
        assertEquals("relata: bad is refused: it is no jar\n        worse is refused: it is no jar either\n", shell.err());
        assertEquals(List.of(), services.plugins.list());
        assertEquals(1, shell.run("plugin", "verify", "bad"));
    }

    @Test
    void listsAndShows() {
        assertEquals(0, shell.run("plugin", "list"));
        assertEquals("No plug-in is installed.\n", shell.out());
        shell.run("plugin", "install", "acme");
        shell.run("plugin", "list");
        assertEquals("acme  1.0.0  active  loss acme\n", shell.out());
        shell.run("plugin", "list", "--json");
        assertEquals("ACTIVE", JsonParser.parseString(shell.out()).getAsJsonArray().get(0).getAsJsonObject().get("state").getAsString());
        assertEquals(0, shell.run("plugin", "info", "acme"));
        assertTrue(shell.out().contains("0".repeat(64)) && shell.out().contains("acme.jar"), shell.out());
        assertEquals(2, shell.run("plugin", "info", "acne"));
        assertEquals("relata: no plug-in is called 'acne'. Installed: acme.\n", shell.err());
        assertEquals(0, shell.run("plugin", "verify"));
        assertTrue(shell.out().endsWith("Nothing is wrong.\n"), shell.out());
    }

    @Test
    void historyMarksThePresent() {
        shell.run("plugin", "history");
        assertEquals("  0                        begin    none\n* 1  1970-01-01T00:00:00Z  install  acme 1.0\n", shell.out());
    }

    @Test
    void featuresAreListedCheckedInstalledAndRemoved() {
        assertEquals(0, shell.run("feature", "list"));
        assertEquals("core  started  The core\n", shell.out());
        assertEquals(0, shell.run("feature", "check", "good.json"));
        assertEquals("Nothing is missing.\n", shell.out());
        assertEquals(1, shell.run("feature", "check", "bad.json"));
        assertEquals("- bad: there is no org.acme:x:1.0 on this machine\nIt cannot be installed.\n", shell.out());
        assertEquals(0, shell.run("feature", "install", "good.json"));
        assertEquals("Change 1. Installed: acme 1.0\n", shell.out());
        assertEquals(1, shell.run("feature", "install", "bad.json"));
        assertEquals(0, shell.run("feature", "remove", "good"));
    }
}
