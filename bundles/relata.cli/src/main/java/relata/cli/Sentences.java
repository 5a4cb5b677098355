package relata.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a line of plain text into tokens, for people who try a part by hand: at blanks, with punctuation at the edges of words apart. */
final class Sentences {
    private static final Pattern WORD = Pattern.compile("^([(\\[{\"'`]*)(.*?)([)\\]}\"',;:!?]*)(\\.?)([)\\]}\"']*)$");

    private Sentences() {}

    /** The tokens; none if the line is blank. */
    static List<String> tokens(String line) {
        List<String> tokens = new ArrayList<>();
        String[] words = line.strip().split("\\s+");
        for (int i = 0; i < words.length; i++) {
            Matcher parts = WORD.matcher(words[i]);
            if (words[i].isEmpty() || !parts.matches()) continue;
            // a stop within the sentence belongs to an abbreviation; only the last word's ends the sentence
            boolean last = i == words.length - 1;
            letters(parts.group(1), tokens);
            String word = parts.group(2) + (last ? "" : parts.group(3).isEmpty() ? parts.group(4) : "");
            if (!word.isEmpty()) tokens.add(word);
            letters(parts.group(3), tokens);
            if (last || !parts.group(3).isEmpty()) letters(parts.group(4), tokens);
            letters(parts.group(5), tokens);
        }
        return tokens;
    }

    private static void letters(String marks, List<String> tokens) {
        marks.chars().forEach(c -> tokens.add(String.valueOf((char) c)));
    }
}
