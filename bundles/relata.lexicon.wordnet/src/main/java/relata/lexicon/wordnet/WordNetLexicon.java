package relata.lexicon.wordnet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.Lexicon;
import relata.api.view.PartOfSpeech;

/**
 * Synonyms are the other lemmas of all synsets of a word, of all word classes unless one is asked for; underscores and hyphens are spaces,
 * capitals are WordNet's. No sense is chosen.
 *
 * <p>Inflected words are looked up by their base forms too, as NLTK's {@code synsets()} does, which Su et al. used: without it
 * most plurals and verb forms had no synonyms. Synonyms stay base forms, and a base form is no synonym of its inflections.
 *
 * <p>WordNet 3.1 is opened on the first look-up, once for all lexicons; answers are kept. Safe for several threads.
 */
@Component(service = ComponentProvider.class)
@ComponentName("wordnet")
@Doc("Synonyms from WordNet 3.1.")
@Source("Miller 1995")
public final class WordNetLexicon implements ComponentProvider<Lexicon, WordNetLexicon.Config> {
    private static final Map<PartOfSpeech, POS> CLASSES = new EnumMap<>(Map.of(
            PartOfSpeech.NOUN, POS.NOUN, PartOfSpeech.VERB, POS.VERB, PartOfSpeech.ADJECTIVE, POS.ADJECTIVE, PartOfSpeech.ADVERB, POS.ADVERB));
    private static final int KEPT = 200_000;

    private final Map<Question, List<String>> answers = new ConcurrentHashMap<>();
    private @Nullable Dictionary dictionary;

    /** Settings. */
    public record Config(@Doc("Whether inflected words are looked up by their base forms too.") @Default("true") boolean morphology) {}

    private record Question(String word, Optional<PartOfSpeech> pos, boolean morphology) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Lexicon create(Config config, Parts parts) {
        return (word, pos) -> {
            if (answers.size() > KEPT) answers.clear();
            return answers.computeIfAbsent(new Question(word.strip().toLowerCase(Locale.ROOT), pos, config.morphology()), this::look);
        };
    }

    /** One look-up at a time: extJWNL reads from shared files. */
    private synchronized List<String> look(Question question) {
        if (question.word().codePoints().noneMatch(Character::isLetterOrDigit)) return List.of();
        try {
            if (dictionary == null) dictionary = Dictionary.getDefaultResourceInstance();
            Set<String> synonyms = new TreeSet<>();
            Set<String> own = new LinkedHashSet<>();
            for (POS pos : question.pos().map(CLASSES::get).map(List::of).orElse(List.copyOf(CLASSES.values())))
                for (String form : forms(dictionary, pos, question)) {
                    own.add(plain(form).toLowerCase(Locale.ROOT));
                    IndexWord found = dictionary.getIndexWord(pos, form);
                    if (found != null) for (Synset synset : found.getSenses()) for (Word word : synset.getWords()) synonyms.add(plain(word.getLemma()));
                }
            synonyms.removeIf(s -> own.contains(s.toLowerCase(Locale.ROOT)));
            return List.copyOf(synonyms);
        } catch (JWNLException e) {
            throw new IllegalStateException("WordNet could not be read from the bundle that brings extJWNL: " + e.getMessage(), e);
        }
    }

    private static List<String> forms(Dictionary dictionary, POS pos, Question question) throws JWNLException {
        List<String> forms = new ArrayList<>(List.of(question.word()));
        // words of several tokens are taken as they are: extJWNL would inflect their tokens one by one
        if (question.morphology() && question.word().chars().allMatch(Character::isLetter)) forms.addAll(dictionary.getMorphologicalProcessor().lookupAllBaseForms(pos, question.word()));
        return forms;
    }

    private static String plain(String lemma) {
        return lemma.replace('_', ' ').replace('-', ' ').strip();
    }
}
