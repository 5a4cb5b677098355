package relata.corpus.text;

import java.nio.charset.StandardCharsets;

/** What offsets count. They differ after the first character outside of ASCII (bytes) or outside of the Basic Multilingual Plane, such as 😀 or 𝛼 (the others). */
public enum Unit {
    /** Tokens. */
    TOKEN("tokens"),
    /** Unicode code points, as in Python. */
    CODEPOINT("characters"),
    /** UTF-16 units, as in Java and JavaScript. */
    UTF16("UTF-16 units"),
    /** Bytes of the text's UTF-8. */
    BYTE("bytes");

    private final String plural;

    Unit(String plural) {
        this.plural = plural;
    }

    /** How many of them a text has. @throws IllegalArgumentException for tokens: a text alone does not say */
    public int count(String text) {
        return switch (this) {
            case CODEPOINT -> text.codePointCount(0, text.length());
            case UTF16 -> text.length();
            case BYTE -> text.getBytes(StandardCharsets.UTF_8).length;
            case TOKEN -> throw new IllegalArgumentException("tokens are counted after they are cut");
        };
    }

    /** For messages: <em>characters</em>. */
    public String plural() {
        return plural;
    }
}
