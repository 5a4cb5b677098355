package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import relata.api.component.Catalogue;
import relata.api.run.Recipe;
import relata.api.run.RecipeRunner;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;
import relata.api.run.Runs;
import relata.api.run.Workbench;
import relata.kit.Installation;
import relata.kit.Names;
import relata.kit.NewProject;

/**
 * What {@code relata plugin new} writes of each kind is made a bundle as its build would, installed, and its smoke recipe run: with {@code -Drelata.smoke=true} that of every kind,
 * else those of some, and the others checked with all their parts made. The kit's own tests hold what is written to its contract.
 */
@ExtendWith(WithEngine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewPluginsRunTest {
    private static final String USUAL_CORPUS = "{ use: wordnet, with: { size: 200 } }";
    private static final int EXAMPLES = 8;
    private static final boolean ALL = Boolean.getBoolean("relata.smoke");
    /** Those whose recipes name files, or more than a part in the place of another of its kind. */
    private static final List<String> RUN = List.of("corpus", "lexicon", "encoder", "stage");

    private Path folder = Path.of("");
    private Inside inside;

    @BeforeAll
    void start(@TempDir Path fresh, Inside running) throws Exception {
        folder = fresh;
        inside = running;
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < EXAMPLES; i++)
            lines.append(String.format("{\"tokens\": [\"wheel\", \"%d\", \"is\", \"a\", \"part\", \"of\", \"car\"], \"head\": {\"start\": 0, \"end\": 1}, \"tail\": {\"start\": 6, \"end\": 7}, \"relation\": \"r%d\"}%n", i, i % 2));
        for (String split : List.of("train", "test")) Files.writeString(Files.createDirectories(folder.resolve("data")).resolve(split + ".jsonl"), lines);
    }

    List<String> kinds() {
        return inside.service(Catalogue.class).kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itIsABundleWhoseSmokeRecipeRuns(String kind) throws Exception {
        Path project = folder.resolve(kind);
        NewProject written = NewProject.of(kind, Names.of("own-" + kind, "com.acme", ""), new Installation(Tree.home(), Tree.VERSION));
        for (Map.Entry<String, String> file : written.files().entrySet()) {
            Path path = project.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        inside.plugins().install(List.of(bundle(project, "com.acme.own" + kind).toString()));
        if (!kind.equals("command")) assertTrue(inside.parts("own-" + kind).contains(kind + " own-" + kind + " of com.acme.own" + kind + " 1.0.0"), () -> inside.parts("own-" + kind).toString());
        if (written.files().containsKey("smoke.yaml")) run(project);
        else assertTrue(List.of("command", "writer").contains(kind), kind + " has no smoke recipe");
        inside.plugins().remove(List.of("com.acme.own" + kind));
    }

    private void run(Path project) throws Exception {
        // files are named from the project's folder, in which its author calls the recipe; its author has a minute, and takes examples of WordNet
        String yaml = Files.readString(project.resolve("smoke.yaml"))
                .replace("root: sample", "root: '" + project.resolve("sample") + "'").replace("file: synonyms.txt", "file: '" + project.resolve("synonyms.txt") + "'")
                .replace(USUAL_CORPUS, "{ use: jsonl, with: { root: '" + folder.resolve("data") + "' } }");
        assertTrue(project.endsWith("corpus") || yaml.contains("jsonl"), yaml);
        Recipe recipe = inside.service(Recipes.class).read("smoke.yaml", yaml, Map.of());
        if (!ALL && !RUN.contains(project.getFileName().toString())) {
            inside.service(RecipeRunner.class).check(recipe, inside.service(Workbench.class).corpus(recipe, "train"));
            return;
        }
        RunFolder run = inside.service(Runs.class).create(folder.resolve("runs"), recipe);
        assertEquals(RunStatus.DONE, inside.service(RecipeRunner.class).run(recipe, run, () -> false, new RunListener() {}));
        assertTrue(Files.readString(run.path().resolve("provenance.json")).contains(project.getFileName() + " own-" + project.getFileName()), "the recipe does not use the part");
    }

    /** As Maven and bnd make it, with their settings in relata.plugin.parent. */
    private static Path bundle(Path project, String name) throws Exception {
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        List<Path> jars = jars();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null); Stream<Path> sources = Files.walk(project.resolve("src/main/java"))) {
            List<String> options = List.of("--release", "17", "-parameters", "-proc:none", "-d", classes.toString(), "-cp", String.join(File.pathSeparator, jars.stream().map(Path::toString).toList()));
            assertTrue(compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources.filter(f -> f.toString().endsWith(".java")).toList())).call());
        }
        try (Builder bnd = new Builder()) {
            bnd.setBundleSymbolicName(name);
            bnd.setBundleVersion("1.0.0");
            bnd.setProperty("-noextraheaders", "true");
            bnd.setProperty("-includeresource", classes.toString());
            for (Path jar : jars) bnd.addClasspath(jar.toFile());
            Path file = project.resolve("target/" + name + "-1.0.0.jar");
            try (Jar jar = bnd.build()) {
                assertEquals(List.of(), bnd.getErrors());
                jar.write(file.toFile());
            }
            return file;
        }
    }

    /** What the platform offers to plug-ins, and the annotations for compiler and bnd. */
    private static List<Path> jars() throws Exception {
        List<Path> jars = new ArrayList<>();
        for (String own : List.of("relata.api", "relata.api.learn", "relata.tensor", "relata.text", "relata.corpus.text", "relata.weights", "relata.engine.pytorch"))
            jars.add(Tree.home().resolve("system/org/relata").resolve(own).resolve(Tree.VERSION).resolve(own + "-" + Tree.VERSION + ".jar"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator))
            if (entry.matches(".*/(osgi\\.core|osgi\\.annotation|org\\.osgi\\.service\\.component\\.annotations|picocli|jspecify)-[^/]*\\.jar")) jars.add(Path.of(entry));
        return jars;
    }
}
