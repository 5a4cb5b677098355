package relata.console.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;
import relata.api.corpus.Tokenizer;
import relata.console.rest.Refusal;

/** Turns sentences of clients into examples. Nothing is shifted in silence: an offset outside, within a word or within a character is refused. */
final class Sentences {
    /** Characters of a text at most. */
    static final int LONGEST = 10_000;
    /** Words of a sentence at most. */
    static final int MOST_TOKENS = 1_000;

    private Sentences() {}

    /** One example for each sentence, called {@code 0}, {@code 1} and so on. @throws Refusal with everything that is wrong */
    static List<Example> examples(List<Sentence> sentences) throws Refusal {
        List<Example> examples = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            try {
                examples.add(example(String.valueOf(i), sentences.get(i)));
            } catch (IllegalArgumentException e) {
                mistakes.add("sentences[" + i + "]: " + e.getMessage());
            }
        }
        if (!mistakes.isEmpty())
            throw new Refusal(422, "wrong-sentence", mistakes.size() == 1 ? "A sentence is not as it should be." : mistakes.size() + " sentences are not as they should be.", mistakes);
        return examples;
    }

    /** Plain text or words without entities. @throws Refusal if there is nothing, or too much */
    static List<String> words(String text, List<String> tokens) throws Refusal {
        try {
            check(text, tokens);
            List<String> words = text.isEmpty() ? tokens : Tokenizer.tokenize(text, new TreeSet<>()).stream().map(t -> text.substring(t.start(), t.end())).toList();
            return counted(words);
        } catch (IllegalArgumentException e) {
            throw new Refusal(422, "wrong-sentence", "The sentence is not as it should be.", List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Example example(String id, Sentence s) {
        check(s.text(), s.tokens());
        Span head, tail;
        List<String> tokens;
        if (s.text().isEmpty()) {
            tokens = counted(s.tokens());
            head = span("head", s.head(), tokens.size(), "tokens");
            tail = span("tail", s.tail(), tokens.size(), "tokens");
        } else {
            String text = s.text();
            Span headAt = characters(text, "head", s.head(), s.unit()), tailAt = characters(text, "tail", s.tail(), s.unit());
            apart(headAt, tailAt);
            List<Span> cuts = Tokenizer.tokenize(text, new TreeSet<>(List.of(headAt.start(), headAt.end(), tailAt.start(), tailAt.end())));
            tokens = counted(cuts.stream().map(t -> text.substring(t.start(), t.end())).toList());
            head = within(cuts, "head", headAt);
            tail = within(cuts, "tail", tailAt);
        }
        apart(head, tail);
        Passage passage = new Passage(id, tokens, List.of(0), List.of(Entity.of("head", s.headType(), head.start(), head.end()), Entity.of("tail", s.tailType(), tail.start(), tail.end())), List.of());
        return new Example(id, passage, List.of(new Pair(0, 1, List.of())));
    }

    private static void check(String text, List<String> tokens) {
        if (text.isEmpty() == tokens.isEmpty()) throw new IllegalArgumentException(text.isEmpty() ? "has neither text nor tokens" : "has both text and tokens; give one of them");
        if (text.length() > LONGEST) throw new IllegalArgumentException("the text has " + text.length() + " characters, but " + LONGEST + " are the most");
        for (int i = 0; i < tokens.size(); i++) if (tokens.get(i) == null || tokens.get(i).isBlank()) throw new IllegalArgumentException("tokens[" + i + "] is empty");
    }

    private static List<String> counted(List<String> tokens) {
        if (tokens.isEmpty()) throw new IllegalArgumentException("the text holds no word");
        if (tokens.size() > MOST_TOKENS) throw new IllegalArgumentException("has " + tokens.size() + " words, but " + MOST_TOKENS + " are the most");
        return tokens;
    }

    private static Span span(String name, List<Integer> ends, int size, String unit) {
        if (ends.size() != 2 || ends.get(0) == null || ends.get(1) == null) throw new IllegalArgumentException(name + " must be two numbers, where it begins and where it ends, but is " + ends);
        int start = ends.get(0), end = ends.get(1);
        if (start < 0 || end <= start || end > size) throw new IllegalArgumentException(name + " goes from " + start + " to " + end + ", but there are " + size + " " + unit + (end <= start ? " (the end is exclusive)" : ""));
        return new Span(start, end);
    }

    /** In UTF-16 units. */
    private static Span characters(String text, String name, List<Integer> ends, String unit) {
        Span place = switch (unit) {
            case "utf16" -> span(name, ends, text.length(), "UTF-16 units");
            case "codepoint" -> {
                Span given = span(name, ends, text.codePointCount(0, text.length()), "characters");
                yield new Span(text.offsetByCodePoints(0, given.start()), text.offsetByCodePoints(0, given.end()));
            }
            default -> throw new IllegalArgumentException("unit was '" + unit + "' but must be utf16 or codepoint");
        };
        for (int border : new int[] {place.start(), place.end()}) {
            if (border == 0 || border == text.length()) continue;
            if (Character.isSurrogatePair(text.charAt(border - 1), text.charAt(border))) throw new IllegalArgumentException(name + " cuts a character in two at " + border + ": are the offsets of unit codepoint?");
            if (isLetter(text.codePointBefore(border)) && isLetter(text.codePointAt(border))) throw new IllegalArgumentException(name + " is '" + text.substring(place.start(), place.end()) + "', which cuts a word in two at " + border);
        }
        return place;
    }

    private static boolean isLetter(int character) {
        return Character.isLetterOrDigit(character) || Character.getType(character) == Character.NON_SPACING_MARK;
    }

    private static Span within(List<Span> cuts, String name, Span place) {
        int first = 0;
        while (first < cuts.size() && cuts.get(first).start() < place.start()) first++;
        int last = first;
        while (last < cuts.size() && cuts.get(last).end() <= place.end()) last++;
        if (last == first) throw new IllegalArgumentException(name + " holds only space");
        return new Span(first, last);
    }

    private static void apart(Span head, Span tail) {
        if (head.start() < tail.end() && tail.start() < head.end()) throw new IllegalArgumentException("head and tail overlap");
    }
}
