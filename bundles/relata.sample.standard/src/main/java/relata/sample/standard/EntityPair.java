package relata.sample.standard;

import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.text.Identity;

/**
 * The two entities that a pair is about.
 *
 * @param head what identifies the head across passages
 * @param tail what identifies the tail
 */
record EntityPair(String head, String tail) {
    /** Those of a pair of an example. @param names true: by name, not by id */
    static EntityPair of(Example example, int pair, boolean names) {
        Pair asked = example.pairs().get(pair);
        return new EntityPair(identity(example, asked.head(), names), identity(example, asked.tail(), names));
    }

    /** The other way round. */
    EntityPair turned() {
        return new EntityPair(tail, head);
    }

    private static String identity(Example example, int entity, boolean names) {
        return names ? Identity.name(example.passage(), entity) : Identity.of(example.passage(), entity);
    }
}
