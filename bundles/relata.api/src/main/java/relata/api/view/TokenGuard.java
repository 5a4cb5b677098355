package relata.api.view;

import java.util.BitSet;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;
import relata.api.corpus.Example;

/** Says which tokens an augmenter must leave alone. */
@ConsumerType
@Kind("guard")
public interface TokenGuard {
    /** Token indexes of the example's passage that must stay, in form and in order. */
    BitSet guarded(Example example);
}
