package relata.api.learn;

import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** Keeps the pairs worth learning from, by changing weights. */
@ConsumerType
@Kind("miner")
public interface Miner {
    /** The same similarities with fewer or re-weighted pairs. */
    Contrast mine(Contrast contrast);
}
