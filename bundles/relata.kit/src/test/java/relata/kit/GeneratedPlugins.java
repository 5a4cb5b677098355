package relata.kit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Generated projects, compiled as Maven would compile them. */
final class GeneratedPlugins {
    static final String VERSION = "0.1.0";

    private GeneratedPlugins() {}

    /** What of an installation the kit reads. */
    static Installation installation(Path folder) throws IOException {
        Installation installation = new Installation(folder, VERSION);
        Files.createDirectories(installation.parent().getParent());
        Files.copy(Path.of("../relata.plugin.parent/pom.xml"), installation.parent());
        return installation;
    }

    /** Compiles both source folders of a project, every warning an error, and returns a loader of the classes. */
    static ClassLoader compiled(Path project) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of("src/main/java", "src/test/java"))
            try (Stream<Path> files = Files.walk(project.resolve(folder))) {
                files.filter(f -> f.toString().endsWith(".java")).forEach(sources::add);
            }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(said, null, null)) {
            List<String> options = List.of("--release", "17", "-parameters", "-proc:none", "-Xlint:all,-classfile", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            boolean well = compiler.getTask(null, files, said, options, null, files.getJavaFileObjectsFromPaths(sources)).call();
            List<String> mistakes = said.getDiagnostics().stream().filter(d -> !well || d.getKind() != Diagnostic.Kind.NOTE).map(Object::toString).toList();
            assertTrue(well && mistakes.isEmpty(), () -> String.join("\n", mistakes));
        }
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, GeneratedPlugins.class.getClassLoader());
    }
}
