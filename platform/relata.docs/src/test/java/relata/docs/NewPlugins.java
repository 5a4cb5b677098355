package relata.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.kit.Installation;
import relata.kit.Names;
import relata.kit.NewProject;

/**
 * What {@code relata plugin new} writes. Pages quote {@code plugin-new/KIND/CLASS.java}: the source of that name in the project of a part of that kind, in
 * the group {@code com.acme}. The kit's own tests compile these sources and hold them to their contracts.
 */
final class NewPlugins {
    private static final String PREFIX = "plugin-new/";

    private NewPlugins() {}

    /** True if a page's quotation is from such a project. */
    static boolean isOne(String from) {
        return from.startsWith(PREFIX);
    }

    /** The source that is quoted. */
    static String source(String from) throws IOException {
        String[] path = from.split("/");
        String file = path[2];
        String type = file.replaceFirst("(Test)?\\.java$", "");
        String name = type.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
        NewProject project = project(path[1], name);
        return project.files().entrySet().stream().filter(f -> f.getKey().endsWith("/" + file)).findFirst().orElseThrow(() -> new IOException("a new " + path[1] + " has no " + file)).getValue();
    }

    /** The smoke recipe of a part called {@code one-more}, if its kind has one. */
    static Optional<String> recipe(String kind) throws IOException {
        return Optional.ofNullable(project(kind, "one-more").files().get("smoke.yaml"));
    }

    private static NewProject project(String kind, String name) throws IOException {
        Path home = Files.createTempDirectory("relata-docs");
        Installation installation = new Installation(home, "0.1.0");
        Files.createDirectories(installation.parent().getParent());
        Files.copy(Project.ROOT.resolve("bundles/relata.plugin.parent/pom.xml"), installation.parent());
        try {
            return NewProject.of(kind, Names.of(name, "com.acme", ""), installation);
        } finally {
            for (Path file = installation.parent(); !file.equals(home.getParent()); file = file.getParent()) Files.delete(file);
        }
    }

    /** The installed parts, and one called {@code one-more} that takes what its recipe says. */
    static Catalogue withOneMore(InstalledParts installed, String kind) {
        Part part = new Part(kind, installed.type(kind), "one-more", "", "", kind.equals("stage") ? "baseline" : "", "com.acme.onemore", "1.0.0", config(kind));
        List<Part> parts = new ArrayList<>(installed.parts());
        parts.add(part);
        return new Catalogue() {
            @Override
            public List<String> kinds() {
                return installed.kinds();
            }

            @Override
            public List<Part> parts() {
                return parts;
            }

            @Override
            public Optional<Part> find(String of, String name) {
                return parts.stream().filter(p -> p.kind().equals(of) && p.name().equals(name)).findFirst();
            }
        };
    }

    /** Settings that a smoke recipe may give. */
    record Rooted(Path root) {}

    /** Settings that a smoke recipe may give. */
    record Filed(Path file) {}

    /** Settings that a smoke recipe may give. */
    record Sized(int size) {}

    /** Settings that a smoke recipe may give. */
    record Rated(double rate) {}

    /** Settings that a smoke recipe may give. */
    record Split(String split) {}

    /** No settings. */
    record None() {}

    private static Class<? extends Record> config(String kind) {
        return switch (kind) {
            case "corpus" -> Rooted.class;
            case "lexicon" -> Filed.class;
            case "sampler" -> Sized.class;
            case "optimiser" -> Rated.class;
            case "stage" -> Split.class;
            default -> None.class;
        };
    }
}
