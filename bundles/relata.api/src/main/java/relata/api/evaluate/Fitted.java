package relata.api.evaluate;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A classifier after fitting. Safe for several threads. */
@ConsumerType
public interface Fitted {
    /** The labels that it knows, sorted. */
    List<String> labels();

    /**
     * A score for each of {@link #labels()}, larger is likelier.
     *
     * @param vector of the width that was fitted
     */
    double[] score(float[] vector);
}
