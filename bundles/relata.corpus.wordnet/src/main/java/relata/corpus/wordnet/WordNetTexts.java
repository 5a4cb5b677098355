package relata.corpus.wordnet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.dictionary.Dictionary;
import org.osgi.service.component.annotations.Component;
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
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.corpus.wordnet.Terms.Term;

/**
 * WordNet as plain text: the definitions of all synsets, also of verbs, adjectives and adverbs, and the quoted sentences after them, with their nouns linked to lemmas.
 * Answers are not given; with the relations of {@link WordNet} as knowledge base, corpus {@code distant} makes examples of them in which pairs of entities recur. Nothing is random.
 */
@Component(service = ComponentProvider.class)
@ComponentName("wordnet-texts")
@Doc("WordNet 3.1's definitions and quoted sentences as plain text with linked nouns, without answers: for corpus distant.")
@Source("Miller 1995 (WordNet)")
public final class WordNetTexts implements ComponentProvider<CorpusReader, WordNetTexts.Config> {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return WordNetTexts::read;
    }

    private static Corpus read() throws IOException {
        try {
            Dictionary dictionary = Dictionary.getDefaultResourceInstance();
            return new Corpus("wordnet-texts", new TreeMap<>(Map.of("train", examples(dictionary))), List.of(), Optional.empty(), WordNet.hashes());
        } catch (JWNLException e) {
            throw new CorpusException("wordnet-texts", "WordNet 3.1's data could not be read from the bundle that brings extJWNL: " + e.getMessage());
        }
    }

    private static List<Example> examples(Dictionary dictionary) throws JWNLException {
        Terms terms = new Terms(new Synsets(dictionary));
        Set<String> seen = new HashSet<>();
        List<Example> examples = new ArrayList<>();
        for (POS pos : List.of(POS.NOUN, POS.VERB, POS.ADJECTIVE, POS.ADVERB))
            for (Iterator<Synset> all = dictionary.getSynsetIterator(pos); all.hasNext(); ) {
                Synset synset = all.next();
                String id = String.format(Locale.ROOT, "%s%08d", pos.getKey(), synset.getOffset());
                String lemma = pos == POS.NOUN ? synset.getWords().get(0).getLemma().replace('_', ' ') : "";
                example(id, Tokens.of(lemma), Tokens.of(Definition.of(synset.getGloss())), terms, seen).ifPresent(examples::add);
                Matcher quoted = QUOTED.matcher(synset.getGloss());
                for (int q = 1; quoted.find(); q++) example(id + "-" + q, List.of(), Tokens.of(quoted.group(1)), terms, seen).ifPresent(examples::add);
            }
        return examples;
    }

    /** Nothing if the text is too long, has less than two nouns, or has been before. */
    private static Optional<Example> example(String id, List<String> lemma, List<String> text, Terms terms, Set<String> seen) {
        List<String> tokens = lemma.isEmpty() ? text : Stream.of(lemma, List.of(":"), text).flatMap(List::stream).toList();
        if (text.size() > WordNet.LONGEST || !seen.add(String.join(" ", tokens))) return Optional.empty();
        Map<String, List<Mention>> nouns = new LinkedHashMap<>();
        if (!lemma.isEmpty()) nouns.computeIfAbsent(Question.entity(String.join(" ", lemma)), n -> new ArrayList<>(1)).add(Mention.of(0, lemma.size()));
        int shift = tokens.size() - text.size();
        for (Term term : terms.in(text))
            nouns.computeIfAbsent(Question.entity(term.lemmas().get(0)), n -> new ArrayList<>(1)).add(Mention.of(term.span().start() + shift, term.span().end() + shift));
        if (nouns.size() < 2) return Optional.empty();
        List<Entity> entities = nouns.entrySet().stream().map(n -> new Entity(n.getKey(), Question.TYPE, n.getValue())).toList();
        List<Pair> pairs = new ArrayList<>();
        for (int h = 0; h < entities.size(); h++) for (int t = h + 1; t < entities.size(); t++) pairs.add(new Pair(h, t, List.of()));
        return Optional.of(new Example(id, new Passage(id, tokens, List.of(0), entities, List.of()), pairs));
    }
}
