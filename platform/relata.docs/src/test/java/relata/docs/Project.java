package relata.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The source tree, seen from this module. */
final class Project {
    /** Its top folder. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    private Project() {}

    /** All pages for people: at the top, under docs, and the bundles' own. */
    static List<Page> pages() throws IOException {
        List<Path> files = new ArrayList<>(under(ROOT.resolve("docs")));
        for (Path top : List.of(ROOT, ROOT.resolve("distribution"))) files.addAll(in(top));
        for (Path bundle : folders(ROOT.resolve("bundles"))) files.addAll(in(bundle));
        List<Page> pages = new ArrayList<>();
        for (Path file : files.stream().filter(f -> f.toString().endsWith(".md")).sorted().toList()) pages.add(Page.read(file));
        return pages;
    }

    /** The folders in a folder that hold source, sorted. */
    static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(f -> Files.isRegularFile(f.resolve("pom.xml"))).sorted().toList();
        }
    }

    /** What is in a folder. */
    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.toList();
        }
    }

    private static List<Path> under(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
