package relata.augment.lexical;

import java.util.Locale;
import java.util.Set;

/** English words that carry grammar, not meaning: a lexicon would take {@code he} for helium and {@code in} for indium. */
final class FunctionWords {
    private static final Set<String> WORDS = Set.of((
            // articles, determiners, quantifiers
            "a an the this that these those each every either neither some any no none all both such another other others "
            // pronouns
            + "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself "
            + "it its itself they them their theirs themselves one ones who whom whose which what "
            // prepositions and particles
            + "of in on at by for with from to into onto upon about above across after against along among around as before behind below "
            + "beneath beside between beyond down during except inside near off out outside over past per since than through throughout "
            + "till toward towards under until up via within without "
            // conjunctions, question words, negation
            + "and or but nor so yet if because while whereas although though unless whether when where why how then there here not "
            // auxiliaries
            + "be am is are was were been being have has had having do does did doing done can could may might must shall should will would "
            // cut-off endings, as tokenisers leave them
            + "'s 're 've 'll 'd 'm n't ca wo").split(" "));

    private FunctionWords() {}

    /** True for a function word, whatever its case. */
    static boolean contains(String word) {
        return WORDS.contains(word.toLowerCase(Locale.ROOT));
    }
}
