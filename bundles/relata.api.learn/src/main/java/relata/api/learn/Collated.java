package relata.api.learn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import relata.api.view.Instance;
import relata.api.view.View;

/**
 * A batch in numbers, still without tensors: made off the training thread.
 *
 * @param views the B views
 * @param rows the R pairs of all views, in order of views and pairs: what the rows of {@link Encoding#relations()} stand for
 * @param length L, the padded length
 * @param fields whatever the encoder needs, by names that it chooses
 */
public record Collated(List<View> views, List<Instance> rows, int length, Map<String, Field> fields) {
    public Collated {
        views = List.copyOf(views);
        rows = List.copyOf(rows);
        fields = Map.copyOf(fields);
    }

    /**
     * A matrix of whole numbers.
     *
     * @param values row by row; not copied, not to be changed
     * @param shape its shape
     */
    public record Field(long[] values, long... shape) {}

    /** All pairs of some views, in order: the {@code rows} of a batch. */
    public static List<Instance> rows(List<View> views) {
        List<Instance> rows = new ArrayList<>();
        for (View view : views) for (int pair = 0; pair < view.pairs().size(); pair++) rows.add(new Instance(view, pair));
        return rows;
    }

    /** The same batch with these fields added, or put in the place of those that have their names. */
    public Collated with(Map<String, Field> more) {
        Map<String, Field> all = new HashMap<>(fields);
        all.putAll(more);
        return new Collated(views, rows, length, all);
    }

    /** The field of that name. @throws IllegalArgumentException if there is none */
    public Field field(String name) {
        Field field = fields.get(name);
        if (field == null) throw new IllegalArgumentException("the batch has no field '" + name + "'; there are: " + fields.keySet());
        return field;
    }
}
