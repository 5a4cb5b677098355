package relata.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import relata.api.corpus.Entity;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

/**
 * How an encoder is shown which entities are asked about.
 *
 * <p>With one pair, markers tell head from tail ({@code [E1]}, {@code [E2]}). With several pairs in a passage an entity may be head of
 * one and tail of another, so that every mention of every entity asked about gets the same marker {@code [E]}, and direction is left to
 * the order in which head and tail are put together. Every mention is marked, not only the first. Entities that no pair asks about
 * stay as they are.
 */
public enum InputFormat {
    /** The text as it is. */
    PLAIN,
    /** {@code [E1] Rpn4 [/E1] binds [E2] Ubc4 [/E2]} (Baldini Soares et al. 2019, entity markers). */
    MENTION,
    /**
     * As {@link #MENTION}, with the type in plain words: {@code [E1] protein : Rpn4 [/E1]} (after Zhou and Chen 2022, typed markers).
     * The type is written in lower case and split at whatever is not a letter or digit, so that any data set's types are read with
     * words that the encoder knows. Without a type as {@link #MENTION}.
     */
    TYPED_MENTION,
    /**
     * Each mention becomes one token {@code @PROTEIN$}, {@code @ENTITY$} if its type is not known. Mentions that overlap become one
     * token with both types, {@code @CHEMICAL-GENE$}. A token that is such a mask already stays as it is.
     */
    MASKED;

    private static final List<String> MARKERS = List.of("[E1]", "[/E1]", "[E2]", "[/E2]", "[E]", "[/E]");
    private static final Pattern MASK = Pattern.compile("@\\S+\\$");

    /** The special tokens that {@link #mark} may add, always in the same order; none for formats without markers. */
    public List<String> markers() {
        return this == MENTION || this == TYPED_MENTION ? MARKERS : List.of();
    }

    /** A passage in this format. @param pairs what is asked about, at least one */
    public Marked mark(Passage passage, List<Pair> pairs) {
        List<Asked> asked = asked(passage, pairs);
        return this == MASKED ? masked(passage, asked) : marked(passage, asked);
    }

    /** One mention in one role. */
    private record Asked(int entity, String role, String type, Mention mention) {}

    /** The mentions asked about, from left to right, the longer first; on a tie in order of role. */
    private static List<Asked> asked(Passage passage, List<Pair> pairs) {
        List<Asked> asked = new ArrayList<>();
        if (pairs.size() == 1) {
            add(asked, passage, pairs.get(0).head(), "E1");
            add(asked, passage, pairs.get(0).tail(), "E2");
        } else pairs.stream().flatMapToInt(p -> Arrays.stream(new int[] {p.head(), p.tail()})).distinct().sorted().forEach(e -> add(asked, passage, e, "E"));
        asked.sort(Comparator.<Asked>comparingInt(a -> a.mention.start()).thenComparingInt(a -> -a.mention.end()));
        return asked;
    }

    private static void add(List<Asked> asked, Passage passage, int index, String role) {
        Entity entity = passage.entities().get(index);
        for (Mention m : entity.mentions()) asked.add(new Asked(index, role, entity.type(), m));
    }

    private Marked marked(Passage passage, List<Asked> asked) {
        List<String> tokens = new ArrayList<>();
        List<Integer> origin = new ArrayList<>();
        int n = passage.tokens().size();
        int[] at = new int[n], start = new int[asked.size()], end = new int[asked.size()];
        for (int i = 0; i <= n; i++) {
            // what was opened last is closed first, so that markers nest wherever mentions do
            for (int a = asked.size() - 1; a >= 0; a--)
                if (asked.get(a).mention.end() == i) {
                    if (this != PLAIN) add(tokens, origin, "[/" + asked.get(a).role + "]", -1);
                    end[a] = tokens.size();
                }
            for (int a = 0; a < asked.size(); a++)
                if (asked.get(a).mention.start() == i) {
                    start[a] = tokens.size();
                    if (this != PLAIN) add(tokens, origin, "[" + asked.get(a).role + "]", -1);
                    if (this == TYPED_MENTION) for (String word : typeWords(asked.get(a).type)) add(tokens, origin, word, -1);
                }
            if (i == n) break;
            at[i] = tokens.size();
            add(tokens, origin, passage.tokens().get(i), i);
        }
        SortedMap<Integer, List<Marked.Place>> places = new TreeMap<>();
        for (int a = 0; a < asked.size(); a++) {
            List<Integer> words = asked.get(a).mention.tokens().stream().map(t -> at[t]).boxed().toList();
            place(places, asked.get(a).entity, new Marked.Place(start[a], end[a], words));
        }
        return new Marked(tokens, origin, places);
    }

    private static Marked masked(Passage passage, List<Asked> asked) {
        int n = passage.tokens().size();
        int[] regionEnd = new int[n];
        for (Asked a : asked)
            for (Span s : a.mention.spans()) regionEnd[s.start()] = Math.max(regionEnd[s.start()], s.end());
        List<String> tokens = new ArrayList<>();
        List<Integer> origin = new ArrayList<>();
        int[] at = new int[n];
        for (int i = 0; i < n; ) {
            int end = i + 1;
            for (int j = i; j < end; j++) {
                end = Math.max(end, regionEnd[j]);
                at[j] = tokens.size();
            }
            String first = passage.tokens().get(i);
            boolean keep = regionEnd[i] == 0 || end == i + 1 && MASK.matcher(first).matches();
            add(tokens, origin, keep ? first : mask(asked, i, end), i);
            i = end;
        }
        SortedMap<Integer, List<Marked.Place>> places = new TreeMap<>();
        for (Asked a : asked) {
            List<Integer> words = a.mention.tokens().stream().map(t -> at[t]).distinct().boxed().toList();
            place(places, a.entity, new Marked.Place(words.get(0), words.get(words.size() - 1) + 1, words));
        }
        return new Marked(tokens, origin, places);
    }

    /** The token that stands for the tokens {@code start} to {@code end - 1}: the types of all entities in it, from left to right. */
    private static String mask(List<Asked> asked, int start, int end) {
        SortedMap<Integer, String> types = new TreeMap<>();
        List<Integer> order = new ArrayList<>();
        for (Asked a : asked)
            if (a.mention.spans().stream().anyMatch(s -> s.start() < end && s.end() > start) && types.putIfAbsent(a.entity, a.type) == null)
                order.add(a.entity);
        List<String> names = order.stream().map(types::get).map(t -> t.isBlank() ? "ENTITY" : t.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", "_")).toList();
        return "@" + String.join("-", names) + "$";
    }

    private static List<String> typeWords(String type) {
        List<String> words = new ArrayList<>();
        for (String word : type.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) if (!word.isEmpty()) words.add(word);
        if (!words.isEmpty()) words.add(":");
        return words;
    }

    private static void add(List<String> tokens, List<Integer> origin, String token, int from) {
        tokens.add(token);
        origin.add(from);
    }

    /** An entity that is head and tail of one pair is met twice at each place; its first, outer markers count. */
    private static void place(SortedMap<Integer, List<Marked.Place>> places, int entity, Marked.Place place) {
        List<Marked.Place> of = places.computeIfAbsent(entity, e -> new ArrayList<>());
        if (of.stream().noneMatch(p -> p.words().equals(place.words()))) of.add(place);
    }
}
