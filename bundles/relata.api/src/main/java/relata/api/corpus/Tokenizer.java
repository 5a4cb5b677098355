package relata.api.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;

/**
 * Cuts plain text into tokens: words, numbers, punctuation marks. Hyphenated words, decimals and masks such as {@code @PROTEIN$} stay whole,
 * English clitics ({@code 's}, {@code n't}) are cut off. The same text and borders always give the same tokens.
 */
public final class Tokenizer {
    private static final List<String> CLITICS = List.of("n't", "'re", "'ve", "'ll", "'s", "'d", "'m");

    private final String text;
    private final List<Span> tokens = new ArrayList<>();

    private Tokenizer(String text) {
        this.text = text;
    }

    /**
     * The tokens, as places in the text (UTF-16).
     *
     * @param borders places where a token must not go on: mentions begin and end there
     */
    public static List<Span> tokenize(String text, NavigableSet<Integer> borders) {
        Tokenizer tokenizer = new Tokenizer(text);
        int from = 0;
        for (int border : borders) {
            tokenizer.piece(from, border);
            from = border;
        }
        tokenizer.piece(from, text.length());
        return tokenizer.tokens;
    }

    /** True if a token must stand at the one before without a space, so that it is cut off again: {@code 's} of {@code Ada's}. */
    public static boolean isClitic(String token, String before) {
        return CLITICS.contains(token.toLowerCase(Locale.ROOT).replace('\u2019', '\'')) && isWord(before.codePointBefore(before.length()));
    }

    private void piece(int from, int to) {
        for (int i = from; i < to;) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                i = next;
                continue;
            }
            int end = Math.max(Math.max(mask(i, to), initials(i, to)), cliticAfterBorder(i, from, to));
            if (end > i) tokens.add(new Span(i, end));
            else if (isWord(c)) {
                end = word(i, to);
                int cut = clitic(i, end);
                if (cut > i) tokens.add(new Span(i, cut));
                tokens.add(new Span(Math.max(i, cut), end));
            } else {
                end = mark(i, next, to);
                tokens.add(new Span(i, end));
            }
            i = end;
        }
    }

    /** The end of {@code @NAME$}, or 0. */
    private int mask(int i, int to) {
        if (text.charAt(i) != '@') return 0;
        int j = i + 1;
        while (j < to && (Character.isLetterOrDigit(text.charAt(j)) || text.charAt(j) == '_' || text.charAt(j) == '-')) j++;
        return j > i + 1 && j < to && text.charAt(j) == '$' ? j + 1 : 0;
    }

    /** The end of initials such as {@code U.S.} or {@code e.g.}, or 0. */
    private int initials(int i, int to) {
        int j = i;
        while (j + 1 < to && Character.isLetter(text.charAt(j)) && text.charAt(j + 1) == '.') j += 2;
        return j - i >= 4 && (j == to || !isWord(text.codePointAt(j))) ? j : 0;
    }

    private int word(int i, int to) {
        int j = i;
        while (j < to) {
            int c = text.codePointAt(j);
            if (isWord(c)) j += Character.charCount(c);
            else if (j + 1 < to && joins(c, Character.isDigit(text.charAt(j - 1)) && Character.isDigit(text.charAt(j + 1))) && isWord(text.codePointAt(j + 1))) j++;
            else break;
        }
        return j;
    }

    private static boolean joins(int c, boolean betweenDigits) {
        return c == '-' || c == '\u2010' || c == '\'' || c == '\u2019' || betweenDigits && (c == '.' || c == ',' || c == ':' || c == '/');
    }

    /** Letters, digits, what combines with them, and the invisible joiners of some scripts. */
    private static boolean isWord(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c) || c == '_' || type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK || type == Character.OTHER_NUMBER
                || type == Character.LETTER_NUMBER || c == '\u00ad' || c == '\u200c' || c == '\u200d';
    }

    /** Where a clitic at the end of a word begins, or 0. */
    private int clitic(int i, int end) {
        String tail = text.substring(Math.max(i, end - 4), end).toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        for (String c : CLITICS)
            if (tail.endsWith(c) && end - c.length() > i) return end - c.length();
        return 0;
    }

    /** The end of a clitic whose word was cut off by a border, as in a mention {@code Ada} of the text {@code Ada's}; or 0. */
    private int cliticAfterBorder(int i, int from, int to) {
        if (i != from || i == 0 || !isWord(text.codePointBefore(i)) || text.charAt(i) != '\'' && text.charAt(i) != '\u2019') return 0;
        int end = i + 1;
        while (end < to && isWord(text.codePointAt(end))) end += Character.charCount(text.codePointAt(end));
        return CLITICS.contains(text.substring(i, end).toLowerCase(Locale.ROOT).replace('\u2019', '\'')) ? end : 0;
    }

    /** A run of the same full stop, hyphen or quote, or one character with its combining marks. */
    private int mark(int i, int next, int to) {
        char c = text.charAt(i);
        int j = next;
        if (c == '.' || c == '-' || c == '`' || c == '\'') while (j < to && text.charAt(j) == c) j++;
        while (j < to && Character.getType(text.codePointAt(j)) == Character.NON_SPACING_MARK) j += Character.charCount(text.codePointAt(j));
        return j;
    }
}
