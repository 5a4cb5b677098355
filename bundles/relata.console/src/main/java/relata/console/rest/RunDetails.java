package relata.console.rest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.component.Doc;

/**
 * A run with its stages; the first entries are those of {@link RunSummary}.
 *
 * @param stages in the order of the recipe
 * @param provenance what {@code provenance.json} holds; empty before the run has begun
 * @param headline the figures that sum it up, as {@code stage.metric}
 * @param worked as in {@link RunSummary}
 */
record RunDetails(
        String id, String recipe, String title, String status, String error, Instant started, Optional<Instant> ended, long seed, String group,
        List<StageDetails> stages, Optional<Object> provenance, Map<String, Double> headline,
        @Doc("Seconds in which a process worked on it, up to now: not those in which it waited, or stood still before it was resumed.") double worked) {
    /**
     * A stage.
     *
     * @param use its part
     * @param state {@code waiting}, {@code running}, {@code done} or {@code failed}
     * @param needs the stages whose results it takes
     * @param produces what it gives, e.g. {@code model}; empty if its part is not installed
     * @param note why it failed, or what is to be known about it; often empty
     * @param progress how far it is, while this process works on it
     */
    record StageDetails(String name, String use, String state, List<String> needs, String produces, String note, Optional<Broadcast.Progressed> progress) {}
}
