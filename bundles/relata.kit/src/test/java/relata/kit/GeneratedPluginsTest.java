package relata.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import relata.api.component.Catalogue;
import relata.api.component.Kind;

/** What is written for each kind compiles without a warning and keeps its contract, as it is. */
class GeneratedPluginsTest {
    private static final Names NAMES = Names.of("my-own", "com.acme", "");

    static List<String> kinds() {
        return Blueprint.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void keepsItsContract(String kind, @TempDir Path folder) throws Exception {
        Path project = folder.resolve("my-own");
        NewProject.of(kind, NAMES, GeneratedPlugins.installation(folder.resolve("home"))).write(project);
        ClassLoader classes = GeneratedPlugins.compiled(project);
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Thread.currentThread().setContextClassLoader(classes);
            LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Class.forName("com.acme.myown.MyOwnTest", true, classes)))
                    .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false").build(), listener);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        TestExecutionSummary summary = listener.getSummary();
        StringWriter said = new StringWriter();
        summary.printFailuresTo(new PrintWriter(said), 12);
        assertEquals(0, summary.getTotalFailureCount(), said.toString());
        assertTrue(summary.getTestsSucceededCount() > 0, "no test was run");
        String test = Files.readString(project.resolve("src/test/java/com/acme/myown/MyOwnTest.java"));
        assertTrue(test.contains(Blueprint.of(kind).contract()), () -> "the test does not extend " + Blueprint.of(kind).contract());
    }

    @Test
    void thereIsOneForEachKindOfThePlatform() throws Exception {
        Set<String> known = new TreeSet<>();
        for (String api : List.of("relata.api", "relata.api.learn"))
            try (Stream<Path> sources = Files.walk(Path.of("..", api, "src/main/java"))) {
                for (Path source : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String name = Path.of("..", api, "src/main/java").relativize(source).toString().replace('/', '.').replaceFirst("\\.java$", "");
                    if (name.endsWith("-info")) continue;
                    Class<?> type = Class.forName(name, false, getClass().getClassLoader());
                    if (type.isAnnotationPresent(Kind.class)) known.add(Catalogue.kind(type));
                }
            }
        assertEquals(known, new TreeSet<>(Blueprint.kinds()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void leavesNoGap(String kind, @TempDir Path folder) throws Exception {
        NewProject project = NewProject.of(kind, NAMES, GeneratedPlugins.installation(folder));
        project.files().forEach((file, text) -> {
            assertFalse((file + text).contains("{{"), () -> file + ": " + text);
            assertTrue(text.endsWith("\n"), file);
            assertFalse(text.contains("\n\n\n"), file);
        });
        assertEquals(Blueprint.of(kind).hasRecipe(), project.files().containsKey("smoke.yaml"));
        assertTrue(project.files().get("README.md").contains("com.acme.myown-1.0.0.jar"));
        if (Blueprint.of(kind).hasRecipe()) assertTrue(project.files().get("smoke.yaml").contains("use: my-own"), project.files().get("smoke.yaml"));
        assertEquals(project.files().keySet(), project.files().keySet().stream().filter(f -> !f.startsWith("/") && !f.contains("..")).collect(Collectors.toSet()));
    }
}
