package relata.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing is forgotten: bundles, features, recipes, kinds of parts, environment variables. */
class MapTest {
    @Test
    void everyBundleIsInTheMap() throws IOException {
        Page readme = Page.read(Project.ROOT.resolve("README.md"));
        List<String> patterns = readme.prose().stream().filter(l -> l.startsWith("| `relata.")).flatMap(l -> List.of(l.split("\\|")[1].split(",")).stream()).map(p -> p.replace("`", "").strip()).toList();
        List<String> bundles = Project.folders(Project.ROOT.resolve("bundles")).stream().map(b -> b.getFileName().toString()).toList();
        for (String bundle : bundles) assertTrue(patterns.stream().anyMatch(p -> matches(p, bundle)), bundle + " has no place in the map of README.md");
        for (String pattern : patterns) assertTrue(bundles.stream().anyMatch(b -> matches(pattern, b)), "the map of README.md speaks of " + pattern + ", but there is no such bundle");
    }

    private static boolean matches(String pattern, String bundle) {
        return pattern.endsWith(".*") ? bundle.startsWith(pattern.substring(0, pattern.length() - 1)) : bundle.equals(pattern);
    }

    @Test
    void everyFeatureIsExplained() throws IOException {
        String page = Files.readString(Project.ROOT.resolve("docs/operations.md"));
        for (String feature : names("features", ".json"))
            assertTrue(feature.endsWith("-libraries") || page.contains("`" + feature + "`"), () -> "docs/operations.md must say what the feature '" + feature + "' brings");
    }

    @Test
    void everyRecipeHasAPage() throws IOException {
        for (String recipe : names("distribution/src/recipes", ".yaml"))
            assertTrue(Files.exists(Project.ROOT.resolve("docs/recipes/" + recipe + ".md")), () -> "docs/recipes needs a page about the recipe '" + recipe + "'");
    }

    @Test
    void environmentVariablesAreThoseOfTheCode() throws IOException {
        String start = Files.readString(Project.ROOT.resolve("distribution/src/bin/relata")) + Files.readString(Project.ROOT.resolve("mvnw"))
                + Files.readString(Project.ROOT.resolve("platform/relata.launcher/src/main/java/relata/launcher/Main.java"));
        Pattern variable = Pattern.compile("(?:RELATA|DJL|MALLOC|OMP|MVNW)_[A-Z_]+");
        Set<String> documented = variable.matcher(Files.readString(Project.ROOT.resolve("docs/operations.md"))).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
        Set<String> read = variable.matcher(start).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(read, documented, "docs/operations.md must explain the variables that the start scripts and the launcher read");
    }

    private static List<String> names(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(Project.ROOT.resolve(folder))) {
            return files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(ending)).map(f -> f.substring(0, f.length() - ending.length())).sorted().toList();
        }
    }

    @Test
    void everyKindHasAPageOnHowToWriteOne() throws IOException {
        InstalledParts parts = InstalledParts.all();
        for (String kind : parts.kinds()) {
            Path file = Project.ROOT.resolve("docs/extend").resolve(ExtendPages.file(kind));
            assertTrue(Files.exists(file), () -> "there is no " + file);
            String text = Files.readString(file);
            assertEquals("# " + ExtendPages.title(kind), text.lines().findFirst().orElse(""), file.toString());
            assertTrue(text.contains(parts.type(kind).getSimpleName()), () -> file + " must name the interface " + parts.type(kind).getName());
            String contract = parts.type(kind).getSimpleName().replace("EncoderLoader", "Encoder") + "Contract";
            boolean own = Files.exists(Project.ROOT.resolve("bundles/relata.testkit/src/main/java/relata/testkit/" + contract + ".java"));
            assertTrue(text.contains(own ? contract : kind.equals("command") ? "command" : "ProviderContract"), () -> file + " must name the contract " + (own ? contract : "ProviderContract"));
        }
    }

    @Test
    void pagesAboutKindsHaveTheirNames() {
        assertEquals("write-an-augmenter.md", ExtendPages.file("augmenter"));
        assertEquals("Write a corpus reader", ExtendPages.title("corpus"));
        assertEquals(ExtendPages.title("loss").toLowerCase(Locale.ROOT).replace(' ', '-') + ".md", ExtendPages.file("loss"));
    }
}
