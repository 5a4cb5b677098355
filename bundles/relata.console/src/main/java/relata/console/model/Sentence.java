package relata.console.model;

import java.util.List;
import relata.api.component.Default;

/**
 * A sentence of a client: plain text or words, and the two entities in it.
 *
 * @param text plain text, cut into words as the corpus reader {@code jsonl} cuts it; empty if there are tokens
 * @param tokens its words; none if there is text
 * @param head where the head begins and ends: in characters of the text, or in tokens; the end is exclusive
 * @param tail the same of the tail
 * @param headType type of the head, or empty
 * @param tailType type of the tail, or empty
 * @param unit what offsets in text count: {@code utf16} units, as in JavaScript and Java, or {@code codepoint}s, as in Python
 */
record Sentence(
        @Default("\"\"") String text, @Default("[]") List<String> tokens, List<Integer> head, List<Integer> tail, @Default("\"\"") String headType, @Default("\"\"") String tailType,
        @Default("\"utf16\"") String unit) {}
