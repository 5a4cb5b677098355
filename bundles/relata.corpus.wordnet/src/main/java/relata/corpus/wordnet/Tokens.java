package relata.corpus.wordnet;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits lemmas and definitions alike, so that a lemma of several words is found in a definition by its tokens. */
final class Tokens {
    /** Abbreviations with dots ({@code U.S.}), the possessive ending, numbers, words with inner hyphens or apostrophes, any other sign. */
    private static final Pattern TOKEN = Pattern.compile("(?:\\p{L}\\.){2,}|'s(?![\\p{L}\\p{N}])|\\p{N}+(?:[.,]\\p{N}+)*(?![\\p{L}\\p{N}])"
            + "|[\\p{L}\\p{N}]+(?:(?!'s(?![\\p{L}\\p{N}]))[-'/&][\\p{L}\\p{N}]+)*|\\S");

    private Tokens() {}

    static List<String> of(String text) {
        List<String> tokens = new ArrayList<>();
        for (Matcher m = TOKEN.matcher(text); m.find(); ) tokens.add(m.group());
        return tokens;
    }
}
