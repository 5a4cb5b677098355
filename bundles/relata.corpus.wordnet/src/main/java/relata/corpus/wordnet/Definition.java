package relata.corpus.wordnet;

import java.util.regex.Pattern;

/** The defining part of a gloss. */
final class Definition {
    /** {@code (computer science)} at the beginning names the domain, which is a relation to be found: it would tell the answer. */
    private static final Pattern LABEL = Pattern.compile("^\\s*\\([^)]*\\)[\\s:;,]*");

    private Definition() {}

    /** A gloss without leading labels and without the quoted sentences after the definition; empty if nothing is left. */
    static String of(String gloss) {
        int quote = gloss.indexOf('"');
        String text = (quote < 0 ? gloss : gloss.substring(0, quote)).strip();
        for (String cut = ""; !cut.equals(text); text = LABEL.matcher(text).replaceFirst("")) cut = text;
        int end = text.length();
        while (end > 0 && (" ;:,-".indexOf(text.charAt(end - 1)) >= 0)) end--;
        text = text.substring(0, end);
        // a quotation inside brackets was cut
        return text.lastIndexOf('(') > text.lastIndexOf(')') ? text.substring(0, text.lastIndexOf('(')).strip() : text;
    }
}
