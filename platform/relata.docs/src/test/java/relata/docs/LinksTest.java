package relata.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Links within the project lead somewhere, and every page is led to. */
class LinksTest {
    private final List<Page> pages = Project.pages();

    LinksTest() throws IOException {}

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Page page : pages)
            for (Page.Found link : page.links()) {
                if (link.text().matches("[a-z]+:.*")) continue;
                links++;
                String[] target = (link.text() + " ").split("#", 2);
                Path file = target(page, target[0].strip());
                if (!Files.exists(file)) broken.add(page.at(link.line()) + ": there is no " + link.text());
                else if (target.length == 2 && !Page.read(file).anchors().contains(target[1].strip())) broken.add(page.at(link.line()) + ": no heading makes the anchor of " + link.text());
            }
        assertTrue(links > 50, "only " + links + " links were found: are they read rightly?");
        assertEquals("", String.join("\n", broken));
    }

    @Test
    void everyPageOfDocsIsReachedFromTheReadme() throws IOException {
        Set<Path> reached = new HashSet<>();
        List<Path> open = new ArrayList<>(List.of(Project.ROOT.resolve("README.md")));
        while (!open.isEmpty()) {
            Path file = open.remove(open.size() - 1);
            // a link to a folder leads to what is in it
            if (Files.isDirectory(file) && file.startsWith(Project.ROOT.resolve("docs"))) open.addAll(Project.in(file));
            if (!file.toString().endsWith(".md") || !Files.exists(file) || !reached.add(file)) continue;
            Page page = Page.read(file);
            for (Page.Found link : page.links()) if (!link.text().matches("[a-z]+:.*")) open.add(target(page, link.text().split("#", 2)[0]));
        }
        List<String> lost = new ArrayList<>();
        for (Page page : pages) if (page.file().startsWith(Project.ROOT.resolve("docs")) && !reached.contains(page.file())) lost.add(page.file().toString());
        assertEquals(List.of(), lost, "no links lead from README.md to these pages");
    }

    private static Path target(Page page, String link) {
        if (link.isEmpty()) return page.file();
        return page.file().resolveSibling(URLDecoder.decode(link, StandardCharsets.UTF_8)).normalize();
    }
}
