package relata.corpus.sentence;

import java.util.List;
import java.util.Optional;
import relata.api.corpus.Example;
import relata.api.corpus.Span;
import relata.api.corpus.Tokenizer;

/** The text of an example with tags around its entities, as {@link Tags} cuts them out again. */
final class TaggedText {
    private TaggedText() {}

    /** Why a text cannot be told from the tags. */
    static Optional<String> objection(Example example, Tags.Tag head, Tags.Tag tail) {
        String text = example.passage().text();
        boolean clash = List.of(head, tail).stream().anyMatch(t -> text.contains(t.open().strip()) || text.contains(t.close().strip()));
        return clash ? Optional.of("words that look like " + head.open().strip() + ", " + head.close().strip() + ", " + tail.open().strip() + " or " + tail.close().strip()) : Optional.empty();
    }

    /** Tokens with single spaces between, but none where one is cut off a word; what encloses another entity has its tags outside. */
    static String of(Example example, Tags.Tag head, Tags.Tag tail) {
        Span h = Singles.place(example.head(0));
        Span t = Singles.place(example.tail(0));
        List<String> tokens = example.passage().tokens();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            if (i > 0 && !Tokenizer.isClitic(tokens.get(i), tokens.get(i - 1))) text.append(' ');
            boolean tailOutside = t.end() > h.end();
            if (tailOutside && t.start() == i) text.append(tail.open());
            if (h.start() == i) text.append(head.open());
            if (!tailOutside && t.start() == i) text.append(tail.open());
            text.append(tokens.get(i));
            boolean tailInside = t.start() >= h.start();
            if (tailInside && t.end() == i + 1) text.append(tail.close());
            if (h.end() == i + 1) text.append(head.close());
            if (!tailInside && t.end() == i + 1) text.append(tail.close());
        }
        return text.toString();
    }
}
