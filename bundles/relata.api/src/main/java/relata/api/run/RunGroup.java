package relata.api.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs that belong together: one recipe with several settings, e.g. seeds or shares of the training data. Each run knows the whole plan, so that what is
 * missing can be made up from any of them.
 *
 * @param id the same in all its runs; begins with {@code group-}
 * @param recipe the recipe in YAML with every default filled in, before what the plan sets
 * @param plan what is set in the recipe for each run: path to YAML value, as {@link Recipes#read} takes them
 * @param place which of the plan's runs this is, from 0
 */
public record RunGroup(String id, String recipe, List<Map<String, String>> plan, int place) {
    /** What the id of every group begins with. */
    public static final String PREFIX = "group-";

    public RunGroup {
        plan = plan.stream().map(set -> Collections.unmodifiableMap(new LinkedHashMap<>(set))).toList();
        if (!id.startsWith(PREFIX)) throw new IllegalArgumentException("'" + id + "' is no id of a group: it should begin with " + PREFIX);
        if (place < 0 || place >= plan.size()) throw new IllegalArgumentException("group " + id + " has no run " + place + ": it has " + plan.size());
    }

    /** The same for another of its runs. */
    public RunGroup at(int other) {
        return new RunGroup(id, recipe, plan, other);
    }
}
