package relata.recipe;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Names in messages: lists of them, and the one that was probably meant. */
final class Names {
    private Names() {}

    /** {@code  LABEL: a, b, c. Did you mean 'b'?}, or {@code none} if there is no name. */
    static String known(String label, Collection<String> names, String given, String none) {
        if (names.isEmpty()) return none;
        return label + ": " + String.join(", ", names) + "." + nearest(given, names).map(n -> " Did you mean '" + n + "'?").orElse("");
    }

    /** The name at the smallest edit distance, if that is small; of equals the first. */
    static Optional<String> nearest(String given, Collection<String> names) {
        if (given.isEmpty() || given.length() > 100) return Optional.empty();
        String best = "";
        int least = Math.max(1, given.length() / 3) + 1;
        for (String name : names) {
            int distance = distance(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that make one of the other. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) d[i][0] = i;
        for (int j = 0; j <= b.length(); j++) d[0][j] = j;
        for (int i = 1; i <= a.length(); i++)
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                d[i][j] = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
            }
        return d[a.length()][b.length()];
    }

    /** A text as one more sentence behind another, or nothing. */
    static String sentence(String text) {
        if (text.isBlank()) return "";
        return " " + Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    /** An enum constant in recipes: {@code TYPED_MENTION} is {@code typed-mention}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
