package relata.corpus.wordnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.dictionary.Dictionary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens, definitions, nouns and relations, one rule at a time, on WordNet itself. */
class RulesTest {
    private static Dictionary dictionary;
    private static Synsets synsets;
    private static Terms terms;

    @BeforeAll
    static void open() throws JWNLException {
        dictionary = Dictionary.getDefaultResourceInstance();
        synsets = new Synsets(dictionary);
        terms = new Terms(synsets);
    }

    private static List<String> nouns(String text) {
        List<String> tokens = Tokens.of(text);
        return terms.in(tokens).stream().map(t -> String.join(" ", tokens.subList(t.span().start(), t.span().end())) + "=" + String.join("/", t.lemmas())).toList();
    }

    private static Optional<String> relation(String head, int sense, String... lemmas) throws JWNLException {
        long offset = dictionary.getIndexWord(POS.NOUN, head).getSenses().get(sense - 1).getOffset();
        return new Relations(synsets, synsets.nouns().get(offset)).to(List.of(lemmas));
    }

    @Test
    void tokens() {
        assertEquals(List.of("the", "dog", "'s", "well-kept", "U.S.", "kennel", "(", "1,000", "m", ")", ";", "O'Neill"), Tokens.of("the dog's well-kept U.S. kennel (1,000 m); O'Neill"));
        assertEquals(List.of("twentieth-century", "3rd", "A", "&", "B", "at&t"), Tokens.of("twentieth-century 3rd A & B at&t"));
    }

    @Test
    void definitions() {
        assertEquals("a thing that counts", Definition.of("(mathematics) (old use) a thing that counts; \"he has a thing\"; \"two things\""));
        assertEquals("a thing (or two) that counts", Definition.of("a thing (or two) that counts"));
        assertEquals("a thing", Definition.of("a thing (as in \"the thing\")"));
        assertEquals("", Definition.of("(music)"));
    }

    @Test
    void theLongestNounWinsAndPluralsAreFound() {
        assertEquals(List.of("motor vehicle=motor vehicle", "wheels=wheel"), nouns("a motor vehicle with four wheels"));
        assertEquals(List.of("troops=troops/troop"), nouns("for troops"));
        assertEquals(List.of("wolves=wolf", "women=woman", "cities=city"), nouns("wolves and women in his cities"));
        assertEquals(List.of("china=china"), nouns("china is used"));
        assertEquals(List.of("China=China"), nouns("China is used"));
    }

    @Test
    void adjectivesAndVerbsAreNoNouns() {
        assertEquals(List.of("water=water"), nouns("made of native large water"));
        assertEquals(List.of("female=female"), nouns("seen by the female"));
        assertEquals(List.of("goose=goose"), nouns("seen by the female goose"));
    }

    @Test
    void relationsAreReadFromTheHead() throws JWNLException {
        assertEquals(Optional.of("hypernym"), relation("dog", 1, "canine"));
        assertEquals(Optional.of("hyponym"), relation("dog", 1, "poodle"));
        assertEquals(Optional.of("part-holonym"), relation("finger", 1, "hand"));
        assertEquals(Optional.of("part-meronym"), relation("hand", 1, "finger"));
        assertEquals(Optional.of("instance-hypernym"), relation("Paris", 1, "national capital"));
        assertEquals(Optional.of("no-relation"), relation("dog", 1, "parliament"));
    }

    @Test
    void whatIsNeitherRelatedNorUnrelatedIsLeftOut() throws JWNLException {
        assertEquals(Optional.empty(), relation("poodle", 1, "animal"), "a hypernym's hypernym");
        assertEquals(Optional.empty(), relation("dog", 1, "domestic dog"), "its own lemma");
        assertEquals(Optional.empty(), relation("woman", 1, "man"), "antonyms");
        assertEquals(Optional.empty(), relation("dog", 1, "canine", "poodle"), "two relations");
    }
}
