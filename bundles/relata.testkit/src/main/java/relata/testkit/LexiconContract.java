package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import relata.api.view.Lexicon;
import relata.api.view.PartOfSpeech;

/**
 * What holds for every lexicon. Extend it, name the provider, and name some words in {@link #words}.
 *
 * @param <C> the record of its settings
 */
public abstract class LexiconContract<C extends Record> implements ProviderContract<Lexicon, C> {
    /** Words that it has synonyms of, in lower case. */
    protected abstract List<String> words();

    @Test
    void knowsItsWords() {
        assertFalse(words().isEmpty(), "name at least one word that the lexicon knows");
        Lexicon lexicon = part();
        each(words(), word -> assertFalse(all(lexicon, word).isEmpty(), "a lexicon must have synonyms of the words that words() names"));
    }

    @Test
    void hasNothingForWhatIsNoWord() {
        Lexicon lexicon = part();
        each(List.of("", " ", ",", "(", "%", "@PROTEIN$", "qzxqzx", "1,200.50", "\u00a0", "\ud83d\ude00"), word -> {
            assertNotNull(lexicon.synonyms(word, Optional.empty()), "a lexicon that knows no synonyms gives an empty list");
            assertEquals(List.of(), all(lexicon, word), "what is no word has no synonyms");
        });
    }

    @Test
    void answersAreSorted() {
        Lexicon lexicon = part();
        each(spellings(), word -> {
            for (Optional<PartOfSpeech> pos : classes()) {
                List<String> synonyms = lexicon.synonyms(word, pos);
                assertEquals(new ArrayList<>(new TreeSet<>(synonyms)), synonyms, () -> "synonyms must be sorted, none twice, so that the same seed draws the same word" + asked(pos));
            }
        });
    }

    @Test
    void leavesOutTheWordItself() {
        Lexicon lexicon = part();
        each(spellings(), word -> {
            for (Optional<PartOfSpeech> pos : classes())
                for (String synonym : lexicon.synonyms(word, pos)) assertFalse(synonym.equalsIgnoreCase(word), () -> "a word is no synonym of itself, in no spelling; found '" + synonym + "'" + asked(pos));
        });
    }

    @Test
    void answersAreWords() {
        Lexicon lexicon = part();
        each(spellings(), word -> {
            for (String synonym : all(lexicon, word))
                assertTrue(synonym.matches("[^\\s_]+( [^\\s_]+)*"), () -> "a synonym is a word or words with single spaces between them, but one is '" + synonym + "'");
        });
    }

    @Test
    void aWordClassChoosesAmongAll() {
        Lexicon lexicon = part();
        each(words(), word -> {
            List<String> all = lexicon.synonyms(word, Optional.empty());
            for (PartOfSpeech pos : PartOfSpeech.values()) {
                TreeSet<String> more = new TreeSet<>(lexicon.synonyms(word, Optional.of(pos)));
                all.forEach(more::remove);
                assertTrue(more.isEmpty(), () -> "with a word class a lexicon must give some of those that it gives without; as a " + pos + " it also gives " + more);
            }
        });
    }

    @Test
    void answersTheSameAgain() {
        Lexicon lexicon = part(), alike = part();
        each(spellings(), word -> {
            for (Optional<PartOfSpeech> pos : classes()) {
                List<String> first = List.copyOf(lexicon.synonyms(word, pos));
                words().forEach(other -> lexicon.synonyms(other, Optional.empty()));
                assertEquals(first, lexicon.synonyms(word, pos), () -> "a lexicon must not depend on chance or on what it was asked before" + asked(pos));
                assertEquals(first, alike.synonyms(word, pos), () -> "two lexicons of equal settings must agree" + asked(pos));
            }
        });
    }

    @Test
    void isTheSameInSeveralThreads() throws InterruptedException {
        Lexicon lexicon = part();
        List<List<String>> expected = spellings().stream().map(word -> all(lexicon, word)).toList();
        for (List<List<String>> answers : Together.results(thread -> spellings().stream().map(word -> all(lexicon, word)).toList()))
            assertEquals(expected, answers, "answers in several threads must not mix");
    }

    /** The words as they are, and with capitals. */
    private List<String> spellings() {
        return words().stream().flatMap(w -> Stream.of(w, w.substring(0, 1).toUpperCase(Locale.ROOT) + w.substring(1), w.toUpperCase(Locale.ROOT))).toList();
    }

    private static List<Optional<PartOfSpeech>> classes() {
        return Stream.concat(Stream.of(Optional.<PartOfSpeech>empty()), Stream.of(PartOfSpeech.values()).map(Optional::of)).toList();
    }

    private static String asked(Optional<PartOfSpeech> pos) {
        return pos.map(p -> " (asked for a " + p + ")").orElse("");
    }

    /** What it gives of any class. */
    private static List<String> all(Lexicon lexicon, String word) {
        return classes().stream().flatMap(pos -> lexicon.synonyms(word, pos).stream()).distinct().sorted().toList();
    }

    private static void each(List<String> words, Smallest.Check<String> check) {
        new Smallest<String>(word -> List.of(), word -> "'" + word + "'").all(words, check);
    }
}
