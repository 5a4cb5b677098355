package relata.corpus.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.CorpusReader;
import relata.testkit.TestParts;

/** The examples of the documentation are read. */
final class DocsTest {
    private static final Pattern BLOCK = Pattern.compile("```(?:json|text)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theExamplesAreRead() throws IOException {
        reads("semeval-2010-task-8", new SemEval(), "TRAIN_FILE.TXT", 1);
        reads("tacred", new Tacred(), "train.json", 1);
        reads("opennre", new OpenNre(), "train.txt", 2);
        reads("fewrel", new FewRel(), "train.json", 3);
        reads("chemprot-scibert", new ChemProtSciBert(), "train.txt", 1);
    }

    private <C extends Record> void reads(String page, ComponentProvider<CorpusReader, C> provider, String name, int examples) throws IOException {
        String text = Files.readString(Path.of("..", "..", "docs", "formats", page + ".md"));
        Matcher block = BLOCK.matcher(text);
        assertTrue(block.find() && text.contains("use: " + page + ","), page);
        Path file = Files.writeString(Files.createDirectories(folder.resolve(page)).resolve(name), block.group(1));
        assertEquals(examples, TestParts.of().create(provider, Map.of("root", file)).read().split("train").size(), page);
    }
}
