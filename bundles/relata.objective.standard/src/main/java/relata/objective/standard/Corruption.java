package relata.objective.standard;

import java.util.Map;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import relata.api.learn.Collated;
import relata.api.learn.Vocabulary;

/**
 * Hides sub-words of a batch (Devlin et al. 2019, section 3.1).
 *
 * @param rate probability that a sub-word is drawn
 * @param masked probability that {@code [MASK]} takes the place of one that is drawn
 * @param random probability that any sub-word does
 * @param stays the numbers of sub-words that are never drawn
 */
record Corruption(double rate, double masked, double random, Vocabulary vocabulary, IntPredicate stays) {
    /** The field with the places in (B · L) of what was drawn, (M), ascending. */
    static final String PLACES = "masked-lm.places";
    /** The field with what was there, (M). */
    static final String WORDS = "masked-lm.words";

    /** A batch in which some sub-words are hidden or changed; the drawn ones and their places are in its fields. */
    Collated of(Collated batch, RandomGenerator generator) {
        Collated.Field whole = batch.field(vocabulary.field());
        long[] changed = whole.values().clone();
        int[] drawn = IntStream.range(0, changed.length).filter(i -> !stays.test((int) changed[i]) && generator.nextDouble() < rate).toArray();
        for (int i : drawn) {
            double fate = generator.nextDouble();
            if (fate < masked) changed[i] = vocabulary.mask();
            else if (fate < masked + random) changed[i] = generator.nextInt(vocabulary.size());
        }
        long[] places = IntStream.of(drawn).asLongStream().toArray();
        long[] words = IntStream.of(drawn).mapToLong(i -> whole.values()[i]).toArray();
        return batch.with(Map.of(
                vocabulary.field(), new Collated.Field(changed, whole.shape()), PLACES, new Collated.Field(places, places.length), WORDS, new Collated.Field(words, words.length)));
    }
}
