package relata.platform.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A distribution as a stranger gets it: the archive unpacked somewhere, run as a process with a home of its own. */
final class Unpacked {
    private static final long LIMIT_MINUTES = 10;

    private final Path folder;
    private final Path work;

    private Unpacked(Path folder, Path work) {
        this.folder = folder;
        this.work = work;
    }

    /** What a command said and how it ended. */
    record Answer(int code, String out, String err) {}

    /** Unpacks the tar.gz under a folder. */
    static Unpacked into(Path parent) throws Exception {
        Path archive = Tree.DISTRIBUTION.resolve("relata-" + Tree.VERSION + ".tar.gz");
        Process tar = new ProcessBuilder("tar", "xzf", archive.toString(), "-C", parent.toString()).inheritIO().start();
        if (tar.waitFor() != 0) throw new IOException(archive + " cannot be unpacked");
        // a blank in the path: scripts break on it first
        Path folder = Files.move(parent.resolve("relata-" + Tree.VERSION), Files.createDirectories(parent.resolve("a place")).resolve("relata"));
        return new Unpacked(folder, Files.createDirectories(parent.resolve("work")));
    }

    /** The assembled distribution where it was built, for what leaves no trace in it. */
    static Unpacked inPlace(Path work) throws IOException {
        return new Unpacked(Tree.home(), Files.createDirectories(work));
    }

    Path folder() {
        return folder;
    }

    /** The folder in which commands run. */
    Path work() {
        return work;
    }

    /** Writes a file in the folder of work. */
    Path file(String name, String text) throws IOException {
        return Files.writeString(work.resolve(name), text);
    }

    Answer relata(String... args) throws Exception {
        return relata(Map.of(), args);
    }

    /** Runs {@code bin/relata}. @param environment more variables */
    Answer relata(Map<String, String> environment, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(folder.resolve("bin/relata").toString()));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(work, "out", "");
        Path err = Files.createTempFile(work, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOME", work.toString());
        builder.environment().put("XDG_CACHE_HOME", work.resolve("cache").toString());
        // natives once unpacked serve all tests
        builder.environment().put("DJL_CACHE_DIR", System.getProperty("DJL_CACHE_DIR"));
        builder.environment().keySet().removeAll(List.of("RELATA_FEATURES", "RELATA_JVM_OPTS", "RELATA_TIMES", "JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end within " + LIMIT_MINUTES + " minutes; it said: " + Files.readString(err));
        }
        return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
