package relata.api.view;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/** Parses tokenised text. Implementations may be slow to start and must be safe to call from several threads. */
@ConsumerType
@Kind("parser")
public interface DependencyParser {
    /**
     * Parses a passage of one or several sentences. The graph has exactly these tokens.
     *
     * @param tokens at least one
     */
    DependencyGraph parse(List<String> tokens);

    /** Changes when parses may change: name and version of parser and model. Part of cache keys and provenance. */
    default String version() {
        return getClass().getName();
    }
}
