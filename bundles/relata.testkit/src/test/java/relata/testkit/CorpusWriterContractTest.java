package relata.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Omissions;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

/** Writers of a toy format, whose one file names a corpus in memory, that are wrong on purpose. */
class CorpusWriterContractTest {
    private static final Map<String, Corpus> CORPORA = new HashMap<>();

    record ReaderConfig(@Doc("a folder") Path root) {}

    record Config() {}

    @ComponentName("toy")
    @Doc("A toy.")
    @Source("")
    static final class ToyReader implements ComponentProvider<CorpusReader, ReaderConfig> {
        @Override
        public Class<ReaderConfig> configType() {
            return ReaderConfig.class;
        }

        @Override
        public CorpusReader create(ReaderConfig config, Parts parts) {
            return () -> CORPORA.get(Files.readString(config.root().resolve("corpus")));
        }
    }

    @ComponentName("toy")
    @Doc("A toy.")
    @Source("")
    record ToyWriter(CorpusWriter writer) implements ComponentProvider<CorpusWriter, Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public CorpusWriter create(Config config, Parts parts) {
            return writer;
        }
    }

    private record Contract(CorpusWriter writer) implements CorpusWriterContract<Config> {
        @Override
        public ComponentProvider<CorpusWriter, Config> provider() {
            return new ToyWriter(writer);
        }

        @Override
        public ComponentProvider<CorpusReader, ?> reader() {
            return new ToyReader();
        }

        @Override
        public List<Corpus> held() {
            return List.of(TinyCorpus.corpus());
        }

        @Override
        public Map<String, NotHeld> notHeld() {
            Example e = TinyCorpus.document();
            return Map.of("several pairs", new NotHeld(new Corpus("d", new TreeMap<>(Map.of("train", List.of(e))), List.of(), Optional.empty(), new TreeMap<>()), "document", "several pairs"));
        }
    }

    @ComponentName("toy-writer")
    @Doc("A toy.")
    @Source("")
    static final class Renamed implements ComponentProvider<CorpusWriter, Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public CorpusWriter create(Config config, Parts parts) {
            return changed(c -> c).writer();
        }
    }

    /** Right: holds whole corpora, but refuses examples with several pairs, or leaves out all but the first. */
    private static Map<String, Object> write(Corpus corpus, Path folder, Omissions omissions, UnaryOperator<Corpus> change) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> list = Files.list(folder)) {
                if (list.findAny().isPresent()) throw new CorpusException(folder.toString(), "is not empty");
            }
        }
        if (corpus.splits().isEmpty()) throw new CorpusException(corpus.name(), "has no examples");
        for (List<Example> split : corpus.splits().values())
            for (Example e : split) if (e.pairs().size() > 1) omissions.leaveOut(e.id(), "several pairs", "all but the first");
        Corpus written = change.apply(each(corpus, e -> new Example(e.id(), e.passage(), e.pairs().subList(0, 1))));
        String key = Integer.toHexString(written.splits().hashCode() * 31 + written.relations().hashCode() + written.negative().hashCode());
        CORPORA.put(key, written);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("corpus"), key);
        return Map.of();
    }

    private static Corpus each(Corpus corpus, UnaryOperator<Example> change) {
        SortedMap<String, List<Example>> splits = new TreeMap<>();
        corpus.splits().forEach((name, examples) -> splits.put(name, examples.stream().map(change).toList()));
        return new Corpus(corpus.name(), splits, corpus.relations(), corpus.negative(), corpus.inputs());
    }

    private static Contract changed(UnaryOperator<Corpus> change) {
        return new Contract((corpus, folder, omissions) -> write(corpus, folder, omissions, change));
    }

    private static Corpus passages(Corpus corpus, UnaryOperator<Passage> change) {
        return each(corpus, e -> new Example(e.id(), change.apply(e.passage()), e.pairs()));
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(CorpusWriterContract.class);
    }

    @Test
    void aRightWriterPasses() {
        Mutants.assertPasses(changed(c -> c));
    }

    @Test
    void anotherNameThanTheReadersIsCaught() {
        Mutants.assertCaught(new CorpusWriterContract<Config>() {
            @Override
            public ComponentProvider<CorpusWriter, Config> provider() {
                return new Renamed();
            }

            @Override
            public ComponentProvider<CorpusReader, ?> reader() {
                return new ToyReader();
            }

            @Override
            public List<Corpus> held() {
                return changed(c -> c).held();
            }

            @Override
            public Map<String, NotHeld> notHeld() {
                return changed(c -> c).notHeld();
            }
        }, "hasTheNameOfItsReader");
    }

    @Test
    void whatIsLostInSilenceIsCaught() {
        Mutants.assertCaught(changed(c -> passages(c, p -> new Passage(p.id(), p.tokens(), p.sentences(), p.entities().stream().map(e -> new Entity(e.id(), "", e.mentions())).toList(), p.facts()))), "whatItHoldsComesBack");
        Mutants.assertCaught(changed(c -> passages(c, p -> new Passage(p.id(), p.tokens(), p.sentences(), p.entities(), List.of()))), "whatItHoldsComesBack");
        Mutants.assertCaught(changed(c -> each(c, e -> new Example(e.id(), e.passage(), List.of(new Pair(e.pairs().get(0).tail(), e.pairs().get(0).head(), e.pairs().get(0).relations()))))), "whatItHoldsComesBack");
        Mutants.assertCaught(changed(c -> each(c, e -> new Example(e.id() + "x", e.passage(), e.pairs()))), "whatItHoldsComesBack");
        Mutants.assertCaught(changed(c -> new Corpus(c.name(), new TreeMap<>(Map.of("train", c.splits().get(c.splits().firstKey()))), c.relations(), c.negative(), c.inputs())), "whatItHoldsComesBack");
        Mutants.assertCaught(changed(c -> new Corpus(c.name(), c.splits(), c.relations(), Optional.empty(), c.inputs())), "whatItHoldsComesBack");
    }

    @Test
    void whatIsLostOfOddCorporaOnlyIsCaught() {
        Mutants.assertCaught(changed(c -> passages(c, p -> new Passage(p.id(), p.tokens().stream().map(t -> t.replace("\r", "")).toList(), p.sentences(), p.entities(), p.facts()))), "nothingIsLostInSilence");
        Mutants.assertCaught(changed(c -> passages(c, p -> new Passage(p.id(), p.tokens().stream().map(t -> t.replace("&amp;", "&")).toList(), p.sentences(), p.entities(), p.facts()))), "nothingIsLostInSilence");
        Mutants.assertCaught(changed(c -> passages(c, p -> new Passage(p.id(), p.tokens(), p.sentences(), p.entities().stream().map(e -> new Entity(e.id(), e.type(), e.mentions().subList(0, 1))).toList(), p.facts()))),
                "nothingIsLostInSilence");
        Mutants.assertCaught(changed(c -> each(c, e -> new Example(e.id(), e.passage(), List.of(new Pair(e.pairs().get(0).head(), e.pairs().get(0).tail(), e.pairs().get(0).relations().stream().limit(1).toList()))))),
                "nothingIsLostInSilence");
    }

    @Test
    void oneThatNeverRefusesIsCaught() {
        Mutants.assertCaught(new Contract((corpus, folder, omissions) -> write(corpus, folder, (where, what, detail) -> {}, c -> c)), "whatItCannotHoldIsRefused", "nothingIsLostInSilence");
    }

    @Test
    void oneThatWritesBeforeItRefusesIsCaught() {
        Mutants.assertCaught(new Contract((corpus, folder, omissions) -> {
            Files.createDirectories(folder.resolveSibling(folder.getFileName() + ".part"));
            return write(corpus, folder, omissions, c -> c);
        }), "whatItCannotHoldIsRefused", "nothingIsLostInSilence", "whatItHoldsComesBack");
    }

    @Test
    void oneThatWritesOverWhatIsThereIsCaught() {
        Mutants.assertCaught(new Contract((corpus, folder, omissions) -> {
            Files.deleteIfExists(folder.resolve("mine.txt"));
            return write(corpus, folder, omissions, c -> c);
        }), "whatIsThereStays");
    }

    @Test
    void oneThatWritesSomethingElseEachTimeIsCaught() {
        int[] count = new int[1];
        Mutants.assertCaught(new Contract((corpus, folder, omissions) -> {
            Map<String, Object> settings = write(corpus, folder, omissions, c -> c);
            Files.writeString(folder.resolve("date"), "" + count[0]++);
            return settings;
        }), "writesTheSameEachTime");
    }

    @Test
    void oneThatAnswersWithAnExceptionOfItsOwnIsCaught() {
        Mutants.assertCaught(new Contract((corpus, folder, omissions) -> {
            if (corpus.splits().values().stream().flatMap(List::stream).anyMatch(e -> e.passage().tokens().contains("<e1>"))) throw new IllegalStateException("no tags");
            return write(corpus, folder, omissions, c -> c);
        }), "nothingIsLostInSilence");
    }
}
