package relata.augment.lexical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.corpus.Example;
import relata.api.view.Augmenter;
import relata.api.view.DependencyParser;
import relata.api.view.Lexicon;
import relata.api.view.PartOfSpeech;
import relata.api.view.TokenGuard;
import relata.api.view.View;
import relata.text.DependencyGraphs;
import relata.text.Views;

/**
 * SR: replaces n = max(1, ⌊rate · l⌋) of the passage's l tokens by a synonym each, chosen at random among those the lexicon gives. Fewer where
 * fewer have one. Words are chosen by position: other occurrences of the same word stay.
 *
 * <p>A synonym of several words becomes several tokens, all with the origin of the word they replace.
 */
@Component(service = ComponentProvider.class)
@ComponentName("synonym-replacement")
@Doc("Replaces some words by synonyms")
@Source("Su et al. 2021, section 3.1.1, after Wei and Zou 2019")
public final class SynonymReplacement implements ComponentProvider<Augmenter, SynonymReplacement.Config> {
    /** Settings. */
    public record Config(
            @Doc("Share of the passage's tokens to replace; at least one is, unless it is 0") @Default("0.1") @Range("[0, 1]") double rate,
            @Doc("Guards of tokens that must stay; entities always do") @Default("[]") List<Ref<TokenGuard>> keep,
            @Doc("Where synonyms come from") @Default("{ use: wordnet }") Ref<Lexicon> lexicon,
            @Doc("Only synonyms of the word's class (noun, verb, adjective, adverb), and no other words; needs a tagger") @Default("false") boolean samePos,
            @Doc("The parser whose part-of-speech tags samePos goes by") Optional<Ref<DependencyParser>> tagger,
            @Doc("Never replace function words such as 'the', 'of', 'was'") @Default("true") boolean skipStopWords,
            @Doc("How many views to make of an example") @Default("1") @Range("[1, inf)") int views) {
        /** Checks that there is a tagger if one is needed. */
        public Config {
            if (samePos && tagger.isEmpty()) throw new IllegalArgumentException("samePos needs a tagger, e.g. tagger: { use: corenlp }");
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Augmenter create(Config config, Parts parts) {
        Kept kept = new Kept(parts.createAll(config.keep()));
        Lexicon lexicon = parts.create(config.lexicon());
        Optional<DependencyParser> tagger = config.samePos() ? config.tagger().map(parts::create) : Optional.empty();
        return (example, random) -> {
            Map<Integer, List<String>> synonyms = synonyms(example, kept.free(example), config.skipStopWords(), lexicon, tagger);
            int n = Kept.changes(config.rate(), example);
            return Kept.views(config.views(), () -> replaced(example, synonyms, n, random));
        };
    }

    /** The positions that can be replaced, ascending, each with its synonyms. */
    private static Map<Integer, List<String>> synonyms(Example example, int[] free, boolean skipStopWords, Lexicon lexicon, Optional<DependencyParser> tagger) {
        List<String> tokens = example.passage().tokens();
        Optional<List<String>> tags = tagger.map(t -> DependencyGraphs.of(t, example.passage()).tags());
        Map<Integer, List<String>> found = new TreeMap<>();
        for (int position : free) {
            String word = tokens.get(position);
            if (word.chars().noneMatch(Character::isLetter) || skipStopWords && FunctionWords.contains(word)) continue;
            Optional<PartOfSpeech> pos = tags.flatMap(t -> PartOfSpeech.ofPenn(t.get(position)));
            if (tags.isPresent() && pos.isEmpty()) continue;
            List<String> synonyms = lexicon.synonyms(word, pos);
            if (!synonyms.isEmpty()) found.put(position, synonyms);
        }
        return found;
    }

    private static View replaced(Example example, Map<Integer, List<String>> synonyms, int n, RandomGenerator random) {
        List<Integer> positions = new ArrayList<>(synonyms.keySet());
        Map<Integer, String> chosen = new HashMap<>();
        while (chosen.size() < n && !positions.isEmpty()) {
            int position = positions.remove(random.nextInt(positions.size()));
            List<String> choice = synonyms.get(position);
            chosen.put(position, choice.get(random.nextInt(choice.size())));
        }
        List<String> words = new ArrayList<>();
        List<Integer> origin = new ArrayList<>();
        for (int i = 0; i < example.passage().tokens().size(); i++)
            for (String word : chosen.containsKey(i) ? chosen.get(i).strip().split("[\\s_]+") : new String[] {example.passage().tokens().get(i)}) {
                words.add(word);
                origin.add(i);
            }
        return Views.of(example, words, origin);
    }
}
