package relata.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.learn.Loss;

class PluginNewCommandTest {
    @TempDir
    private Path folder;

    private Path home = Path.of("");
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void install() throws IOException {
        home = GeneratedPlugins.installation(folder.resolve("home")).home();
    }

    private int run(@Nullable Catalogue catalogue, String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine line = new CommandLine(new PluginNewCommand(() -> new Installation(home, GeneratedPlugins.VERSION), catalogue)).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        line.setParameterExceptionHandler((problem, args) -> said(problem, 2)).setExecutionExceptionHandler((problem, l, parsed) -> said(problem, 1));
        return line.execute(arguments);
    }

    private int said(Exception problem, int code) {
        err.append(problem.getMessage());
        return code;
    }

    @Test
    void writesAProject() throws IOException {
        Path place = folder.resolve("there/steep");
        assertEquals(0, run(null, "soft-margin", "--kind", "loss", "--group", "com.acme", "--out", place.toString()), err.toString());
        assertTrue(out.toString().startsWith("Wrote " + place + ": the loss 'soft-margin'.\n"), out.toString());
        for (String file : List.of("pom.xml", "README.md", "smoke.yaml", ".gitignore", ".mvn/relata.plugin.parent.xml", "src/main/java/com/acme/softmargin/SoftMargin.java", "src/test/java/com/acme/softmargin/SoftMarginTest.java"))
            assertTrue(Files.exists(place.resolve(file)), file);
        String pom = Files.readString(place.resolve("pom.xml"));
        assertTrue(pom.contains("<groupId>com.acme</groupId>") && pom.contains("<artifactId>com.acme.softmargin</artifactId>") && pom.contains("<relata.home>" + home + "</relata.home>"), pom);
        assertTrue(pom.lines().count() <= 30, "a pom of a few lines");
        assertTrue(Files.readString(place.resolve("src/main/java/com/acme/softmargin/SoftMargin.java")).contains("@ComponentName(\"soft-margin\")"));
        assertEquals(List.of("steep"), names(folder.resolve("there")), "nothing else is left beside it");
    }

    @Test
    void takesAPackage() {
        Path place = folder.resolve("p");
        assertEquals(0, run(null, "x1", "--kind", "metric", "--package", "org.lab.metrics", "--out", place.toString()), err.toString());
        assertTrue(Files.exists(place.resolve("src/main/java/org/lab/metrics/X1.java")));
    }

    @Test
    void fillsAnEmptyFolderAndRefusesAFullOne() throws IOException {
        Path place = Files.createDirectory(folder.resolve("place"));
        Object before = Files.getAttribute(place, "unix:ino");
        assertEquals(0, run(null, "steep", "--kind", "loss", "--out", place.toString()), err.toString());
        assertEquals(before, Files.getAttribute(place, "unix:ino"), "a shell may be in it");
        assertEquals(List.of(".gitignore", ".mvn", "README.md", "pom.xml", "smoke.yaml", "src"), names(place));
        Files.writeString(place.resolve("pom.xml"), "mine");
        assertEquals(1, run(null, "steep", "--kind", "loss", "--out", place.toString()));
        assertEquals(place + " is there already, and not empty: nothing was written. --out names another place", err.toString());
        assertEquals("mine", Files.readString(place.resolve("pom.xml")));
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertEquals(1, run(null, "steep", "--kind", "loss", "--out", file.toString()));
        assertTrue(err.toString().contains("is a file"), err.toString());
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void nothingIsHalfWritten() throws IOException {
        NewProject broken = new NewProject(new java.util.TreeMap<>(java.util.Map.of("a", "text", "b", "half a character \ud800")));
        Path place = folder.resolve("place");
        assertThrows(IOException.class, () -> broken.write(place));
        assertEquals(List.of("home"), names(folder));
        Files.createDirectory(place);
        assertThrows(IOException.class, () -> broken.write(place));
        assertEquals(List.of(), names(place));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Steep           | --kind loss                   | a part cannot be called 'Steep': lower-case letters and digits with single hyphens between them, a letter first, e.g. 'soft-margin'",
        "a--b            | --kind loss                   | a part cannot be called 'a--b'",
        "1st             | --kind loss                   | a part cannot be called '1st'",
        "../up           | --kind loss                   | a part cannot be called '../up'",
        "loss            | --kind loss                   | the part cannot be called 'loss': its class would be Loss, which is the name of a class that it uses",
        "lion            | --kind optimiser              | its class would be Lion",
        "string          | --kind metric                 | its class would be String",
        "config          | --kind metric                 | its class would be Config",
        "switch          | --kind metric                 | the package cannot be 'org.example.switch': 'switch' is a word of Java; --package names another",
        "steep           | --kind los                    | there is no kind 'los'; there are: augmenter, classifier, command, corpus,",
        "steep           | --kind loss --group Com.Acme  | the group cannot be 'Com.Acme'",
        "steep           | --kind loss --package a..b    | the package cannot be 'a..b'",
        "steep           | --kind loss --package relata.x| the package 'relata.x' would be one of the platform's",
        "steep           |                               | Missing required option: '--kind=KIND'"})
    void namesThatCannotBe(String name, @Nullable String options, String said) throws IOException {
        List<String> arguments = new java.util.ArrayList<>(List.of(name, "--out", folder.resolve("place").toString()));
        if (options != null) arguments.addAll(List.of(options.split(" ")));
        assertEquals(2, run(null, arguments.toArray(String[]::new)));
        assertTrue(err.toString().contains(said), err.toString());
        assertEquals(List.of("home"), names(folder));
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        Part part = new Part("loss", Loss.class, "nt-xent", "", "", "", "relata.loss.contrastive", "0.1.0", Record.class);
        Catalogue catalogue = new Catalogue() {
            @Override
            public List<String> kinds() {
                return List.of("loss");
            }

            @Override
            public List<Part> parts() {
                return List.of(part);
            }

            @Override
            public Optional<Part> find(String kind, String name) {
                return parts().stream().filter(p -> p.kind().equals(kind) && p.name().equals(name)).findFirst();
            }
        };
        assertEquals(2, run(catalogue, "nt-xent", "--kind", "loss", "--out", folder.resolve("place").toString()));
        assertEquals("there is a part 'nt-xent' of the kind loss already, of relata.loss.contrastive: a platform takes no second one. Choose another name", err.toString());
        assertEquals(0, run(catalogue, "nt-xent", "--kind", "metric", "--out", folder.resolve("place").toString()), err.toString());
    }

    @Test
    void anInstallationWithoutARepositoryIsTold() {
        home = folder.resolve("nowhere");
        assertEquals(1, run(null, "steep", "--kind", "loss", "--out", folder.resolve("place").toString()));
        assertTrue(err.toString().contains("repository/org/relata/relata.plugin.parent") && err.toString().contains("unpack the distribution anew"), err.toString());
        assertFalse(Files.exists(folder.resolve("place")));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
