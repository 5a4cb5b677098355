package relata.api.corpus;

/**
 * A relation that holds between two entities of a passage.
 *
 * @param head index of the head (subject) in {@link Passage#entities()}
 * @param tail index of the tail (object)
 * @param relation its name
 */
public record Fact(int head, int tail, String relation) {}
