package relata.api.run;

/**
 * How far a stage is.
 *
 * @param what what is going on, e.g. {@code epoch 2 of 3}
 * @param done units done
 * @param total units in all; 0 if unknown
 * @param unit what is counted, in the plural, e.g. {@code steps}
 * @param note short extra, e.g. {@code loss 1.234}, or empty
 */
public record Progress(String what, long done, long total, String unit, String note) {}
