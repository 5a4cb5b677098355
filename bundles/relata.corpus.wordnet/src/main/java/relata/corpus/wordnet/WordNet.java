package relata.corpus.wordnet;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.dictionary.Dictionary;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;
import relata.api.corpus.Span;
import relata.corpus.wordnet.Synsets.Noun;
import relata.corpus.wordnet.Terms.Term;

/**
 * The built-in corpus. Each noun synset gives the passage {@code LEMMA : DEFINITION}. Head is the lemma, tail a noun of the definition;
 * the relation is the pointer from the synset to a sense of that noun, {@code no-relation} if they are unrelated. Leading domain labels are cut from
 * definitions; pairs with two relations and pairs that are related only indirectly are left out. Splits 80/10/10 by a hash of the definition, so
 * that neither a synset nor a definition is in two splits. Nothing is random.
 */
@Component(service = ComponentProvider.class)
@ComponentName("wordnet")
@Doc("WordNet 3.1's noun definitions with its own relations: ten relations and no-relation, nothing to download.")
@Source("Miller 1995 (WordNet); the corpus is Relata's own")
public final class WordNet implements ComponentProvider<CorpusReader, WordNet.Config> {
    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
    private static final List<String> FILES = List.of("data.noun", "data.verb", "data.adj", "data.adv", "noun.exc", "cntlist.rev");
    /** Tokens of the longest text that is taken. */
    static final int LONGEST = 60;

    /** Settings. */
    public record Config(
            @Doc("At most so many training examples of a label; an eighth of it in dev and test.") @Default("3000") @Range("[8, inf)") int cap,
            @Doc("So many examples in all, each label of each split in proportion; all, if left out.") @Range("[1, inf)") Optional<Integer> size) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> corpus(questions(), config);
    }

    static Corpus corpus(List<Question> all, Config config) throws IOException {
        List<Question> questions = Sample.capped(all, config.cap());
        if (config.size().isPresent()) {
            int smallest = Sample.smallest(questions);
            if (config.size().get() < smallest)
                throw new CorpusException("wordnet", "size was " + config.size().get() + " but must be at least " + smallest + ", one example of each label in each split");
            questions = Sample.proportional(questions, config.size().get());
        }
        SortedMap<String, List<Example>> splits = new TreeMap<>(Map.of("train", new ArrayList<>(), "dev", new ArrayList<>(), "test", new ArrayList<>()));
        for (Question q : questions) splits.get(q.split()).add(q.example());
        Set<String> labels = new TreeSet<>(Relations.NAMES.values());
        labels.add(Relations.NONE);
        return new Corpus("wordnet", splits, List.copyOf(labels), Optional.of(Relations.NONE), hashes());
    }

    /** All pairs that can be asked about, in the order of WordNet's file. */
    static List<Question> questions() throws CorpusException {
        Synsets synsets;
        try {
            synsets = new Synsets(Dictionary.getDefaultResourceInstance());
        } catch (JWNLException e) {
            throw new CorpusException("wordnet", "WordNet 3.1's data could not be read from the bundle that brings extJWNL: " + e.getMessage());
        }
        Terms terms = new Terms(synsets);
        List<Question> questions = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        for (Noun noun : synsets.nouns().values()) {
            List<String> definition = Tokens.of(Definition.of(noun.gloss()));
            String head = noun.lemmas().get(0);
            if (definition.size() > LONGEST || !texts.add(head + " : " + definition)) continue;
            String split = split(definition);
            Map<List<String>, List<Span>> places = new LinkedHashMap<>();
            for (Term term : terms.in(definition)) places.computeIfAbsent(term.lemmas(), l -> new ArrayList<>(1)).add(term.span());
            if (places.isEmpty()) continue;
            Relations relations = new Relations(synsets, noun);
            places.forEach((lemmas, spans) -> relations.to(lemmas)
                    .ifPresent(label -> questions.add(new Question(noun.offset(), head, definition, lemmas.get(0), spans, label, split))));
        }
        return questions;
    }

    private static String split(List<String> definition) {
        long tenth = Long.remainderUnsigned(Question.hash(String.join(" ", definition)), 10);
        return tenth == 9 ? "test" : tenth == 8 ? "dev" : "train";
    }

    /** What is read of WordNet, and its SHA-256. */
    static SortedMap<String, String> hashes() throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        for (String file : FILES)
            try (InputStream in = Dictionary.class.getResourceAsStream(FOLDER + file)) {
                if (in == null) throw new CorpusException("wordnet", FOLDER + file + " is missing beside extJWNL");
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                byte[] block = new byte[1 << 16];
                for (int n = in.read(block); n >= 0; n = in.read(block)) digest.update(block, 0, n);
                hashes.put("wordnet-3.1/" + file, HexFormat.of().formatHex(digest.digest()));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        return hashes;
    }
}
