package relata.corpus.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Mention;
import relata.api.corpus.Span;
import relata.api.corpus.Tokenizer;

/**
 * A passage's words, and where its offsets lead: to tokens as they are, or to places in a text that is cut into tokens here. Mentions and sentences begin and end
 * tokens. Nothing is shifted in silence: an offset outside, within a character, or where another text stands is an error.
 */
public final class Offsets {
    private final Place at;
    private final Unit unit;
    private final String text;
    /** For each offset the index in {@link #text}, or -1 inside of a character; or for each token the index among those that are left; empty where they are the same. */
    private final int[] charOf;
    private final List<Span> cuts;
    private final List<String> tokens;
    private final boolean ignoreCase;

    private Offsets(Place at, Unit unit, String text, int[] charOf, List<Span> cuts, List<String> tokens, boolean ignoreCase) {
        this.at = at;
        this.unit = unit;
        this.text = text;
        this.charOf = charOf;
        this.cuts = cuts;
        this.tokens = tokens;
        this.ignoreCase = ignoreCase;
    }

    /** Offsets that count tokens. @throws CorpusException if there are none, or one is empty */
    public static Offsets ofTokens(Place at, List<String> tokens) throws CorpusException {
        if (tokens.isEmpty()) throw at.error("tokens is empty");
        for (int i = 0; i < tokens.size(); i++) if (isBlank(tokens.get(i))) throw at.error("tokens[" + i + "] is empty");
        return new Offsets(at, Unit.TOKEN, "", new int[0], List.of(), tokens, false);
    }

    /** The same, but tokens of nothing but space are left out: offsets count them, the words do not. @throws CorpusException if no words are left */
    public static Offsets ofTokensWithBlanks(Place at, List<String> tokens) throws CorpusException {
        if (tokens.isEmpty()) throw at.error("tokens is empty");
        if (tokens.stream().noneMatch(Offsets::isBlank)) return new Offsets(at, Unit.TOKEN, "", new int[0], List.of(), tokens, false);
        int[] left = new int[tokens.size() + 1];
        List<String> words = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            left[i] = words.size();
            if (!isBlank(tokens.get(i))) words.add(tokens.get(i));
        }
        left[tokens.size()] = words.size();
        if (words.isEmpty()) throw at.error("tokens are all empty");
        return new Offsets(at, Unit.TOKEN, "", left, List.of(), words, false);
    }

    /**
     * Offsets in a text.
     *
     * @param marks all mentions: no token goes beyond where one begins or ends
     * @param sentences offset of the start of each sentence, if known
     * @throws CorpusException if the text has no words, or an offset lies outside or in a character
     */
    public static Offsets ofText(Place at, String text, Unit unit, Collection<Mark> marks, List<Integer> sentences) throws CorpusException {
        int[] charOf = switch (unit) {
            case CODEPOINT -> charOf(text);
            case BYTE -> charOfByte(text);
            case UTF16 -> new int[0];
            case TOKEN -> throw new IllegalArgumentException("a text has no offsets in tokens");
        };
        Offsets whole = new Offsets(at, unit, text, charOf, List.of(), List.of(), false);
        TreeSet<Integer> borders = new TreeSet<>();
        for (Mark m : marks)
            for (int[] span : m.spans()) {
                whole.check(whole.place(m), m.name(), span[0], span[1]);
                borders.add(whole.character(whole.place(m), m.name(), span[0]));
                borders.add(whole.character(whole.place(m), m.name(), span[1]));
            }
        for (int s : sentences) {
            if (s < 0 || s >= whole.size()) throw at.error("sentences holds " + s + ", but the text has " + whole.count());
            borders.add(whole.character(at, "sentences", s));
        }
        List<Span> cuts = Tokenizer.tokenize(text, borders);
        if (cuts.isEmpty()) throw at.error("text is empty");
        return new Offsets(at, unit, text, charOf, cuts, cuts.stream().map(c -> text.substring(c.start(), c.end())).toList(), false);
    }

    /** The same, where upper and lower case are one when a mention's text is compared. */
    public Offsets ignoringCase() {
        return new Offsets(at, unit, text, charOf, cuts, tokens, true);
    }

    /** The words. */
    public List<String> tokens() {
        return tokens;
    }

    /** Where each token stands in the text (UTF-16); empty if there is no text but tokens. */
    public List<Span> cuts() {
        return cuts;
    }

    /** The first token of each sentence. @throws CorpusException if they do not begin with the text, or do not ascend, each with a token */
    public List<Integer> sentences(List<Integer> starts) throws CorpusException {
        List<Integer> sentences = new ArrayList<>();
        for (int s : starts) {
            if (s < 0 || s > size()) throw at.error("sentences holds " + s + ", but no token follows there");
            int token = isTokens() ? index(s) : tokensIn(character(at, "sentences", s), text.length()).map(Span::start).orElse(tokens.size());
            if (token < 0 || token >= tokens.size()) throw at.error("sentences holds " + s + ", but no token follows there");
            if (sentences.isEmpty() ? token != 0 : token <= sentences.get(sentences.size() - 1))
                throw at.error("sentences " + starts + " must begin at the first " + (isTokens() ? "token" : "character") + " and ascend, each holding a token");
            sentences.add(token);
        }
        return sentences;
    }

    /** A mention in tokens. @throws CorpusException if it lies outside, holds no token, or another text stands there */
    public Mention mention(Mark mark) throws CorpusException {
        Mention mention = look(mark);
        Optional<CorpusException> mismatch = mismatch(mark);
        if (mismatch.isPresent()) throw mismatch.get();
        return mention;
    }

    /** The same, whatever stands there. */
    Mention look(Mark mark) throws CorpusException {
        List<Span> spans = new ArrayList<>();
        int previous = 0;
        for (int[] s : mark.spans()) {
            check(place(mark), mark.name(), s[0], s[1]);
            if (s[0] < previous) throw place(mark).error(mark.name() + ": its spans must ascend without overlap");
            previous = s[1];
            if (isTokens()) {
                if (index(s[0]) == index(s[1])) throw place(mark).error(mark.name() + " holds only space, at " + words(s));
                spans.add(new Span(index(s[0]), index(s[1])));
            } else {
                int start = character(place(mark), mark.name(), s[0]);
                int end = character(place(mark), mark.name(), s[1]);
                spans.add(tokensIn(start, end).orElseThrow(() -> place(mark).error(mark.name() + " holds only space, at " + words(s))));
            }
        }
        return new Mention(spans);
    }

    private Place place(Mark mark) {
        return mark.at().orElse(at);
    }

    /** What is wrong if another text stands at a mention's place than it says; its place must have been looked up. */
    Optional<CorpusException> mismatch(Mark mark) throws CorpusException {
        if (mark.text().isEmpty()) return Optional.empty();
        String expected = mark.text().get();
        StringBuilder words = new StringBuilder();
        for (int[] s : mark.spans()) words.append(words.isEmpty() ? "" : " ").append(standing(mark, s));
        String found = words.toString();
        if (squeeze(found).equals(squeeze(expected))) return Optional.empty();
        StringBuilder all = new StringBuilder();
        for (int[] s : mark.spans()) all.append(all.isEmpty() ? "" : ", ").append(words(s));
        return Optional.of(place(mark).error(mark.name() + " is '" + expected + "', but at " + all + " stands '" + found + "'" + elsewhere(expected)));
    }

    private String standing(Mark mark, int[] s) throws CorpusException {
        if (isTokens()) return String.join(" ", tokens.subList(index(s[0]), index(s[1])));
        return text.substring(character(place(mark), mark.name(), s[0]), character(place(mark), mark.name(), s[1]));
    }

    private String elsewhere(String expected) {
        if (isTokens()) {
            if (charOf.length > 0) return ""; // offsets of what is left are not those of the file
            for (int i = 0; i < tokens.size(); i++)
                for (int j = i + 1; j <= Math.min(tokens.size(), i + 20); j++)
                    if (squeeze(String.join(" ", tokens.subList(i, j))).equals(squeeze(expected))) return "; it stands at " + words(new int[] {i, j});
            return "; it stands nowhere in the passage";
        }
        int start = text.indexOf(expected);
        if (start < 0 || expected.isEmpty()) return "; it stands nowhere in the text";
        int first = offset(start);
        return "; it stands at " + words(new int[] {first, first + unit.count(expected)}) + (text.length() > text.codePointCount(0, text.length()) || unit == Unit.BYTE ? hint() : "");
    }

    private String hint() {
        return switch (unit) {
            case UTF16 -> " (offsets count UTF-16 units)";
            case BYTE -> " (offsets count bytes of UTF-8)";
            default -> " (offsets count Unicode code points; set unit to utf16 for Java's and JavaScript's count)";
        };
    }

    private int offset(int character) {
        return unit.count(text.substring(0, character));
    }

    private void check(Place place, String name, int start, int end) throws CorpusException {
        if (start < 0 || end <= start || end > size())
            throw place.error(name + " goes from " + start + " to " + end + ", but the " + (isTokens() ? "passage" : "text") + " has " + count() + (end <= start ? " (the end is exclusive)" : ""));
    }

    private int character(Place place, String name, int offset) throws CorpusException {
        int i = charOf.length == 0 ? offset : charOf[offset];
        if (i < 0 || i > 0 && i < text.length() && Character.isSurrogatePair(text.charAt(i - 1), text.charAt(i))) throw place.error(name + " cuts a character in two at " + offset);
        return i;
    }

    /** The tokens that lie in a part of the text, as a span. */
    private Optional<Span> tokensIn(int start, int end) {
        int low = 0;
        int high = cuts.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (cuts.get(middle).start() < start) low = middle + 1;
            else high = middle;
        }
        int last = low;
        while (last < cuts.size() && cuts.get(last).end() <= end) last++;
        return last > low ? Optional.of(new Span(low, last)) : Optional.empty();
    }

    /** Which of the words that are left a token is. */
    private int index(int token) {
        return charOf.length == 0 ? token : charOf[token];
    }

    private boolean isTokens() {
        return unit == Unit.TOKEN;
    }

    private int size() {
        return charOf.length > 0 ? charOf.length - 1 : isTokens() ? tokens.size() : text.length();
    }

    private String count() {
        return size() + " " + unit.plural();
    }

    private String words(int[] span) {
        return (isTokens() ? "tokens " : unit == Unit.BYTE ? "bytes " : "characters ") + span[0] + " to " + span[1];
    }

    // plain loops: these see every token and every mention
    private static boolean isBlank(String token) {
        for (int i = 0; i < token.length(); i++) if (!isSpace(token.charAt(i))) return false;
        return true;
    }

    /** No space is outside of the Basic Multilingual Plane. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Texts are compared without their spaces: tokens and line breaks do not say where they were. */
    private String squeeze(String words) {
        String text = ignoreCase ? words.toLowerCase(Locale.ROOT) : words;
        StringBuilder squeezed = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) if (!isSpace(text.charAt(i))) squeezed.append(text.charAt(i));
        return squeezed.toString();
    }

    private static int[] charOf(String text) {
        int count = text.codePointCount(0, text.length());
        if (count == text.length()) return new int[0];
        int[] charOf = new int[count + 1];
        for (int i = 0, c = 0; i < count; i++, c = text.offsetByCodePoints(c, 1)) charOf[i] = c;
        charOf[count] = text.length();
        return charOf;
    }

    private static int[] charOfByte(String text) {
        int[] charOf = new int[text.getBytes(StandardCharsets.UTF_8).length + 1];
        Arrays.fill(charOf, -1);
        for (int b = 0, c = 0; c < text.length();) {
            charOf[b] = c;
            int point = text.codePointAt(c);
            b += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            c += Character.charCount(point);
        }
        charOf[charOf.length - 1] = text.length();
        return charOf;
    }
}
