package relata.corpus.wordnet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

/**
 * A pair that the corpus may ask about; an example is only made of it once it is chosen.
 *
 * @param offset the synset
 * @param head the lemma defined
 * @param definition its tokens
 * @param tail the lemma asked about
 * @param mentions where it stands in the definition
 * @param label the relation
 * @param split train, dev or test
 */
record Question(long offset, String head, List<String> definition, String tail, List<Span> mentions, String label, String split) {
    /** Both entities have it: WordNet's own classes of nouns would help to guess the answer. */
    static final String TYPE = "TERM";

    /** Unique in the corpus: the synset and the place of the tail in its definition. */
    String id() {
        return String.format(Locale.ROOT, "n%08d-%d", offset, mentions.get(0).start());
    }

    /** A number that orders questions as if by chance, the same in every run. */
    long rank() {
        return mix(offset << 10 | mentions.get(0).start());
    }

    /** The passage {@code LEMMA : DEFINITION} with this pair. */
    Example example() {
        List<String> lemma = List.of(head.split(" "));
        int shift = lemma.size() + 1;
        List<String> tokens = Stream.of(lemma, List.of(":"), definition).flatMap(List::stream).toList();
        List<Mention> places = mentions.stream().map(s -> Mention.of(s.start() + shift, s.end() + shift)).toList();
        List<Entity> entities = List.of(Entity.of(entity(head), TYPE, 0, lemma.size()), new Entity(entity(tail), TYPE, places));
        List<Fact> facts = label.equals(Relations.NONE) ? List.of() : List.of(new Fact(0, 1, label));
        return new Example(id(), new Passage(id(), tokens, List.of(0), entities, facts), List.of(new Pair(0, 1, List.of(label))));
    }

    /** The id of what a lemma names. */
    static String entity(String lemma) {
        return lemma.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    /** FNV-1a of the text, with the bits mixed at the end so that all of them depend on all of it. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        return mix(hash);
    }

    /** The finaliser of SplitMix64 (Steele et al. 2014). */
    private static long mix(long bits) {
        bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        return bits ^ (bits >>> 31);
    }
}
