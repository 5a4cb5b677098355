package relata.api.learn;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import relata.api.view.View;

/** Turns views into the inputs of a graph that {@link Encoder#draw} wrote: what an encoder does before any weight is needed. Safe for any thread. */
@ConsumerType
public interface GraphInputs extends AutoCloseable {
    /** Number of tokens that the model would see of this view, as {@link Encoder#length} says it. */
    int length(View view);

    /** The inputs for some views, by the names that the graph gives them; rows of the results are the pairs of all views, in order. */
    Map<String, Collated.Field> of(List<View> views);

    @Override
    void close();
}
