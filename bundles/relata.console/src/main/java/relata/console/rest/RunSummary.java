package relata.console.rest;

import java.time.Instant;
import java.util.Optional;

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
 */
public record RunSummary(
        String id, String recipe, String title, String status, String error, Instant started, Optional<Instant> ended, long seed, String group, int stages, int done) {}
