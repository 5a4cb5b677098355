package relata.text;

import java.util.List;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;

/**
 * How an encoder is shown which entities are asked about, and what of them and of the words around them it is shown.
 *
 * <p>Every mention of every entity asked about is treated alike, not only the first. Other entities stay as they are, and so do names that the
 * corpus does not list as mentions. The examples are the pair (Rpn4, Ubc4) of <em>Rpn4 binds Ubc4 .</em>
 */
public enum InputFormat {
    /** The text as it is. */
    PLAIN,
    /** {@code [E1] Rpn4 [/E1] binds [E2] Ubc4 [/E2] .} (Baldini Soares et al. 2019, entity markers; Peng et al. 2020, C+M). */
    MENTION,
    /**
     * {@code [E1] protein [/E1] binds [E2] enzyme [/E2] .}: its type in the place of each mention (Peng et al. 2020, C+T). The type is written
     * in plain words, as for {@link #TYPED_MENTION}, where the paper has a token of its own for each type; without a type it is the
     * word {@code entity}.
     */
    TYPE,
    /**
     * As {@link #MENTION}, with the type in plain words: {@code [E1] protein : Rpn4 [/E1]} (after Zhou and Chen 2022, typed markers).
     * The type is written in lower case and split at whatever is not a letter or digit, so that any data set's types are read with
     * words that the encoder knows. Without a type as {@link #MENTION}.
     */
    TYPED_MENTION,
    /**
     * {@code [E1] [BLANK] [/E1] binds [E2] [BLANK] [/E2] .}: one symbol in the place of each mention, however long it is (Peng et al. 2020, OnlyC).
     * Nothing of a mention is left, also where mentions are nested or cross each other; what lies in the gap of a discontinuous one is context.
     */
    ONLY_CONTEXT,
    /** {@code [E1] Rpn4 [/E1] [E2] Ubc4 [/E2]}: the mentions in text order and nothing else (Peng et al. 2020, OnlyM). */
    ONLY_MENTION,
    /**
     * {@code [E1] protein [/E1] [E2] enzyme [/E2]}: the types, once for each entity, in order of first mention (Peng et al. 2020, OnlyT). Types
     * as for {@link #TYPE}.
     */
    ONLY_TYPE,
    /**
     * {@code @PROTEIN$ binds @ENZYME$ .}: each mention becomes one token, {@code @ENTITY$} if its type is not known. Mentions that overlap become one
     * token with both types, {@code @CHEMICAL-GENE$}. A token that is such a mask already stays as it is.
     */
    MASKED;

    /** True if markers are put around the entities. */
    public boolean marked() {
        return this != PLAIN && this != MASKED;
    }

    /** True if an entity without a type is shown with less than the format promises: with no type, or a word that fits any. */
    public boolean typed() {
        return this == TYPE || this == TYPED_MENTION || this == ONLY_TYPE;
    }

    /** The usual markers if this format has markers, always in the same order; none for others. */
    public List<String> markers() {
        return usual().written();
    }

    /** A passage in this format, with the usual markers and blank. @param pairs what is asked about, at least one */
    public Marked mark(Passage passage, List<Pair> pairs) {
        return usual().mark(passage, pairs);
    }

    private Formatter usual() {
        return new Formatter(this, Markers.USUAL, Formatter.SYMBOLS);
    }
}
