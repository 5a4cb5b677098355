package relata.corpus.biomedical;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import relata.api.corpus.Corpus;
import relata.corpus.text.SplitNames;
import relata.corpus.text.Unseen;

/** What the readers of documents need to know to read again what was written. */
record DocumentSettings(WrittenPairs pairs, boolean standard, String negative, Unseen unseen) {
    private static final String NONE = "none";

    /** @param writtenType what becomes of a type in the format @param standard what the reader takes {@code directed} for if it is not said */
    static DocumentSettings of(Corpus corpus, UnaryOperator<String> writtenType, boolean standard) {
        return new DocumentSettings(WrittenPairs.of(corpus, writtenType, standard), standard, corpus.negative().orElse(NONE), SplitNames.unseen(corpus) ? Unseen.KEEP : Unseen.ERROR);
    }

    /** Those that are not as they are if nothing is said. @param levels true if the reader must be told that documents are examples */
    Map<String, Object> map(boolean levels) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (levels) settings.put("level", "document");
        pairs.into(settings, standard);
        if (!negative.equals(NONE)) settings.put("negative", negative);
        if (unseen == Unseen.KEEP) settings.put("unseen", "keep");
        return settings;
    }
}
