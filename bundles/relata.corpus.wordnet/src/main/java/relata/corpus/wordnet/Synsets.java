package relata.corpus.wordnet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.Exc;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Pointer;
import net.sf.extjwnl.data.PointerType;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;

/** What is needed of WordNet, in memory. Lemmas are spelled as in WordNet, in tokens joined by spaces. */
final class Synsets {
    private final Map<Long, Noun> nouns = new LinkedHashMap<>();
    private final Map<String, List<Long>> senses = new HashMap<>();
    private final Map<String, Double> nounUse = new HashMap<>();
    private final Map<String, Double> otherUse = new HashMap<>();
    private final Set<String> adjectives = new HashSet<>();
    private final Map<String, List<String>> plurals = new HashMap<>();

    /**
     * A noun synset.
     *
     * @param offset its key in WordNet's noun file
     * @param lemmas the most usual first
     * @param gloss definition and quoted sentences
     * @param links its pointers to other noun synsets
     */
    record Noun(long offset, List<String> lemmas, String gloss, List<Link> links) {}

    /** A pointer to the noun synset at an offset. */
    record Link(PointerType type, long target) {}

    /** Reads all synsets. */
    Synsets(Dictionary dictionary) throws JWNLException {
        for (Iterator<Synset> all = dictionary.getSynsetIterator(POS.NOUN); all.hasNext(); ) {
            Synset synset = all.next();
            List<String> lemmas = synset.getWords().stream().map(Word::getLemma).map(Synsets::spelling).distinct().toList();
            nouns.put(synset.getOffset(), new Noun(synset.getOffset(), lemmas, synset.getGloss(), links(synset)));
            for (String lemma : lemmas) senses.computeIfAbsent(lemma, l -> new ArrayList<>(1)).add(synset.getOffset());
            count(synset, nounUse);
        }
        for (POS pos : List.of(POS.VERB, POS.ADJECTIVE, POS.ADVERB))
            for (Iterator<Synset> all = dictionary.getSynsetIterator(pos); all.hasNext(); ) {
                Synset synset = all.next();
                count(synset, otherUse);
                if (pos == POS.ADJECTIVE) synset.getWords().stream().map(Word::getLemma).map(Synsets::spelling).forEach(adjectives::add);
            }
        for (Iterator<Exc> all = dictionary.getExceptionIterator(POS.NOUN); all.hasNext(); ) {
            Exc exception = all.next();
            plurals.put(spelling(exception.getLemma()), exception.getExceptions().stream().map(Synsets::spelling).toList());
        }
    }

    /** The noun synsets by offset, in the file's order. */
    Map<Long, Noun> nouns() {
        return nouns;
    }

    /** All noun lemmas. */
    Set<String> lemmas() {
        return senses.keySet();
    }

    /** The offsets of the noun synsets of a lemma; empty if it is none. */
    List<Long> senses(String lemma) {
        return senses.getOrDefault(lemma, List.of());
    }

    /** True if the noun lemma is a noun at least as often as it is anything else, in WordNet's tagged texts. */
    boolean mostlyNoun(String lemma) {
        return nounUse.getOrDefault(lemma, 0.0) >= otherUse.getOrDefault(lemma, 0.0);
    }

    /** True if it is an adjective's lemma. */
    boolean adjective(String lemma) {
        return adjectives.contains(lemma);
    }

    /** The singulars of an irregular plural; empty if it is none. */
    List<String> singulars(String plural) {
        return plurals.getOrDefault(plural, List.of());
    }

    private static List<Link> links(Synset synset) throws JWNLException {
        List<Link> links = new ArrayList<>();
        for (Pointer pointer : synset.getPointers())
            if (pointer.getTargetPOS() == POS.NOUN) links.add(new Link(pointer.getType(), pointer.getTargetOffset()));
        return links;
    }

    /** Adds the tagged uses of each word; each sense counts for a tenth more, so that words that were never tagged are weighed by their senses. */
    private static void count(Synset synset, Map<String, Double> use) {
        for (Word word : synset.getWords()) use.merge(spelling(word.getLemma()), word.getUseCount() + 0.1, Double::sum);
    }

    private static String spelling(String lemma) {
        // a regular expression for each of 300,000 words is slow
        return lemma.chars().allMatch(c -> Character.isLetter(c) || c == ' ') ? lemma : String.join(" ", Tokens.of(lemma.replace('_', ' ')));
    }
}
