package relata.api.view;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** Knows synonyms. */
@ConsumerType
@Kind("lexicon")
public interface Lexicon {
    /**
     * Other words for a word, sorted, without the word itself (case ignored); empty if there are none.
     *
     * @param word as in the text
     * @param pos only synonyms of this word class, if given
     */
    List<String> synonyms(String word, Optional<PartOfSpeech> pos);
}
