package relata.lexicon.wordnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.api.view.Lexicon;
import relata.api.view.PartOfSpeech;
import relata.testkit.LexiconContract;

class WordNetLexiconTest extends LexiconContract<WordNetLexicon.Config> {
    private static final WordNetLexicon ONE = new WordNetLexicon();
    private final Lexicon lexicon = ONE.create(new WordNetLexicon.Config(true), parts());
    private final Lexicon exact = ONE.create(new WordNetLexicon.Config(false), parts());

    @Override
    public WordNetLexicon provider() {
        return new WordNetLexicon();
    }

    @Override
    protected List<String> words() {
        return List.of("car", "increase", "good", "quickly", "regulate");
    }

    private List<String> synonyms(String word) {
        return lexicon.synonyms(word, Optional.empty());
    }

    @Test
    void findsTheLemmasOfAllSynsets() {
        List<String> car = synonyms("car");
        assertTrue(car.containsAll(List.of("auto", "automobile", "motorcar", "railcar", "cable car", "gondola")), car.toString());
        assertEquals(new ArrayList<>(new TreeSet<>(car)), car, "sorted, none twice");
    }

    @Test
    void leavesOutTheWordItself() {
        for (String word : List.of("car", "Car", "CAR", "bank", "run", "well-known", "China"))
            assertTrue(synonyms(word).stream().noneMatch(s -> s.equalsIgnoreCase(word) || s.equalsIgnoreCase(word.replace('-', ' '))), word + ": " + synonyms(word));
        assertEquals(synonyms("car"), synonyms("CAR"));
    }

    @Test
    void spacesStandForUnderscoresAndHyphens() {
        for (String word : List.of("car", "teetotal", "noted", "unit"))
            assertTrue(synonyms(word).stream().noneMatch(s -> s.contains("_") || s.contains("-")), word + ": " + synonyms(word));
        assertTrue(synonyms("noted").contains("far famed"), synonyms("noted").toString());
    }

    @Test
    void keepsToAWordClass() {
        List<String> noun = lexicon.synonyms("increase", Optional.of(PartOfSpeech.NOUN));
        List<String> verb = lexicon.synonyms("increase", Optional.of(PartOfSpeech.VERB));
        assertTrue(noun.contains("increment") && !noun.contains("addition to"), noun.toString());
        assertFalse(verb.contains("increment"), verb.toString());
        assertEquals(List.of(), lexicon.synonyms("increase", Optional.of(PartOfSpeech.ADVERB)));
        TreeSet<String> both = new TreeSet<>(noun);
        both.addAll(verb);
        assertEquals(new ArrayList<>(both), synonyms("increase"));
    }

    @Test
    void inflectedWordsHaveTheSynonymsOfTheirBaseForms() {
        assertEquals(synonyms("car"), synonyms("cars"));
        assertTrue(synonyms("mice").contains("computer mouse"), synonyms("mice").toString());
        assertFalse(synonyms("mice").contains("mouse"), "a base form is no synonym");
        assertTrue(synonyms("inhibited").contains("suppress"));
        assertEquals(List.of(), exact.synonyms("mice", Optional.empty()));
        assertEquals(synonyms("car"), exact.synonyms("car", Optional.empty()));
    }

    @Test
    void hasNothingForWhatIsNoWord() {
        for (String word : List.of("", " ", ",", "@PROTEIN$", "xyzzyx", "'s", "(", "%")) assertEquals(List.of(), synonyms(word), "'" + word + "'");
    }

    @Test
    void manyThreadsGetTheSameAnswers() {
        List<String> words = List.of("car", "dogs", "increase", "binding", "cell", "regulate", "good", "quickly", "protein", "line", "running", "mice");
        List<List<String>> serial = words.stream().map(this::synonyms).toList();
        Lexicon fresh = part();
        List<List<String>> parallel = IntStream.range(0, 20 * words.size()).parallel().mapToObj(i -> fresh.synonyms(words.get(i % words.size()), Optional.empty())).toList();
        for (int i = 0; i < parallel.size(); i++) assertEquals(serial.get(i % words.size()), parallel.get(i), words.get(i % words.size()).toLowerCase(Locale.ROOT));
    }

    @Test
    void remembers() {
        assertSame(synonyms("protein"), synonyms("protein"));
        assertSame(synonyms("protein"), ONE.create(new WordNetLexicon.Config(true), parts()).synonyms("Protein", Optional.empty()), "lexicons share what is known");
    }
}
