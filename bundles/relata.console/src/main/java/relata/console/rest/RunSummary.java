package relata.console.rest;

import java.time.Instant;
import java.util.Optional;
import relata.api.component.Doc;

/**
 * A run in a list.
 *
 * @param recipe its recipe's name
 * @param title its recipe's title, or empty
 * @param status {@code running}, {@code waiting}, {@code done}, {@code failed} or {@code stopped}
 * @param error why it failed, or empty
 * @param started when it was made
 * @param ended since when it stands as it does, unless it runs or waits
 * @param group the group that it is one of, or empty
 * @param stages how many it has
 * @param done how many of them are done
 * @param worked seconds in which a process worked on it, up to now: not those in which it waited, or stood still before it was resumed
 */
public record RunSummary(
        String id, String recipe, String title, String status, String error, Instant started, Optional<Instant> ended, long seed, String group, int stages, int done,
        @Doc("Seconds in which a process worked on it, up to now: not those in which it waited, or stood still before it was resumed.") double worked) {}
