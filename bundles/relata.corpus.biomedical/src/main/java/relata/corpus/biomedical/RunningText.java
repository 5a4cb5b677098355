package relata.corpus.biomedical;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import relata.api.corpus.Mention;
import relata.api.corpus.Span;
import relata.api.corpus.Tokenizer;

/** Tokens as a text with single spaces between, but none where one is cut off a word, and where they stand in it, in code points. Line ends in tokens are spaces, so that lines stay whole. */
final class RunningText {
    private final StringBuilder text = new StringBuilder();
    private final int[] starts;
    private final int[] ends;

    /** @param lines the tokens before which, in place of a space, a line ends */
    RunningText(List<String> tokens, Collection<Integer> lines) {
        starts = new int[tokens.size()];
        ends = new int[tokens.size()];
        int points = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (i > 0 && (lines.contains(i) || !Tokenizer.isClitic(tokens.get(i), tokens.get(i - 1)))) {
                text.append(lines.contains(i) ? '\n' : ' ');
                points++;
            }
            starts[i] = points;
            text.append(line(tokens.get(i)));
            points += tokens.get(i).codePointCount(0, tokens.get(i).length());
            ends[i] = points;
        }
    }

    /** Without line ends and tabs. */
    static String line(String text) {
        return text.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
    }

    String text() {
        return text.toString();
    }

    /** Where a span begins. */
    int start(Span span) {
        return starts[span.start()];
    }

    /** Where it ends, exclusive. */
    int end(Span span) {
        return ends[span.end() - 1];
    }

    /** What stands there. */
    String of(Span span) {
        return text.substring(text.offsetByCodePoints(0, start(span)), text.offsetByCodePoints(0, end(span)));
    }

    /** What is named, its pieces with a space between, on one line. */
    String of(Mention mention) {
        return line(mention.spans().stream().map(this::of).collect(Collectors.joining(" ")));
    }
}
