package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.osgi.framework.Bundle;
import relata.api.component.ComponentProvider;
import relata.api.component.ContractResult;
import relata.api.component.Part;
import relata.api.corpus.Corpus;
import relata.api.run.Stage;
import relata.testkit.StageContract;
import relata.testkit.TestParts;

/** What the tests of a contract leave among the classes, and what the platform reads of it. */
class BundleContractsTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path RECORDS = CLASSES.resolve("META-INF/relata/contracts/stage/report");
    private static final Part REPORT = new Part("stage", Stage.class, "report", "", "", "report", "relata.runtime", "1.0", Report.Config.class);

    /** Run by the tests below alone. */
    static class Good extends StageContract<Report.Config> {
        @Override
        public ComponentProvider<Stage, Report.Config> provider() {
            return new Report();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("columns", "{ plain: [ one ], trained: [ other ] }", "metric", "right", "number", "right", "resamples", 20);
        }

        @Override
        public TestParts parts() {
            return TinyParts.all();
        }

        @Override
        protected void before(Path stages) throws Exception {
            StagesTest.answers(stages);
        }
    }

    /** The same, wrong. */
    static class Bad extends Good {
        @Override
        protected Corpus corpus() {
            throw new IllegalStateException("there is none");
        }
    }

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void removeWhatIsNoTestOfTheBuild() throws IOException {
        for (Class<?> type : List.of(Good.class, Bad.class)) Files.deleteIfExists(record(type));
    }

    private static Path record(Class<?> test) {
        return RECORDS.resolve(test.getName() + ".txt");
    }

    private static void run(DiscoverySelector what) {
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request().selectors(what).build());
    }

    /** A bundle of the classes, and of the record of one test. */
    private Bundle packed(Class<?> test) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(CLASSES)) {
            all = walk.filter(f -> f.toString().endsWith(".class") || f.equals(record(test))).toList();
        }
        for (Path file : all) {
            Path to = folder.resolve(CLASSES.relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
        }
        return (Bundle) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Bundle.class}, (self, method, args) -> {
            if (!method.getName().equals("findEntries")) throw new UnsupportedOperationException(method.getName());
            Path in = folder.resolve(args[0].toString());
            if (!Files.isDirectory(in)) return null;
            List<URL> urls = new ArrayList<>();
            try (Stream<Path> walk = Files.walk(in, (boolean) args[2] ? Integer.MAX_VALUE : 1)) {
                for (Path file : walk.filter(f -> f.toString().endsWith(args[1].toString().substring(1))).toList()) urls.add(entry(file));
            }
            return Collections.enumeration(urls);
        });
    }

    /** With the path in the bundle for its path, as a framework makes it. */
    private URL entry(Path file) throws MalformedURLException {
        return new URL(null, "bundle://1.0:1/" + folder.relativize(file), new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) throws IOException {
                return file.toUri().toURL().openConnection();
            }
        });
    }

    @Test
    void whatPassedIsRecordedAndRead() throws IOException {
        run(DiscoverySelectors.selectClass(Good.class));
        Optional<ContractResult> result = BundleContracts.of(packed(Good.class), REPORT, Report.class);
        assertEquals("StageContract", result.orElseThrow().contract());
        assertTrue(result.get().passed() && result.get().checks() >= 10, result.toString());
        assertTrue(result.get().testkit().matches("\\d+\\.\\d+.*"), result.toString());
        String first = Files.readString(record(Good.class));
        run(DiscoverySelectors.selectClass(Good.class));
        assertEquals(first, Files.readString(record(Good.class)), "the same classes must give the same record");
    }

    @Test
    void whatFailedIsToldToo() throws IOException {
        run(DiscoverySelectors.selectClass(Bad.class));
        ContractResult result = BundleContracts.of(packed(Bad.class), REPORT, Report.class).orElseThrow();
        assertTrue(!result.passed() && result.failed() < result.checks(), result.toString());
    }

    @Test
    void ofOtherClassesNothingIsKnown() throws IOException {
        run(DiscoverySelectors.selectClass(Good.class));
        Bundle bundle = packed(Good.class);
        Files.write(folder.resolve("relata/runtime/Seeds.class"), new byte[] {1, 2, 3});
        assertEquals(Optional.empty(), BundleContracts.of(bundle, REPORT, Report.class));
    }

    @Test
    void damagedRecordsSayNothing() throws IOException {
        run(DiscoverySelectors.selectClass(Good.class));
        Bundle bundle = packed(Good.class);
        Path record = folder.resolve(CLASSES.relativize(record(Good.class)).toString());
        Files.writeString(record, Files.readString(record).replaceAll("checks \\d+", "checks many"));
        assertEquals(Optional.empty(), BundleContracts.of(bundle, REPORT, Report.class));
        Files.delete(record);
        assertEquals(Optional.empty(), BundleContracts.of(bundle, REPORT, Report.class));
    }

    @Test
    void someTestsOfAContractAreNoProof() {
        run(DiscoverySelectors.selectMethod(Good.class, "saysWhatItGives"));
        assertFalse(Files.exists(record(Good.class)));
    }
}
