package relata.api.corpus;

/**
 * A run of tokens.
 *
 * @param start index of the first token
 * @param end index after the last token, larger than {@code start}
 */
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end <= start) throw new IllegalArgumentException("a span must hold a token, but was [" + start + ", " + end + ")");
    }

    /** Number of tokens. */
    public int length() {
        return end - start;
    }

    /** True if the token is inside. */
    public boolean contains(int token) {
        return start <= token && token < end;
    }
}
