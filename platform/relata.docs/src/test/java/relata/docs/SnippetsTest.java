package relata.docs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.corpus.jsonl.JsonlReader;
import relata.corpus.text.Unseen;
import relata.recipe.YamlRecipes;

/** What the documentation shows is what there is: code of files, recipes, data. */
class SnippetsTest {
    private final List<Page> pages = Project.pages();

    SnippetsTest() throws IOException {}

    @Test
    void codeIsThatOfTheFileThatItComesFrom() throws IOException {
        int blocks = 0;
        for (Page page : pages)
            for (Page.Block block : page.blocks()) {
                if (block.from().isEmpty()) continue;
                blocks++;
                String file = NewPlugins.isOne(block.from()) ? NewPlugins.source(block.from()) : Files.readString(Project.ROOT.resolve(block.from()));
                assertTrue(file.contains(block.text()), () -> page.at(block.line()) + " is not a part of " + block.from());
            }
        assertTrue(blocks > 10, "only " + blocks + " such blocks were found: are they read rightly?");
    }

    @Test
    void theReadmeShowsAWholeLossOfOnesOwn() throws IOException {
        Page readme = Page.read(Project.ROOT.resolve("README.md"));
        Page.Block block = readme.blocks().stream().filter(b -> b.language().equals("java")).findFirst().orElseThrow();
        String file = Files.readString(Project.ROOT.resolve("bundles/relata.example/src/main/java/relata/example/MultiSimilarity.java"));
        assertEquals(file.substring(file.indexOf("@Component(")), block.text());
    }

    @Test
    void theSmokeRecipesOfNewPluginsCanBeRead() throws IOException {
        for (String kind : InstalledParts.all().kinds()) {
            Optional<String> recipe = NewPlugins.recipe(kind);
            if (recipe.isEmpty()) continue;
            YamlRecipes recipes = new YamlRecipes(NewPlugins.withOneMore(InstalledParts.all(), kind));
            assertDoesNotThrow(() -> recipes.read("smoke.yaml of a new " + kind, recipe.get(), Map.of()), kind);
        }
    }

    @Test
    void everyPageAboutAKindShowsWhatIsWrittenForIt() throws IOException {
        for (String kind : InstalledParts.all().kinds()) {
            Page page = Page.read(Project.ROOT.resolve("docs/extend").resolve(ExtendPages.file(kind)));
            assertTrue(page.blocks().stream().anyMatch(b -> b.from().startsWith("plugin-new/" + kind + "/")), () -> page.file() + " shows nothing of what 'relata plugin new' writes");
            assertTrue(page.blocks().stream().anyMatch(b -> b.text().matches("(?s).*relata plugin new \\S+ --kind " + kind + "\\b.*")), () -> page.file() + " has no line 'relata plugin new NAME --kind " + kind + "'");
        }
    }

    @Test
    void theReadmeNamesItsTwoCommands() throws IOException {
        String readme = Files.readString(Project.ROOT.resolve("README.md"));
        assertTrue(readme.contains("./relata run quickstart") && readme.contains("./mvnw verify"), "somebody looks for them");
    }

    @Test
    void recipesCanBeRead() {
        YamlRecipes recipes = new YamlRecipes(InstalledParts.all());
        for (Page page : pages)
            for (Page.Block block : page.blocks())
                if (block.language().equals("yaml") && block.text().startsWith("recipe:"))
                    assertDoesNotThrow(() -> recipes.read(page.at(block.line()), block.text(), Map.of()), page.at(block.line()));
    }

    @Test
    void linesOfDataCanBeRead(@TempDir Path folder) throws IOException {
        int lines = 0;
        for (Page page : pages)
            for (Page.Block block : page.blocks()) {
                if (!block.language().equals("json") || !block.text().startsWith("{\"tokens\"")) continue;
                Path file = folder.resolve(lines++ + ".jsonl");
                Files.writeString(file, block.text());
                JsonlReader provider = new JsonlReader();
                CorpusReader reader = provider.create(new JsonlReader.Config(file, Optional.empty(), 0, Unseen.ERROR), null);
                Corpus corpus = assertDoesNotThrow(reader::read, page.at(block.line()));
                assertEquals(block.text().lines().count(), corpus.split("all").size(), page.at(block.line()));
            }
        assertTrue(lines >= 2, "only " + lines + " such blocks were found");
    }
}
