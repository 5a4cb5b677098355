package relata.platform.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import relata.platform.tests.Unpacked.Answer;

/**
 * An author of plug-ins with Maven, and a local repository that has never seen Relata: what this build fetched is linked into it. Nothing is fetched from anywhere but
 * the installation, so that it works wherever this build does.
 */
final class Author {
    private static final long LIMIT_MINUTES = 5;

    private final Path maven;
    private final Path repository;

    private Author(Path maven, Path repository) {
        this.maven = maven;
        this.repository = repository;
    }

    /** Where Maven is; empty if these tests were not started by it. */
    static String maven() {
        return System.getProperty("relata.maven", "");
    }

    /** With a new local repository. */
    static Author in(Path folder) throws IOException {
        Path fetched = Path.of(System.getProperty("relata.maven.repository"));
        Path repository = Files.createDirectories(folder.resolve("m2"));
        link(fetched, repository, "org");
        link(fetched.resolve("org"), Files.createDirectory(repository.resolve("org")), "relata");
        return new Author(Path.of(maven(), "bin", "mvn"), repository);
    }

    private static void link(Path from, Path to, String but) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) if (!entry.getFileName().toString().equals(but)) Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
    }

    /** Runs Maven in a project. */
    Answer maven(Path project, List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of(maven.toString(), "-B", "-o", "-Daether.offline.protocols=file", "-Dmaven.repo.local=" + repository, "-Drelata.test.djl=" + System.getProperty("DJL_CACHE_DIR")));
        command.addAll(words);
        Path said = Files.createTempFile(repository, "said", "");
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("MAVEN_OPTS", "MAVEN_ARGS", "JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end within " + LIMIT_MINUTES + " minutes; it said: " + Files.readString(said));
        }
        return new Answer(process.exitValue(), Files.readString(said), "");
    }
}
