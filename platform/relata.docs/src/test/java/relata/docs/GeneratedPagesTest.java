package relata.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import relata.api.component.Part;

/** Compares the pages that are made from the code with the code; with {@code -Drelata.docs.write=true} it writes them. */
class GeneratedPagesTest {
    static final String ARGUMENTS = "-pl platform/relata.docs -am test -Dtest=GeneratedPagesTest -Dsurefire.failIfNoSpecifiedTests=false -Drelata.docs.write=true";

    private final Path docs = Project.ROOT.resolve("docs");
    private final Map<String, String> pages = new PartPages(InstalledParts.all()).all();

    @Test
    void pagesSayWhatTheCodeSays() throws IOException {
        TreeSet<String> stale = new TreeSet<>();
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Path file = docs.resolve(page.getKey());
            if (Files.exists(file) && Files.readString(file).equals(page.getValue())) continue;
            if (Boolean.getBoolean("relata.docs.write")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, page.getValue());
            } else stale.add(page.getKey());
        }
        assertTrue(stale.isEmpty(), () -> "out of date in docs: " + stale + ". Write them anew by\n  ./mvnw " + ARGUMENTS);
    }

    @Test
    void noPageIsLeftOver() throws IOException {
        try (Stream<Path> files = Files.list(docs.resolve("parts"))) {
            Set<String> there = files.map(f -> "parts/" + f.getFileName()).collect(Collectors.toCollection(TreeSet::new));
            there.removeAll(pages.keySet());
            assertEquals(Set.of(), there, "no kind makes these pages of docs: delete them");
        }
    }

    @Test
    void everyBundleWithPartsIsOnTheClassPath() throws IOException {
        Set<String> known = InstalledParts.all().parts().stream().map(Part::bundle).collect(Collectors.toCollection(TreeSet::new));
        for (Path bundle : Project.folders(Project.ROOT.resolve("bundles"))) {
            Path sources = bundle.resolve("src/main/java");
            String name = bundle.getFileName().toString();
            if (name.equals("relata.testkit") || !Files.isDirectory(sources)) continue;
            boolean hasParts = false;
            try (Stream<Path> walk = Files.walk(sources)) {
                for (Path file : walk.filter(f -> f.toString().endsWith(".java")).toList()) hasParts |= Files.readString(file).contains("\n@ComponentName(");
            }
            assertEquals(hasParts, known.contains(name), name + " must be a dependency of platform/relata.docs if it has parts, so that they are documented");
        }
    }

    @Test
    void everyPartSaysWhatItDoes() {
        for (Part part : InstalledParts.all().parts()) assertFalse(part.summary().isBlank(), part.kind() + " " + part.name() + " needs @Doc");
    }
}
