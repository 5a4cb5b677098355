package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.Vocabulary;
import relata.api.view.View;

/** What batches in numbers must be like. */
final class Batches {
    private Batches() {}

    /** The fields by name: the shape, then the numbers. */
    static Map<String, List<Long>> plain(Collated batch) {
        Map<String, List<Long>> plain = new TreeMap<>();
        batch.fields().forEach((name, field) -> plain.put(name, LongStream.concat(LongStream.of(field.shape()), LongStream.of(field.values())).boxed().toList()));
        return plain;
    }

    /** Asserts that the field of a vocabulary holds its numbers, and some pieces of text among them. */
    static void assertFits(Vocabulary vocabulary, Encoder encoder, List<View> views, Collated batch) {
        Collated.Field numbers = batch.field(vocabulary.field());
        assertArrayEquals(new long[] {views.size(), batch.length()}, numbers.shape(), "the vocabulary's field must be (B, L)");
        Set<Vocabulary.Role> roles = new HashSet<>();
        for (long number : numbers.values()) {
            assertTrue(number >= 0 && number < vocabulary.size(), () -> "a batch holds number " + number + " of a vocabulary of " + vocabulary.size());
            roles.add(vocabulary.role((int) number));
        }
        for (int b = 0; b < views.size(); b++)
            for (int l = encoder.length(views.get(b)); l < batch.length(); l++)
                assertEquals(Vocabulary.Role.SPECIAL, vocabulary.role((int) numbers.values()[b * batch.length() + l]), "padding is no piece of text");
        assertTrue(roles.contains(Vocabulary.Role.TEXT), () -> "a batch must hold pieces of text, but holds only " + roles);
    }
}
