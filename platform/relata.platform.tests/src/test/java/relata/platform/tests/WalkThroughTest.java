package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.platform.tests.Unpacked.Answer;

/**
 * Does what docs/extend/write-a-loss.md tells, word for word: from an empty folder to a run that uses one's own loss. What it shows of each command's
 * answer must be said, in this order; numbers may differ, and … stands for anything.
 */
class WalkThroughTest {
    private static final Path PAGE = Tree.ROOT.resolve("docs/extend/write-a-loss.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(console|diff)\n(.*?)^```$");
    private static final Pattern CHANGED = Pattern.compile("`(src/[\\w/.]+\\.java|pom\\.xml)`");
    /** The server that the page shows; the test's listens elsewhere. */
    private static final String SERVER = "http://127.0.0.1:8181";

    @TempDir
    private Path folder;

    private Path place = Path.of("");
    private @Nullable Served server;

    @AfterEach
    void endTheServer() throws Exception {
        if (server != null) server.close();
    }

    @Test
    void aLossFromNothingToARunAndToASecondVersionOnAServer() throws Exception {
        boolean maven = Files.isExecutable(Path.of(Author.maven(), "bin", "mvn"));
        if (System.getenv("CI") == null) Assumptions.assumeTrue(maven, "no Maven is known: this test is for builds that Maven runs");
        assertTrue(maven, "there is no Maven at '" + Author.maven() + "'");
        place = Files.createDirectories(folder.resolve("an empty folder"));
        Author author = Author.in(folder);
        String page = Files.readString(PAGE);
        Matcher block = BLOCK.matcher(page);
        int commands = 0;
        try (Inside running = Inside.start(folder, "core", "engine-cpu")) {
            while (block.find()) {
                if (block.group(1).equals("diff")) {
                    change(file(page.substring(0, block.start())), block.group(2));
                    continue;
                }
                for (String dialogue : block.group(2).split("(?m)^\\$ ")) {
                    if (dialogue.isEmpty()) continue;
                    commands++;
                    List<String> lines = dialogue.lines().toList();
                    act(author, List.of(lines.get(0).split(" ")), lines.subList(1, lines.size()));
                }
            }
            assertEquals(15, commands, "commands of the page: are they read rightly?");
            assertEquals(List.of(), running.parts("my-margin"));
            running.plugins().follow();
            assertEquals(List.of("loss my-margin of com.acme.mymargin 1.0.0"), running.parts("my-margin"), "what a platform has that was running all the time");
        }
        assertUsed(place);
        Path run = assertUsed(folder.resolve("server"));
        // neither the update nor the way back failed it: it goes on until it is stopped
        if (server != null) server.end();
        assertTrue(Files.readString(run.resolve("status.json")).contains("\"stopped\""), () -> read(run.resolve("log.txt")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The source that the text above a change names last. */
    private static String file(String above) {
        return CHANGED.matcher(above).results().reduce((a, b) -> b).orElseThrow().group(1);
    }

    private void change(String file, String lines) throws Exception {
        StringBuilder old = new StringBuilder();
        StringBuilder now = new StringBuilder();
        for (String line : lines.lines().toList()) (line.startsWith("-") ? old : now).append(line.substring(1)).append('\n');
        Path path = place.resolve(file);
        String before = Files.readString(path);
        assertTrue(before.contains(old), file + " does not hold " + old);
        Files.writeString(path, before.replace(old, now));
    }

    private void act(Author author, List<String> words, List<String> shown) throws Exception {
        List<String> rest = words.subList(1, words.size());
        switch (words.get(0)) {
            case "cd" -> place = place.resolve(rest.get(0));
            case "mvn" -> check(words, shown, author.maven(place, rest));
            case "relata" -> {
                if (rest.get(0).equals("serve")) check(words, shown, serve(rest.subList(1, rest.size())));
                else check(words, shown, relata(rest));
            }
            default -> throw new AssertionError("the page has a command that this test does not know: " + words);
        }
    }

    /** With plug-ins of this test alone: a command of its own beside the platform that runs, one with an address on the server. */
    private Answer relata(List<String> words) throws Exception {
        List<String> there = words.stream().map(w -> server == null ? w : w.replace(SERVER, server.address().toString())).toList();
        String token = server == null ? "" : server.token("operator");
        return Unpacked.inPlace(place).relata(Map.of("RELATA_JVM_OPTS", "-Drelata.plugins=" + folder.resolve("plugins") + " -Drelata.etc=" + folder.resolve("etc"), "RELATA_TOKEN", token), there.toArray(String[]::new));
    }

    /** In a folder of its own, with plug-ins of its own. */
    private Answer serve(List<String> options) throws Exception {
        Served started = Served.start(Files.createDirectories(folder.resolve("server")), options.toArray(String[]::new));
        server = started;
        return new Answer(0, String.join("\n", started.said()), "");
    }

    private static void check(List<String> words, List<String> shown, Answer answer) {
        String said = answer.err() + answer.out();
        if (shown.stream().anyMatch(l -> l.startsWith("[ERROR]"))) assertNotEquals(0, answer.code(), () -> words + " should fail, but said: " + said);
        else assertEquals(0, answer.code(), () -> words + ": " + said);
        List<String> lines = new ArrayList<>(said.lines().map(WalkThroughTest::plain).toList());
        for (String line : shown) {
            if (line.equals("…")) continue;
            int dots = line.indexOf('…');
            String wanted = plain(dots < 0 ? line : line.substring(0, dots));
            int at = 0;
            while (at < lines.size() && !(dots < 0 ? lines.get(at).equals(wanted) : lines.get(at).startsWith(wanted))) at++;
            assertTrue(at < lines.size(), () -> words + " did not say '" + line + "' where the page shows it, but: " + said);
            lines.subList(0, at + 1).clear();
        }
    }

    /** Without numbers. */
    private static String plain(String line) {
        return line.replaceAll("\\d+(\\.\\d+)?", "0");
    }

    /** The run's provenance names the plug-in. */
    private static Path assertUsed(Path work) throws Exception {
        try (Stream<Path> runs = Files.list(work.resolve("runs"))) {
            Path run = runs.findFirst().orElseThrow();
            assertTrue(Files.readString(run.resolve("provenance.json")).contains("com.acme.mymargin"), () -> Arrays.toString(run.toFile().list()));
            return run;
        }
    }
}
