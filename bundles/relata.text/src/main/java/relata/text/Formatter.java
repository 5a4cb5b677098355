package relata.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import relata.api.corpus.Entity;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

/**
 * Writes passages in an {@link InputFormat}.
 *
 * <p>With one pair, markers tell head from tail. With several pairs in a passage an entity may be head of one and tail of another, so that every
 * mention of every entity asked about gets the same markers, and direction is left to the order in which head and tail are put together.
 *
 * @param format what is shown
 * @param markers what is put around the entities, in formats with markers
 * @param symbols tokens that stand for a mention, each to be read as one piece. {@link InputFormat#ONLY_CONTEXT} puts the first in the place of a
 *     head and the second, if there is one, in that of a tail; with several pairs the first. Augmenters may have put any of them into a text
 */
public record Formatter(InputFormat format, Markers markers, List<String> symbols) {
    /** The usual symbols. */
    public static final List<String> SYMBOLS = List.of("[BLANK]");

    private static final String NO_TYPE = "entity";

    /** @throws IllegalArgumentException if a symbol is empty or has a space, or the format needs one and there is none */
    public Formatter {
        symbols = List.copyOf(symbols);
        symbols.forEach(symbol -> Markers.whole("symbol", symbol));
        if (format == InputFormat.ONLY_CONTEXT && symbols.isEmpty())
            throw new IllegalArgumentException("format only-context needs one of the symbols to stand for the mentions, but there are none");
    }

    /** The special tokens that {@link #mark} itself may write, always in the same order: markers and, if the format has any, blanks. */
    public List<String> written() {
        Stream<String> blanks = format == InputFormat.ONLY_CONTEXT ? symbols.stream().limit(2) : Stream.of();
        return format.marked() ? Stream.concat(markers.all().stream(), blanks).distinct().toList() : List.of();
    }

    /** All tokens that an encoder must read as one piece: what {@link #mark} may write, then all symbols. */
    public List<String> whole() {
        return Stream.concat(written().stream(), symbols.stream()).distinct().toList();
    }

    /** The first entity asked about whose type is not known, if the format {@linkplain InputFormat#typed() is to show it}. */
    public Optional<Entity> untyped(Passage passage, List<Pair> pairs) {
        if (!format.typed()) return Optional.empty();
        return Asked.of(passage, pairs).stream().filter(a -> typeWords(a.type()).isEmpty()).map(a -> passage.entities().get(a.entity())).findFirst();
    }

    /** A passage in this format. @param pairs what is asked about, at least one */
    public Marked mark(Passage passage, List<Pair> pairs) {
        List<Asked> asked = Asked.of(passage, pairs);
        return switch (format) {
            case PLAIN, MENTION, TYPED_MENTION -> around(passage, asked);
            case TYPE, ONLY_CONTEXT -> instead(passage, asked);
            case ONLY_MENTION -> alone(passage, asked);
            case ONLY_TYPE -> alone(passage, firsts(asked));
            case MASKED -> masked(passage, asked);
        };
    }

    /** All words, with markers around the mentions. */
    private Marked around(Passage passage, List<Asked> asked) {
        Draft draft = new Draft();
        int n = passage.tokens().size();
        int[] at = new int[n], start = new int[asked.size()], end = new int[asked.size()];
        for (int i = 0; i <= n; i++) {
            // what was opened last is closed first, so that markers nest wherever mentions do
            for (int a = asked.size() - 1; a >= 0; a--)
                if (asked.get(a).mention().end() == i) {
                    if (format.marked()) draft.mark(markers.end(asked.get(a).role()));
                    end[a] = draft.next();
                }
            for (int a = 0; a < asked.size(); a++)
                if (asked.get(a).mention().start() == i) {
                    start[a] = draft.next();
                    if (format.marked()) draft.mark(markers.start(asked.get(a).role()));
                    if (format == InputFormat.TYPED_MENTION) {
                        List<String> type = typeWords(asked.get(a).type());
                        type.forEach(word -> draft.write(word, -1));
                        if (!type.isEmpty()) draft.write(":", -1);
                    }
                }
            if (i == n) break;
            at[i] = draft.next();
            draft.write(passage.tokens().get(i), i);
        }
        for (int a = 0; a < asked.size(); a++) {
            // of an entity with itself, the first, outer markers count
            if (!asked.get(a).again())
                draft.place(asked.get(a).entity(), new Marked.Place(start[a], end[a], asked.get(a).mention().tokens().stream().map(t -> at[t]).boxed().toList()));
        }
        return draft.marked();
    }

    /** The words outside the mentions, and where each mention begins its type or a blank. */
    private Marked instead(Passage passage, List<Asked> asked) {
        BitSet hidden = new BitSet();
        asked.forEach(a -> hidden.or(a.mention().tokens()));
        Draft draft = new Draft();
        int next = 0;
        for (int i = 0; i < passage.tokens().size(); i++) {
            for (; next < asked.size() && asked.get(next).mention().start() == i; next++) unit(draft, passage, asked.get(next));
            if (!hidden.get(i)) draft.write(passage.tokens().get(i), i);
        }
        return draft.marked();
    }

    /** The mentions, one after the other. */
    private Marked alone(Passage passage, List<Asked> asked) {
        Draft draft = new Draft();
        asked.forEach(a -> unit(draft, passage, a));
        return draft.marked();
    }

    /** The first mention of each entity in each role. */
    private static List<Asked> firsts(List<Asked> asked) {
        Map<Asked.Role, Set<Integer>> known = new EnumMap<>(Asked.Role.class);
        return asked.stream().filter(a -> known.computeIfAbsent(a.role(), r -> new HashSet<>()).add(a.entity())).toList();
    }

    /** A mention and its markers, apart from all others. */
    private void unit(Draft draft, Passage passage, Asked asked) {
        int start = draft.next();
        draft.mark(markers.start(asked.role()));
        List<Integer> words = new ArrayList<>();
        if (format == InputFormat.ONLY_MENTION)
            asked.mention().tokens().stream().forEach(t -> {
                words.add(draft.next());
                draft.write(passage.tokens().get(t), t);
            });
        else
            for (String word : format == InputFormat.ONLY_CONTEXT ? List.of(blank(asked.role())) : typeOrAny(asked.type())) {
                words.add(draft.next());
                draft.write(word, asked.mention().start());
            }
        draft.mark(markers.end(asked.role()));
        if (!asked.again()) draft.place(asked.entity(), new Marked.Place(start, draft.next(), words));
    }

    private String blank(Asked.Role role) {
        return symbols.get(role == Asked.Role.TAIL && symbols.size() > 1 ? 1 : 0);
    }

    private static Marked masked(Passage passage, List<Asked> asked) {
        int n = passage.tokens().size();
        int[] regionEnd = new int[n];
        for (Asked a : asked)
            for (Span s : a.mention().spans()) regionEnd[s.start()] = Math.max(regionEnd[s.start()], s.end());
        Draft draft = new Draft();
        int[] at = new int[n];
        for (int i = 0; i < n; ) {
            int end = i + 1;
            for (int j = i; j < end; j++) {
                end = Math.max(end, regionEnd[j]);
                at[j] = draft.next();
            }
            String first = passage.tokens().get(i);
            boolean keep = regionEnd[i] == 0 || end == i + 1 && Masks.isMask(first);
            draft.write(keep ? first : mask(asked, i, end), i);
            i = end;
        }
        for (Asked a : asked) {
            List<Integer> words = a.mention().tokens().stream().map(t -> at[t]).distinct().boxed().toList();
            draft.place(a.entity(), new Marked.Place(words.get(0), words.get(words.size() - 1) + 1, words));
        }
        return draft.marked();
    }

    /** The token that stands for the tokens {@code start} to {@code end - 1}: the types of all entities in it, from left to right. */
    private static String mask(List<Asked> asked, int start, int end) {
        SortedMap<Integer, String> types = new TreeMap<>();
        List<Integer> order = new ArrayList<>();
        for (Asked a : asked)
            if (a.mention().spans().stream().anyMatch(s -> s.start() < end && s.end() > start) && types.putIfAbsent(a.entity(), a.type()) == null)
                order.add(a.entity());
        List<String> names = order.stream().map(types::get).map(t -> t.isBlank() ? "ENTITY" : t.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", "_")).toList();
        return "@" + String.join("-", names) + "$";
    }

    private static List<String> typeOrAny(String type) {
        List<String> words = typeWords(type);
        return words.isEmpty() ? List.of(NO_TYPE) : words;
    }

    private static List<String> typeWords(String type) {
        return Stream.of(type.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")).filter(word -> !word.isEmpty()).toList();
    }
}
