package relata.api.run;

/**
 * Something wrong in a recipe.
 *
 * @param line line in the file, from 1; 0 if the value came from the command line, -1 if it is not known
 * @param path where, e.g. {@code stages.pretrain.with.epochs}
 * @param message value, rule, and what is available
 */
public record Mistake(int line, String path, String message) {}
