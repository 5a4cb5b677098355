package relata.testkit;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** Folders of classes that a build makes. */
final class Outputs {
    private Outputs() {}

    /** The folder that a class was read from; nothing if that is a jar. */
    static Optional<Path> of(Class<?> type) {
        try {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            if (source == null || source.getLocation() == null || !source.getLocation().getProtocol().equals("file")) return Optional.empty();
            Path folder = Path.of(source.getLocation().toURI());
            return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
