package {{package}};

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.CorpusWriter;
import relata.testkit.CorpusWriterContract;
import relata.testkit.TinyCorpus;

class {{class}}Test implements CorpusWriterContract<{{class}}.Config> {
    @TempDir
    Path folder;

    @Override
    public ComponentProvider<CorpusWriter, {{class}}.Config> provider() {
        return new {{class}}();
    }

    @Override
    public ComponentProvider<CorpusReader, {{class}}Reader.Config> reader() {
        return new {{class}}Reader();
    }

    @Override
    public List<Corpus> held() throws IOException {
        Files.writeString(folder.resolve("train.tsv"), "made-of\tThe <h> bridge </h> is made of <t> oak </t> .\nlocated-in\tIn <t> Sunvale </t> is the <h> Blue Kettle </h> .\n");
        return List.of(parts().create(reader(), Map.of("root", folder)).read());
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        Corpus document = new Corpus("document", new TreeMap<>(Map.of("train", List.of(TinyCorpus.document()))), List.of("located-in", "made-of", "none", "works-for"), Optional.of("none"), new TreeMap<>());
        return Map.of("several pairs", new NotHeld(document, "train example 'document'", "one pair"));
    }
}
