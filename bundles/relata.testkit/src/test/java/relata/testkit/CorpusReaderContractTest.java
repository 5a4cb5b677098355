package relata.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

/** Readers of a toy format ({@code split label word word}, one a line) that are wrong on purpose, each caught by the test named for it. */
class CorpusReaderContractTest {
    record Config(@Doc("a file") Path root) {}

    /** Reads a file; mutants replace it. */
    interface Reading {
        Corpus of(Path root) throws IOException;
    }

    @ComponentName("toy")
    @Doc("A toy.")
    @Source("")
    static final class Toy implements ComponentProvider<CorpusReader, Config> {
        private final Reading reading;
        private final boolean eager;

        Toy(Reading reading, boolean eager) {
            this.reading = reading;
            this.eager = eager;
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public CorpusReader create(Config config, Parts parts) {
            if (eager && !Files.exists(config.root())) throw new UncheckedIOException(new IOException(config.root() + " does not exist"));
            return () -> reading.of(config.root());
        }
    }

    private record Contract(Path folder, Toy provider) implements CorpusReaderContract<Config> {
        @Override
        public Map<String, ?> settings() {
            return Map.of("root", folder.resolve("good.txt"));
        }

        @Override
        public Map<String, Broken> broken() {
            return Map.of("a line cut off", new Broken(Map.of("root", folder.resolve("cut.txt")), "cut.txt", "line 2"), "nothing", new Broken(Map.of("root", folder.resolve("empty.txt")), "empty.txt"));
        }
    }

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("good.txt"), "train likes cats mice\ntest likes dogs bones\ntest none fish birds\n");
        Files.writeString(folder.resolve("cut.txt"), "train likes cats mice\ntest lik");
        Files.writeString(folder.resolve("empty.txt"), "");
    }

    private static Corpus read(Path root) throws IOException {
        if (!Files.exists(root)) throw new CorpusException(root.toString(), "does not exist");
        List<String> lines = Files.readAllLines(root);
        if (lines.isEmpty()) throw new CorpusException(root.toString(), "is empty");
        SortedMap<String, List<Example>> splits = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).split(" ");
            if (words.length < 4) throw new CorpusException(root, i + 1, "has " + words.length + " words, but 4 were expected");
            List<Fact> facts = words[1].equals("none") ? List.of() : List.of(new Fact(0, 1, words[1]));
            Passage passage = new Passage("p" + i, List.of(words[2], words[1], words[3]), List.of(0), List.of(Entity.of("a", "", 0, 1), Entity.of("b", "", 2, 3)), facts);
            splits.computeIfAbsent(words[0], k -> new ArrayList<>()).add(new Example("x" + i, passage, List.of(new Pair(0, 1, List.of(words[1])))));
        }
        try {
            String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(root)));
            return new Corpus("toy", splits, List.of("likes", "none"), Optional.of("none"), new TreeMap<>(Map.of(root.getFileName().toString(), hash)));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private Contract contract(Reading reading) {
        return new Contract(folder, new Toy(reading, false));
    }

    /** A reader that gets each example wrong. */
    private Contract examples(UnaryOperator<Example> wrong) {
        return contract(root -> {
            Corpus c = read(root);
            SortedMap<String, List<Example>> splits = new TreeMap<>();
            c.splits().forEach((k, v) -> splits.put(k, v.stream().map(wrong).toList()));
            return new Corpus(c.name(), splits, c.relations(), c.negative(), c.inputs());
        });
    }

    private Contract passages(UnaryOperator<Passage> wrong) {
        return examples(e -> new Example(e.id(), wrong.apply(e.passage()), e.pairs()));
    }

    private static Passage passage(Passage p, List<String> tokens, List<Integer> sentences, List<Entity> entities, List<Fact> facts) {
        return new Passage(p.id(), tokens, sentences, entities, facts);
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(CorpusReaderContract.class);
    }

    @Test
    void aRightReaderPasses() {
        Mutants.assertPasses(contract(CorpusReaderContractTest::read));
    }

    @Test
    void changingResultsAreCaught() {
        AtomicInteger calls = new AtomicInteger();
        Mutants.assertCaught(contract(root -> {
            Corpus c = read(root);
            return new Corpus(c.name() + calls.getAndIncrement(), c.splits(), c.relations(), c.negative(), c.inputs());
        }), "readsTheSameEachTime");
    }

    @Test
    void wrongExamplesAreCaught() {
        Mutants.assertCaught(examples(e -> new Example("x", e.passage(), e.pairs())), "idsAreUniqueSoThatSplitsAreDisjoint");
        Mutants.assertCaught(passages(p -> new Passage("p", p.tokens(), p.sentences(), p.entities(), p.facts())), "idsAreUniqueSoThatSplitsAreDisjoint");
        Mutants.assertCaught(examples(e -> new Example(e.id(), e.passage(), List.of(e.pairs().get(0), e.pairs().get(0)))), "asksAboutEachPairOnce");
        Mutants.assertCaught(examples(e -> new Example(e.id(), e.passage(), List.of(new Pair(0, 1, List.of("hates"))))), "labelsAreAmongTheRelations");
        Mutants.assertCaught(examples(e -> new Example(e.id(), e.passage(), List.of(new Pair(0, 1, List.of("likes", "likes"))))), "labelsAreAmongTheRelations");
        Mutants.assertCaught(examples(e -> new Example(e.id(), e.passage(), List.of(new Pair(0, 1, List.of("likes", "none"))))), "theNegativeLabelMeansNoRelation");
    }

    @Test
    void wrongPassagesAreCaught() {
        Mutants.assertCaught(passages(p -> passage(p, List.of("a", " ", "b"), p.sentences(), p.entities(), p.facts())), "passagesAreWhole");
        Mutants.assertCaught(passages(p -> passage(p, p.tokens(), List.of(1), p.entities(), p.facts())), "passagesAreWhole");
        Mutants.assertCaught(passages(p -> passage(p, p.tokens(), List.of(0, 0), p.entities(), p.facts())), "passagesAreWhole");
        Mutants.assertCaught(passages(p -> passage(p, p.tokens(), List.of(0, 3), p.entities(), p.facts())), "passagesAreWhole");
        Mutants.assertCaught(passages(p -> {
            Entity turned = new Entity("a", "", List.of(Mention.of(2, 3), Mention.of(0, 1)));
            return passage(p, p.tokens(), p.sentences(), List.of(turned, turned), p.facts());
        }), "passagesAreWhole");
        Mutants.assertCaught(passages(p -> passage(p, p.tokens(), p.sentences(), p.entities(), List.of(new Fact(0, 1, "none")))), "theNegativeLabelMeansNoRelation");
    }

    @Test
    void wrongCorporaAreCaught() {
        Mutants.assertCaught(contract(root -> {
            Corpus c = read(root);
            SortedMap<String, List<Example>> splits = new TreeMap<>(c.splits());
            splits.put("dev", List.of());
            return new Corpus(c.name(), splits, c.relations(), c.negative(), c.inputs());
        }), "noSplitIsEmpty");
        Mutants.assertCaught(contract(root -> {
            Corpus c = read(root);
            return new Corpus(c.name(), c.splits(), List.of("likes", "none", "likes"), c.negative(), c.inputs());
        }), "labelsAreAmongTheRelations");
        for (Map<String, String> inputs : List.of(Map.<String, String>of(), Map.of("good.txt", "0"), Map.of("good.txt", "0".repeat(64)), Map.of("good.txt", "A".repeat(64)))) {
            Mutants.assertCaught(contract(root -> {
                Corpus c = read(root);
                return new Corpus(c.name(), c.splits(), c.relations(), c.negative(), new TreeMap<>(inputs));
            }), "saysWhatItReadForProvenance");
        }
    }

    @Test
    void wrongErrorsAreCaught() {
        // reads what is wrong
        Mutants.assertCaught(contract(root -> read(folder.resolve("good.txt"))), "wrongInputIsAnErrorWithItsPlace", "opensNothingBeforeItReads");
        // does not say where
        Mutants.assertCaught(contract(root -> {
            try {
                return read(root);
            } catch (IOException e) {
                throw new IOException("the data are wrong", e);
            }
        }), "wrongInputIsAnErrorWithItsPlace", "opensNothingBeforeItReads");
        // no words for people
        Mutants.assertCaught(contract(root -> {
            try {
                return read(root);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }), "wrongInputIsAnErrorWithItsPlace");
        // opens its files when it is made
        Mutants.assertCaught(new Contract(folder, new Toy(CorpusReaderContractTest::read, true)), "opensNothingBeforeItReads");
    }
}
