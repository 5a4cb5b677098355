package relata.plugins;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import relata.api.plugin.PluginException;

/** Where plug-ins come from: jars, folders of jars, {@code file:} URLs, and artifacts in repositories of Maven's layout on this machine. */
final class Sources {
    /** A jar. @param said how its giver called it @param origin what is remembered of where it came from */
    record Source(Path file, String said, String origin) {
        /** A file, which is remembered by its whole path: folders are called from many places. */
        static Source of(Path file) {
            return new Source(file, file.toString(), file.toAbsolutePath().normalize().toString());
        }
    }

    private final List<Path> repositories;

    /** @param repositories looked through in order */
    Sources(List<Path> repositories) {
        this.repositories = List.copyOf(repositories);
    }

    /** All jars that some sources come to. @throws PluginException if one is not there */
    List<Source> find(List<String> sources) throws PluginException, IOException {
        List<Source> found = new ArrayList<>();
        for (String source : sources) {
            if (source.matches("[\\w.-]+(:[\\w.-]+){2,4}") && !source.startsWith("file:") && !Files.exists(Path.of(source))) found.add(artifact(source));
            else add(path(source), found);
        }
        return found;
    }

    private static Path path(String source) throws PluginException {
        if (source.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*") && !source.startsWith("file:"))
            throw new PluginException("'" + source + "' is refused: plug-ins are not fetched over the network. Download it, look at it, and give the file; or group:artifact:version of a local repository");
        try {
            return source.startsWith("file:") ? Path.of(URI.create(source)) : Path.of(source);
        } catch (IllegalArgumentException e) {
            throw new PluginException("'" + source + "' is neither a file nor a file: URL nor group:artifact:version");
        }
    }

    private static void add(Path path, List<Source> found) throws PluginException, IOException {
        if (Files.isRegularFile(path)) found.add(Source.of(path));
        else if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                List<Path> jars = files.filter(f -> f.getFileName().toString().endsWith(".jar") && Files.isRegularFile(f)).sorted().toList();
                if (jars.isEmpty()) throw new PluginException("the folder " + path + " holds no .jar files");
                jars.forEach(jar -> found.add(Source.of(jar)));
            }
        } else throw new PluginException("there is no file " + path);
    }

    /** {@code group:artifact:version} or {@code group:artifact:type:classifier:version}, as feature files write them. */
    Source artifact(String id) throws PluginException {
        return artifact(id, List.of());
    }

    /** As {@link #artifact(String)}, but if {@code artifact-version.jar} lies beside a file, that. */
    Source artifact(String id, Path file) throws PluginException {
        String[] part = id.split(":");
        return artifact(id, List.of(file.toAbsolutePath().resolveSibling(part[1] + "-" + part[part.length - 1] + (part.length == 5 ? "-" + part[3] : "") + ".jar")));
    }

    private Source artifact(String id, List<Path> first) throws PluginException {
        String[] part = id.split(":");
        if (part.length != 3 && part.length != 5) throw new PluginException("'" + id + "' is not group:artifact:version or group:artifact:type:classifier:version");
        String version = part[part.length - 1];
        Path relative = Path.of(part[0].replace('.', '/'), part[1], version, part[1] + "-" + version + (part.length == 5 ? "-" + part[3] : "") + ".jar");
        List<Path> places = new ArrayList<>(first);
        repositories.forEach(repository -> places.add(repository.resolve(relative)));
        for (Path jar : places) if (Files.isRegularFile(jar)) return new Source(jar, id, id);
        throw new PluginException("there is no " + id + " on this machine: looked for " + String.join(" and ", places.stream().map(Path::toString).toList()) + ". 'mvn dependency:get -Dartifact=" + id + "' fetches it");
    }
}
