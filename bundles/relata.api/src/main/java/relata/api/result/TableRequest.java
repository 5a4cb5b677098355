package relata.api.result;

import java.util.List;

/**
 * What a table of results should show.
 *
 * @param rows what its rows stand for: {@code recipe}, {@code stage}, {@code seed}, {@code fold}, {@code fraction}, or paths of settings, such as {@code encoder.with.format}; empty: all that differs
 * @param columns what its columns stand for, likewise; empty: {@code fraction}, if it differs
 * @param figure the figure of the cells, e.g. {@code accuracy}, or of one stage: {@code test.micro-f1}; empty: {@code micro-f1}, else {@code accuracy}
 * @param smaller the smallest is the best
 * @param resamples of the paired bootstrap; 0: nothing is compared
 * @param option what stands before the name of one of these in messages: {@code --} on a command line
 */
public record TableRequest(List<String> rows, List<String> columns, String figure, boolean smaller, int resamples, String option) {
    public TableRequest {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        if (resamples < 0) throw new IllegalArgumentException(option + "resamples was " + resamples + " but must not be negative");
    }
}
