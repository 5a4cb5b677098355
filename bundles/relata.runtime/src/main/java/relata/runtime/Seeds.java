package relata.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Seeds for every stage, epoch, batch and example, each computed from the recipe's seed and a purpose and none from another: a run that
 * goes on after an interruption needs no generator's state.
 */
record Seeds(long root, String stream) {
    /** The seed for a purpose. */
    long of(String purpose) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest((root + "\n" + stream + "\n" + purpose).getBytes(StandardCharsets.UTF_8));
            long seed = 0;
            for (int i = 0; i < 8; i++) seed = seed << 8 | digest[i] & 0xff;
            return seed;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The seed for a purpose at a place: quick, for use once an example. */
    static long at(long seed, long... place) {
        long h = seed;
        for (long p : place) {
            // the finaliser of SplitMix64 (Steele, Lea and Flood 2014) over a running sum
            h += p * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L;
            h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
            h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
            h ^= h >>> 31;
        }
        return h;
    }

    /** A generator for a seed. */
    static RandomGenerator generator(long seed) {
        return new SplittableRandom(seed);
    }
}
