package relata.corpus.folds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.testkit.CorpusReaderContract;
import relata.testkit.TestParts;
import relata.testkit.TinyCorpus;

class FoldsContractTest implements CorpusReaderContract<Folds.Config> {
    record None() {}

    @ComponentName("tiny")
    @Doc("The tiny corpus")
    @Source("")
    static final class Tiny implements ComponentProvider<CorpusReader, None> {
        @Override
        public Class<None> configType() {
            return None.class;
        }

        @Override
        public CorpusReader create(None config, Parts parts) {
            Corpus tiny = TinyCorpus.corpus();
            return () -> new Corpus(tiny.name(), tiny.splits(), tiny.relations(), tiny.negative(), new TreeMap<>(Map.of("tiny.txt", "0".repeat(64))));
        }
    }

    @TempDir
    private Path folder = Path.of("");

    @Override
    public Folds provider() {
        return new Folds();
    }

    @Override
    public TestParts parts() {
        return TestParts.of(new Tiny());
    }

    @Override
    public Map<String, ?> settings() {
        return Map.of("of", "tiny", "folds", 4, "fold", 1);
    }

    @Override
    public Map<String, Broken> broken() throws IOException {
        Path torn = Files.writeString(folder.resolve("torn.tsv"), "train-1\t0\ntrain-2\n");
        Path strange = Files.writeString(folder.resolve("strange.tsv"), "train-1\t0\nno-such-1\t0\n");
        return Map.of(
                "more folds than documents", new Broken(Map.of("of", "tiny", "folds", 40), "tiny", "cannot be dealt into 40 folds"),
                "a line without a fold", new Broken(Map.of("of", "tiny", "file", torn), "torn.tsv", "line 2", "has no tab"),
                "a document that is not there", new Broken(Map.of("of", "tiny", "file", strange), "strange.tsv", "line 2", "no-such-1"));
    }
}
