package relata.docs;

/** The pages that tell how a part of a kind is written, one for each kind. */
final class ExtendPages {
    private ExtendPages() {}

    /** The page's title. */
    static String title(String kind) {
        return "Write " + ("aeiou".indexOf(kind.charAt(0)) < 0 ? "a " : "an ") + word(kind);
    }

    /** The page's file. */
    static String file(String kind) {
        return title(kind).toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ".md";
    }

    // the words of recipes are short; these are no words for what they name
    private static String word(String kind) {
        return switch (kind) {
            case "corpus" -> "corpus reader";
            case "projection" -> "projection head";
            default -> kind;
        };
    }
}
