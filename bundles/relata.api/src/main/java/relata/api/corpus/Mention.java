package relata.api.corpus;

import java.util.BitSet;
import java.util.List;

/**
 * One place where an entity is named: usually one span, several if it is discontinuous.
 *
 * @param spans ascending, not overlapping, at least one
 */
public record Mention(List<Span> spans) {
    public Mention {
        spans = List.copyOf(spans);
        if (spans.isEmpty()) throw new IllegalArgumentException("a mention needs a span");
        for (int i = 1; i < spans.size(); i++)
            if (spans.get(i).start() < spans.get(i - 1).end())
                throw new IllegalArgumentException("the spans of a mention must ascend: " + spans);
    }

    /** The mention of the tokens {@code start} to {@code end - 1}. */
    public static Mention of(int start, int end) {
        return new Mention(List.of(new Span(start, end)));
    }

    /** First token. */
    public int start() {
        return spans.get(0).start();
    }

    /** Index after the last token. */
    public int end() {
        return spans.get(spans.size() - 1).end();
    }

    /** All its tokens. */
    public BitSet tokens() {
        BitSet tokens = new BitSet();
        spans.forEach(s -> tokens.set(s.start(), s.end()));
        return tokens;
    }
}
