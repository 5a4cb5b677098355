package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
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
import org.junit.jupiter.api.BeforeEach;
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

    /** Stands for the outputs of a build: what the testkit leaves among the classes of this one would be packed. */
    @TempDir
    private Path target = Path.of("");

    private Path classes = Path.of("");

    @BeforeEach
    void copyTheClasses() throws IOException {
        classes = target.resolve("classes");
        copy(Path.of("target/classes"), classes);
        copy(Path.of("target/test-classes"), target.resolve("test-classes"));
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from.resolve("relata/runtime"))) {
            all = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : all) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    /** Loads this bundle's classes from the copies; all others are those of this test. */
    private static final class Copies extends URLClassLoader {
        Copies(Path target) throws MalformedURLException {
            super(new URL[] {target.resolve("classes").toUri().toURL(), target.resolve("test-classes").toUri().toURL()}, BundleContractsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("relata.runtime.")) return super.loadClass(name, resolve);
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    private Path record(Class<?> test) {
        return classes.resolve("META-INF/relata/contracts/stage/report").resolve(test.getName() + ".txt");
    }

    private void run(Class<?> test) throws Exception {
        try (Copies copies = new Copies(target)) {
            execute(DiscoverySelectors.selectClass(copies.loadClass(test.getName())));
        }
    }

    private static void execute(DiscoverySelector what) {
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request().selectors(what).build());
    }

    /** A bundle of the classes and their records. */
    private Bundle packed() {
        return (Bundle) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Bundle.class}, (self, method, args) -> {
            if (!method.getName().equals("findEntries")) throw new UnsupportedOperationException(method.getName());
            Path in = classes.resolve(args[0].toString());
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
        return new URL(null, "bundle://1.0:1/" + classes.relativize(file), new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) throws IOException {
                return file.toUri().toURL().openConnection();
            }
        });
    }

    private Optional<ContractResult> read() {
        return BundleContracts.of(packed(), REPORT, Report.class);
    }

    @Test
    void whatPassedIsRecordedAndRead() throws Exception {
        run(Good.class);
        ContractResult result = read().orElseThrow();
        assertEquals("StageContract", result.contract());
        assertTrue(result.passed() && result.checks() >= 10, result.toString());
        assertTrue(result.testkit().matches("\\d+\\.\\d+.*"), result.toString());
        String first = Files.readString(record(Good.class));
        run(Good.class);
        assertEquals(first, Files.readString(record(Good.class)), "the same classes must give the same record");
        assertFalse(Files.exists(Path.of("target/classes").resolve(classes.relativize(record(Good.class)))), "the bundle's own classes are left alone");
    }

    @Test
    void whatFailedIsToldToo() throws Exception {
        run(Bad.class);
        ContractResult result = read().orElseThrow();
        assertTrue(!result.passed() && result.failed() < result.checks(), result.toString());
    }

    @Test
    void ofTwoTestsBothCountAndOfOneThatIsGoneNone() throws Exception {
        run(Bad.class);
        run(Good.class);
        ContractResult both = read().orElseThrow();
        assertFalse(both.passed());
        // it has been renamed, and nothing but its record is left
        Files.delete(target.resolve("test-classes/relata/runtime/BundleContractsTest$Bad.class"));
        run(Good.class);
        ContractResult one = read().orElseThrow();
        assertTrue(one.passed() && 2 * one.checks() == both.checks(), one + " " + both);
    }

    @Test
    void ofOtherClassesNothingIsKnown() throws Exception {
        run(Good.class);
        Files.write(classes.resolve("relata/runtime/Seeds.class"), new byte[] {1, 2, 3});
        assertEquals(Optional.empty(), read());
    }

    @Test
    void damagedRecordsSayNothing() throws Exception {
        run(Good.class);
        Files.writeString(record(Good.class), Files.readString(record(Good.class)).replaceAll("checks \\d+", "checks many"));
        assertEquals(Optional.empty(), read());
        Files.delete(record(Good.class));
        assertEquals(Optional.empty(), read());
    }

    @Test
    void someTestsOfAContractAreNoProof() throws Exception {
        try (Copies copies = new Copies(target)) {
            execute(DiscoverySelectors.selectMethod(copies.loadClass(Good.class.getName()), "saysWhatItGives"));
        }
        assertFalse(Files.exists(record(Good.class)));
    }
}
