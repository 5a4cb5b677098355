package relata.api.view;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;
import relata.api.corpus.Example;

/** Makes other wordings of an example that keep the relation. */
@ConsumerType
@Kind("augmenter")
public interface Augmenter {
    /**
     * One view, or several; never none. Where nothing may be changed, the view equals the example.
     * Entities stay, mentions follow their tokens. The same generator state gives the same views.
     */
    List<View> augment(Example example, RandomGenerator random);

    /** Tokens that are no words: what its views hold in the place of words, e.g. blanks. Recipes whose encoder would split one into pieces are refused. */
    default Set<String> symbols() {
        return Set.of();
    }
}
