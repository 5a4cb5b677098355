package relata.platform.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where things are in the source tree. */
final class Tree {
    static final Path ROOT = Path.of(System.getProperty("relata.root"));
    static final Path DISTRIBUTION = ROOT.resolve("distribution/target");
    static final String VERSION = System.getProperty("relata.version");
    /** Whether this build runs all tests. */
    static final boolean WHOLE = List.of("", "${test}").contains(System.getProperty("relata.chosen", ""));

    private Tree() {}

    /** The assembled distribution, as a folder. */
    static Path home() {
        return DISTRIBUTION.resolve("relata-" + VERSION);
    }

    /** The names of all bundles' folders. */
    static Set<String> bundles() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("bundles"))) {
            return new TreeSet<>(folders.filter(f -> Files.isRegularFile(f.resolve("pom.xml"))).map(f -> f.getFileName().toString()).toList());
        }
    }
}
