package relata.api.view;

import java.util.Optional;

/** The four word classes that lexicons know. */
public enum PartOfSpeech {
    NOUN,
    VERB,
    ADJECTIVE,
    ADVERB;

    /** The class of a Penn tag ({@code NNS} is a noun), if it is one of the four. */
    public static Optional<PartOfSpeech> ofPenn(String tag) {
        if (tag.startsWith("NN")) return Optional.of(NOUN);
        if (tag.startsWith("VB")) return Optional.of(VERB);
        if (tag.startsWith("JJ")) return Optional.of(ADJECTIVE);
        if (tag.startsWith("RB")) return Optional.of(ADVERB);
        return Optional.empty();
    }
}
