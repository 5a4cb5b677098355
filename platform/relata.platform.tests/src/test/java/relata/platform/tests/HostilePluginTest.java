package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import relata.api.component.Catalogue;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.evaluate.Metric;
import relata.api.plugin.PluginException;

/** What careless or hostile plug-ins do: each is refused with a sentence that tells its author what to change, and the platform is as it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePluginTest {
    private static final String NAME = "acme.bad";
    private static final int MEBI = 1 << 20;
    private static final String LEASES = "package acme.bad;\npublic class L implements relata.api.plugin.Leases {\n  public Lease take(String holder) { return () -> {}; }\n  public boolean admitted(long bundle) { return true; }\n}\n";

    private Path folder = Path.of("");
    private Inside inside;
    private List<String> before = List.of();

    @BeforeAll
    void start(@TempDir Path fresh) throws Exception {
        folder = fresh;
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/plugins.properties"), "trust=off\nseconds=1\nmax-size=1\nmax-unpacked=64\nmax-entries=1000\n");
        inside = Inside.start(folder, "engine-cpu", "clre");
        before = state();
    }

    @AfterAll
    void stop() throws Exception {
        inside.close();
    }

    private List<String> state() {
        return Stream.of(inside.context().getBundles()).map(b -> b.getSymbolicName() + " " + b.getVersion() + " " + b.getState()).sorted().toList();
    }

    @AfterEach
    void thePlatformIsAsItWas() throws Exception {
        assertEquals(before, state());
        assertTrue(Stream.of(inside.context().getBundles()).allMatch(b -> b.getState() == Bundle.ACTIVE || b.getState() == Bundle.RESOLVED && b.getHeaders().get("Fragment-Host") != null));
        assertEquals(List.of(), inside.plugins().problems());
        assertEquals(List.of(), inside.plugins().list());
        assertEquals(List.of("metric f1 of relata.measure.standard " + Tree.VERSION), inside.parts("f1"));
        Record config = inside.service(Catalogue.class).find("metric", "confusion").orElseThrow().config().getDeclaredConstructor().newInstance();
        assertTrue(inside.service(Parts.class).create(new Ref<>(Metric.class, "confusion", config)) != null);
        try (Stream<Path> files = Files.walk(folder.resolve("plugins"))) {
            assertEquals(List.of(), files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".jar")).toList(), "something was left in the store");
        }
    }

    private interface Maker {
        void make(Path file) throws Exception;
    }

    private static PluginJar good() {
        return PluginJar.of(NAME, "1.0.0").metric("bad", 1);
    }

    private static Arguments wrong(String what, Maker maker, String... expected) {
        return Arguments.of(what, maker, List.of(expected));
    }

    private static Arguments jar(String what, PluginJar jar, String... expected) {
        return wrong(what, jar::write, expected);
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                jar("missing import", good().imports("com.nowhere;version=\"[1,2)\""), "acme.bad 1.0.0 needs the package com.nowhere [1,2), which no bundle here exports"),
                jar("newer API", good().header("Import-Package", "relata.api.component;version=\"[1.0,2)\",relata.api.evaluate;version=\"[7.1,8)\""),
                        "acme.bad 1.0.0 needs relata.api.evaluate [7.1,8); this platform has ", "(of relata.api). Build the plug-in against this platform's API"),
                jar("older API", good().header("Import-Package", "relata.api.component;version=\"[0.3,0.4)\",relata.api.evaluate"), "needs relata.api.component [0.3,0.4); this platform has "),
                jar("private packages", good().imports("relata.runtime"), "needs the package relata.runtime, which is no part of what this platform offers to plug-ins: relata.api and the packages below it"),
                jar("capability", good().header("Require-Capability", "acme.gpu;filter:=\"(memory>=80)\""), "needs the capability acme.gpu with (memory>=80), which nothing here offers"),
                jar("another Java", good().header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""), "acme.bad 1.0.0 needs Java 99; this is Java ", "Compile with --release 17"),
                jar("no such class", PluginJar.of(NAME, "1.0.0").component("Gone", "<provide interface=\"relata.api.component.ComponentProvider\"/>", "bad").imports("relata.api.component"),
                        "acme.bad 1.0.0: making its part 'bad' failed: there is no class acme.bad.Gone in it"),
                jar("constructor is private", PluginJar.of(NAME, "1.0.0").source("P", "package acme.bad;\npublic final class P { private P() {} }\n").component("P", "<provide interface=\"relata.api.component.ComponentProvider\"/>", "bad").imports("relata.api.component"),
                        "making its part 'bad' failed: its class acme.bad.P needs a public constructor, without parameters or with @Activate"),
                jar("constructor throws", PluginJar.of(NAME, "1.0.0").metric("bad", "if (true) throw new IllegalStateException(\"no licence found\");", "return null;"), "making its part 'bad' failed: ", "no licence found"),
                jar("constructor throws an Error", PluginJar.of(NAME, "1.0.0").metric("bad", "if (true) throw new StackOverflowError(\"deep\");", "return null;"), "making its part 'bad' failed: "),
                jar("constructor never ends", PluginJar.of(NAME, "1.0.0").metric("bad", "synchronized (this) { try { wait(); } catch (InterruptedException e) { } }", "return null;"),
                        "making its part 'bad' took longer than 1 s", "open what is heavy at first use"),
                jar("activator throws an Error", activator("throw new AssertionError(\"never mind\");"), "its activator failed: ", "never mind"),
                jar("activator never ends", activator("Thread.sleep(1_000_000);"), "its activator took longer than 1 s"),
                jar("causes in a circle", activator("Exception a = new Exception(\"a\"), b = new Exception(\"b\", a); a.initCause(b); throw b;"), "its activator failed: "),
                jar("an exception that throws", activator("throw new RuntimeException() { @Override public String getMessage() { throw new IllegalStateException(); } };"), "its activator failed: ", "which cannot be shown"),
                jar("offers a service of the platform", good().source("L", LEASES).component("L", "<provide interface=\"relata.api.plugin.Leases\"/>", "").imports("relata.api.plugin"),
                        "it offers the service relata.api.plugin.Leases, which only the platform offers: leave it out"),
                jar("framework hooks", good().imports("org.osgi.framework.hooks.weaving"), "it imports org.osgi.framework.hooks.*, with which it could change what other bundles are and see"),
                jar("two manifests", good().entry("META-INF/manifest.mf", new byte[1]), "its entry 'META-INF/manifest.mf' must be called META-INF/MANIFEST.MF"),
                jar("huge class", good().entry("acme/bad/Huge.class", lines(9 * MEBI)), "its entry 'acme/bad/Huge.class' is larger than 8 MiB, which no class is"),
                wrong("exits in a jar inside", file -> good().entry("lib/inner.jar", Files.readAllBytes(activator("System.exit(1);").write(file))).write(file), "the class acme.bad.Start calls java.lang.System.exit"),
                wrong("exits in a variant", file -> {
                    activator("Runtime.getRuntime().exit(1);").write(file);
                    try (ZipFile zip = new ZipFile(file.toFile())) {
                        good().header("Multi-Release", "true").entry("META-INF/versions/17/acme/bad/Start.class", zip.getInputStream(zip.getEntry("acme/bad/Start.class")).readAllBytes()).write(file);
                    }
                }, "the class acme.bad.Start calls java.lang.Runtime.exit"),
                jar("activator exits", activator("System.exit(1);"), "the class acme.bad.Start calls java.lang.System.exit, which would end the platform"),
                jar("activator halts", activator("Runtime.getRuntime().halt(1);"), "the class acme.bad.Start calls java.lang.Runtime.halt"),
                jar("part without a name", PluginJar.of(NAME, "1.0.0").metric("bad", 1).component("P0", "<provide interface=\"relata.api.component.ComponentProvider\"/>", ""), "has no name; put @ComponentName on"),
                jar("name of a part of the platform", PluginJar.of(NAME, "1.0.0").metric("f1", 1), "acme.bad 1.0.0 brings the metric 'f1', which relata.measure.standard has already"),
                jar("a part twice", PluginJar.of(NAME, "1.0.0").metric("bad", 1).metric("bad", 2), "acme.bad 1.0.0 brings the metric 'bad' twice: give one of them another name"),
                jar("name of a bundle of the platform", PluginJar.of("relata.runtime", "9.0.0").metric("bad", 1), "relata.runtime 9.0.0 has the name of a bundle of the platform"),
                jar("packages of the platform", good().header("Export-Package", "relata.api.component;version=1.5").entry("relata/api/component/x", new byte[1]),
                        "exports the package relata.api.component, which the platform has from relata.api"),
                jar("many packages of the platform", good().header("Export-Package", "relata.api.component,relata.api.evaluate,relata.api.plugin,relata.api.run,relata.api.run;version=2.0").entry("relata/api/run/x", new byte[1]),
                        "exports packages that the platform has from relata.api (relata.api.component, relata.api.evaluate, relata.api.plugin and 1 more): import them instead"),
                jar("fragment of the framework", good().header("Fragment-Host", "system.bundle; extension:=framework"), "has the header Fragment-Host: system.bundle", "make a bundle of its own"),
                jar("native code", good().header("Bundle-NativeCode", "lib/x.so; osname=linux"), "has the header Bundle-NativeCode"),
                jar("dynamic import", good().header("DynamicImport-Package", "*"), "has the header DynamicImport-Package", "use Import-Package"),
                jar("required bundle", good().header("Require-Bundle", "relata.runtime"), "has the header Require-Bundle"),
                jar("no symbolic name", PluginJar.of("x", "1.0.0").header("Bundle-SymbolicName", "../../etc"), "its Bundle-SymbolicName '../../etc' must be letters"),
                jar("no version", PluginJar.of(NAME, "one"), "its Bundle-Version 'one' is no version"),
                jar("waits for a service", good().entry("OSGI-INF/w.xml", waiting()).header("Service-Component", "OSGI-INF/P0.xml,OSGI-INF/w.xml"), "its component acme.bad.Waits waits for a service that no bundle here offers: com.nowhere.Service"),
                jar("newer class files", good().entry("acme/bad/New.class", new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 99}), "the class acme.bad.New is for Java 55; this is Java "),
                jar("no class file", good().entry("acme/bad/New.class", new byte[20]), "the class acme.bad.New is no class file"),
                jar("path traversal", good().entry("../../../evil.sh", new byte[1]), "its entry '../../../evil.sh' would lie outside of it"),
                jar("zip bomb", good().entry("blanks.txt", new byte[48 * MEBI]), "unpacked it is more than 200 times its size"),
                jar("zip bomb in a jar inside", good().entry("lib/inner.jar", bomb(80)), "unpacked it is "),
                wrong("too many entries", file -> {
                    PluginJar jar = good();
                    for (int i = 0; i < 1001; i++) jar.entry("e" + i, new byte[0]);
                    jar.write(file);
                }, "it has more than 1000 entries"),
                wrong("too large", file -> Files.write(file, new byte[MEBI + 1]), "is larger than 1 MiB, the limit for plug-ins"),
                wrong("huge manifest", file -> {
                    String long70 = "X-".repeat(30);
                    StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\r\nBundle-SymbolicName: acme.bad\r\n");
                    for (int i = 0; manifest.length() <= MEBI; i++) manifest.append("H").append(i).append(": ").append(long70).append(Integer.toHexString(i * 0x9E3779B9)).append("\r\n");
                    zip(file, Map.of("META-INF/MANIFEST.MF", manifest.toString().getBytes(StandardCharsets.US_ASCII)));
                }, "its manifest is larger than 1 MiB"),
                wrong("no manifest", file -> zip(file, Map.of("a.txt", new byte[3])), "it has no manifest, so it is no OSGi bundle"),
                wrong("no bundle", file -> zip(file, Map.of("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))), "has no Bundle-SymbolicName"),
                wrong("no jar", file -> Files.writeString(file, "hello"), "it is no jar"),
                wrong("empty file", file -> Files.write(file, new byte[0]), "it is no jar"),
                wrong("truncated", file -> {
                    byte[] whole = Files.readAllBytes(good().write(file));
                    Files.write(file, Arrays.copyOf(whole, whole.length - 40));
                }, "it is a damaged jar: "),
                wrong("an entry twice", HostilePluginTest::twice, "it holds b.txt twice"),
                wrong("uses conflict", HostilePluginTest::conflict, "acme.bad 1.0.0 would see the package com.shared twice, from "));
    }

    private static PluginJar activator(String work) {
        String source = "package acme.bad;\npublic class Start implements org.osgi.framework.BundleActivator {\n"
                + "  public void start(org.osgi.framework.BundleContext c) throws Exception { " + work + " }\n  public void stop(org.osgi.framework.BundleContext c) {}\n}\n";
        return good().source("Start", source).header("Bundle-Activator", "acme.bad.Start").imports("org.osgi.framework");
    }

    /** Compresses well, but not as blanks do. */
    private static byte[] lines(int size) {
        byte[] bytes = new byte[size];
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        byte[] line = new byte[1000];
        for (int i = 0; i < size; i++) {
            if (i % 50_000 == 0) random.nextBytes(line);
            bytes[i] = line[i % line.length];
        }
        return bytes;
    }

    private static byte[] waiting() {
        return ("<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"acme.bad.Waits\">\n  <implementation class=\"acme.bad.P0\"/>\n"
                + "  <service><provide interface=\"java.lang.Object\"/></service>\n  <reference name=\"s\" interface=\"com.nowhere.Service\"/>\n</scr:component>").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bomb(int mebi) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("blanks"));
            for (int i = 0; i < mebi; i++) zip.write(new byte[MEBI]);
            zip.closeEntry();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static void zip(Path file, Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(e.getKey()));
                zip.write(e.getValue());
                zip.closeEntry();
            }
        }
    }

    /** Two entries get the same name by a change of bytes: Java's own writer refuses to. */
    private static void twice(Path file) throws IOException {
        good().entry("a.txt", new byte[1]).entry("b.txt", new byte[1]).write(file);
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, bytes.replace("a.txt", "b.txt"), StandardCharsets.ISO_8859_1);
    }

    /** A bundle that must take com.shared in version 1, and com.user, whose classes show com.shared in version 2. */
    private static void conflict(Path folder) throws IOException {
        Files.createDirectories(folder);
        byte[] x = new byte[1];
        PluginJar.of("com.one", "1.0.0").header("Export-Package", "com.shared;version=1.0.0").entry("com/shared/x", x).write(folder.resolve("one.jar"));
        PluginJar.of("com.two", "1.0.0").header("Export-Package", "com.shared;version=2.0.0").entry("com/shared/x", x).write(folder.resolve("two.jar"));
        PluginJar.of("com.user", "1.0.0").header("Export-Package", "com.user;version=1.0.0;uses:=\"com.shared\"").header("Import-Package", "com.shared;version=\"[2,3)\"").entry("com/user/x", x).write(folder.resolve("user.jar"));
        good().imports("com.shared;version=\"[1,2)\"").imports("com.user").write(folder.resolve("bad.jar"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefused(String what, Maker maker, List<String> expected) throws Exception {
        Path file = Files.createDirectories(folder.resolve("hostile")).resolve(what.replace(' ', '-') + ".jar");
        maker.make(file);
        PluginException refusal = assertThrows(PluginException.class, () -> inside.plugins().install(List.of(file.toString())));
        for (String text : expected) assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("\tat "), refusal.getMessage());
    }

    @Test
    void severalProblemsAreToldAtOnce() throws Exception {
        Path one = good().header("Bundle-NativeCode", "x").write(folder.resolve("hostile/one.jar")), two = Files.writeString(folder.resolve("hostile/two.jar"), "text");
        PluginException refusal = assertThrows(PluginException.class, () -> inside.plugins().install(List.of(one.toString(), two.toString())));
        assertEquals(2, refusal.problems().size(), refusal.getMessage());
    }

    @Test
    void nothingIsFetchedOverTheNetwork() {
        assertTrue(assertThrows(PluginException.class, () -> inside.plugins().install(List.of("https://example.org/x.jar"))).getMessage().contains("plug-ins are not fetched over the network"));
        assertTrue(assertThrows(PluginException.class, () -> inside.plugins().install(List.of("org.acme:none:1.0"))).getMessage().contains("mvn dependency:get -Dartifact=org.acme:none:1.0"));
    }
}
