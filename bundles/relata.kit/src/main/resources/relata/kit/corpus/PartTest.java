package {{package}};

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.CorpusReader;
import relata.testkit.CorpusReaderContract;

class {{class}}Test implements CorpusReaderContract<{{class}}.Config> {
    private static final String GOOD = "made-of\tThe <h> bridge </h> is made of <t> oak </t> .\nnone\t<t> Oak </t> is no <h> bridge </h> .\n";

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        for (String split : List.of("train", "test")) Files.writeString(Files.createDirectories(folder.resolve("good")).resolve(split + ".tsv"), GOOD);
    }

    @Override
    public ComponentProvider<CorpusReader, {{class}}.Config> provider() {
        return new {{class}}();
    }

    @Override
    public Map<String, ?> settings() {
        return Map.of("root", folder.resolve("good"), "negative", "none");
    }

    /** Each is a file that is wrong in one place, and what the error must say. */
    @Override
    public Map<String, Broken> broken() throws IOException {
        Map<String, Broken> broken = new LinkedHashMap<>();
        broken.put("no tab", wrong("a", GOOD.replaceFirst("\t", " "), "train.tsv line 1", "1 cells"));
        broken.put("an end that is missing", wrong("b", GOOD.replaceFirst(" </h> ", " "), "train.tsv line 1", "</h>"));
        broken.put("an entity without words", wrong("c", GOOD + "made-of\tThe <h> </h> is of <t> oak </t> .\n", "train.tsv line 3", "<h>"));
        broken.put("two heads", wrong("d", GOOD.replace("<t> Oak </t>", "<h> Oak </h>"), "train.tsv line 2", "<h> twice"));
        broken.put("nothing", wrong("e", "\n", "train.tsv", "empty"));
        broken.put("no file", new Broken(Map.of("root", Files.createDirectories(folder.resolve("f"))), "train.tsv"));
        return broken;
    }

    private Broken wrong(String name, String train, String... message) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve(name)).resolve("train.tsv"), train);
        return new Broken(Map.of("root", folder.resolve(name)), message);
    }
}
