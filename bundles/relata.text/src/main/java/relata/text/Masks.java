package relata.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Entity masks, tokens such as {@code @PROTEIN$} or {@code @CHEM-GENE$} that stand for an entity's name, and the nouns that stand for the masks
 * where a program must read the text that knows words only (Su et al. 2021 use {@code PROTA} and {@code PROTB}).
 *
 * <p>A noun is the mask's first four letters or digits, capitalised, and a letter that tells it from the others: {@code Prota, Protb, Chema}.
 * Each occurrence of a mask gets a noun of its own, and none that the text holds already. Taggers read such words as proper nouns, and
 * different names keep a parser from seeing a repetition.
 *
 * @param tokens the text with masks
 * @param nouns the text with nouns in their place, as many tokens
 */
public record Masks(List<String> tokens, List<String> nouns) {
    private static final Pattern MASK = Pattern.compile("@[^@$\\s]+\\$");
    private static final int STEM = 4;

    public Masks {
        tokens = List.copyOf(tokens);
        nouns = List.copyOf(nouns);
        if (tokens.size() != nouns.size()) throw new IllegalArgumentException("masks and nouns differ in length: " + tokens.size() + ", " + nouns.size());
    }

    /** True if the token is a mask: {@code @}, a name, {@code $}. */
    public static boolean isMask(String token) {
        return MASK.matcher(token).matches();
    }

    /** Replaces the masks of a text by nouns. */
    public static Masks of(List<String> tokens) {
        if (tokens.stream().noneMatch(Masks::isMask)) return new Masks(tokens, tokens);
        Set<String> taken = new HashSet<>(tokens);
        Map<String, Integer> next = new HashMap<>();
        return new Masks(tokens, tokens.stream().map(token -> isMask(token) ? noun(token, taken, next) : token).toList());
    }

    /** Puts the masks back: each of the nouns in {@code text} becomes the mask that it stands for, wherever it is now. */
    public List<String> restore(List<String> text) {
        Map<String, String> masks = new HashMap<>();
        for (int i = 0; i < tokens.size(); i++)
            if (isMask(tokens.get(i))) masks.put(nouns.get(i), tokens.get(i));
        return text.stream().map(word -> masks.getOrDefault(word, word)).toList();
    }

    private static String noun(String mask, Set<String> taken, Map<String, Integer> next) {
        String name = mask.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
        // a name without letters still needs a word
        if (name.isEmpty()) name = "name";
        String stem = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1, Math.min(STEM, name.length()));
        String noun;
        do {
            noun = stem + letters(next.merge(stem, 1, Integer::sum) - 1);
        } while (!taken.add(noun));
        return noun;
    }

    /** a, b, ..., z, ba, bb, ... */
    private static String letters(int number) {
        String last = String.valueOf((char) ('a' + number % 26));
        return number < 26 ? last : letters(number / 26) + last;
    }
}
