package relata.api.view;

import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** Decides which instances of a batch attract and repel each other. */
@ConsumerType
@Kind("pairing")
public interface Pairing {
    /** What {@code candidate} is to {@code anchor}; never asked about an instance and itself. */
    Bond bond(Instance anchor, Instance candidate);
}
