package relata.platform.tests;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes plug-ins as an author would: compiled against the API of the distribution, with a manifest and a component file. */
final class PluginJar {
    private static final String API = ";version=\"[1.0,2)\"";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<String> components = new ArrayList<>();
    private final List<String> imports = new ArrayList<>();
    private final String name;

    private PluginJar(String name, String version) {
        this.name = name;
        header("Bundle-ManifestVersion", "2").header("Bundle-SymbolicName", name).header("Bundle-Version", version);
    }

    static PluginJar of(String name, String version) {
        return new PluginJar(name, version);
    }

    PluginJar header(String key, String value) {
        headers.put(key, value);
        return this;
    }

    PluginJar imports(String clause) {
        imports.add(clause);
        return this;
    }

    PluginJar entry(String path, byte[] bytes) {
        entries.put(path, bytes);
        return this;
    }

    /** A metric that always gives one number. */
    PluginJar metric(String part, double number) {
        return metric(part, "", "return java.util.Map.of(\"number\", " + number + ");");
    }

    /** A metric. @param made what happens when the provider is made; {@code work} what the metric does */
    PluginJar metric(String part, String made, String work) {
        imports("relata.api.component" + API).imports("relata.api.evaluate" + API);
        return part(part, "relata.api.evaluate.Metric", made, "predictions -> { " + work + " }");
    }

    /** A loss over the similarities {@code s}, a matrix. */
    PluginJar loss(String part, String expression) {
        imports("relata.api.component" + API).imports("relata.api.learn" + API).imports("ai.djl.ndarray").imports("ai.djl.ndarray.types");
        return part(part, "relata.api.learn.Loss", "", "c -> { ai.djl.ndarray.NDArray s = c.similarity(); " + expression + " }");
    }

    private PluginJar part(String part, String kind, String made, String lambda) {
        String type = "P" + components.size();
        String source = "package " + name + ";\n"
                + "public final class " + type + " implements relata.api.component.ComponentProvider<" + kind + ", " + type + ".Config> {\n"
                + "    public record Config() {}\n"
                + "    public " + type + "() { " + made + " }\n"
                + "    @Override public Class<Config> configType() { return Config.class; }\n"
                + "    @Override public " + kind + " create(Config config, relata.api.component.Parts parts) { return " + lambda + "; }\n}\n";
        return source(type, source).component(type, "<provide interface=\"relata.api.component.ComponentProvider\"/>", part);
    }

    /** A component of a class; {@code part} may be empty. */
    PluginJar component(String type, String provides, String part) {
        String property = part.isEmpty() ? "" : "  <property name=\"relata.component.name\" value=\"" + part + "\"/>\n";
        String file = "OSGI-INF/" + type + ".xml";
        components.add(file);
        return entry(file, ("<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"" + name + "." + type + "\">\n  <implementation class=\"" + name + "." + type + "\"/>\n  <service>" + provides
                + "</service>\n" + property + "</scr:component>\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Compiles a class of the plug-in's package. */
    PluginJar source(String type, String source) {
        compile(name + "." + type, source).forEach(this::entry);
        return this;
    }

    /** Writes the jar. */
    Path write(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!components.isEmpty()) headers.putIfAbsent("Service-Component", String.join(",", components));
        if (!imports.isEmpty()) headers.putIfAbsent("Import-Package", String.join(",", imports.stream().distinct().toList()));
        headers.forEach((k, v) -> main.put(new Attributes.Name(k), v));
        Files.createDirectories(file.getParent());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(e.getKey()));
                jar.write(e.getValue());
                jar.closeEntry();
            }
        }
        return file;
    }

    /** Copies a jar with some entries replaced or added. */
    static Path changed(Path jar, Path to, Map<String, byte[]> changes) throws IOException {
        try (JarFile in = new JarFile(jar.toFile(), false);
                OutputStream file = Files.newOutputStream(to);
                JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry e : in.stream().toList()) {
                if (changes.containsKey(e.getName())) continue;
                out.putNextEntry(new JarEntry(e.getName()));
                out.write(in.getInputStream(e).readAllBytes());
                out.closeEntry();
            }
            for (Map.Entry<String, byte[]> e : changes.entrySet()) {
                out.putNextEntry(new JarEntry(e.getKey()));
                out.write(e.getValue());
                out.closeEntry();
            }
        }
        return to;
    }

    /** Class files by path. */
    private static Map<String, byte[]> compile(String type, String source) {
        try {
            Path out = Files.createTempDirectory("plugin-classes");
            try {
                return compile(type, source, out);
            } finally {
                List<Path> all;
                try (Stream<Path> files = Files.walk(out)) {
                    all = files.sorted(Comparator.reverseOrder()).toList();
                }
                for (Path f : all) Files.delete(f);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, byte[]> compile(String type, String source, Path out) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + type.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        List<String> options = List.of("--release", "17", "-proc:none", "-d", out.toString(), "-cp", classPath() + File.pathSeparator + out);
        if (!compiler.getTask(said, null, null, options, null, List.of(file)).call()) throw new AssertionError(said + "\n" + source);
        Map<String, byte[]> classes = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path f : files.filter(Files::isRegularFile).sorted().toList()) classes.put(out.relativize(f).toString(), Files.readAllBytes(f));
        }
        return classes;
    }

    private static String classPath() throws IOException {
        Path system = Tree.home().resolve("system/org/relata");
        List<String> jars = new ArrayList<>();
        for (String bundle : List.of("relata.api", "relata.api.learn", "relata.tensor", "relata.engine.pytorch")) jars.add(system.resolve(bundle + "/" + Tree.VERSION + "/" + bundle + "-" + Tree.VERSION + ".jar").toString());
        try (Stream<Path> lib = Files.list(Tree.home().resolve("lib"))) {
            lib.forEach(jar -> jars.add(jar.toString()));
        }
        return String.join(File.pathSeparator, jars);
    }
}
