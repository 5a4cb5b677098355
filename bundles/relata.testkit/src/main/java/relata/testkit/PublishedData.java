package relata.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Published data sets, which are not part of Relata. Tests that count them are skipped where they are absent. They are looked for in the folder that the system
 * property {@code relata.data} names, else in {@code shared/data} beside the source tree.
 */
public final class PublishedData {
    private PublishedData() {}

    /** The folder of a data set; where it is absent, the test is skipped. */
    public static Path folder(String name) {
        Path data = Path.of(System.getProperty("relata.data", root().resolveSibling("shared").resolve("data").toString()));
        Path folder = data.resolve(name).toAbsolutePath().normalize();
        assumeTrue(Files.isDirectory(folder), "skipped: the data set " + name + " is not in " + folder.getParent() + "; set -Drelata.data to where it is");
        return folder;
    }

    /** The top of the source tree, seen from a module's folder. */
    private static Path root() {
        String told = System.getProperty("maven.multiModuleProjectDirectory");
        if (told != null) return Path.of(told).toAbsolutePath();
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !(Files.isDirectory(folder.resolve("bundles")) && Files.isDirectory(folder.resolve("features")))) folder = folder.getParent();
        return folder.getParent() == null ? Path.of("").toAbsolutePath() : folder;
    }
}
