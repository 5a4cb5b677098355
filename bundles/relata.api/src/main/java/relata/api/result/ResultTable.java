package relata.api.result;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Results in the shape of a paper's table.
 *
 * @param caption what the cells are
 * @param scale how its numbers are written
 * @param heads what the first columns hold: the keys of rows
 * @param columns the headings of the others
 * @param rows in order
 * @param verdicts what the paired bootstrap says of each pair of rows that can be compared
 * @param notes what must be known of them
 */
public record ResultTable(String caption, Scale scale, List<String> heads, List<String> columns, List<Row> rows, List<Verdict> verdicts, List<String> notes) {
    public ResultTable {
        heads = List.copyOf(heads);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        verdicts = List.copyOf(verdicts);
        notes = List.copyOf(notes);
    }

    /**
     * A row.
     *
     * @param titles one for each of the heads
     * @param cells one for each of the columns; empty where there is no result
     */
    public record Row(List<String> titles, List<Optional<Cell>> cells) {
        public Row {
            titles = List.copyOf(titles);
            cells = List.copyOf(cells);
        }

        /** All titles. */
        public String title() {
            return String.join(", ", titles);
        }
    }

    /**
     * A cell.
     *
     * @param runs by seed the ids of its runs: one, or one for each fold
     * @param spread over the seeds, each the mean of its folds
     * @param pooled with folds: the median over the seeds, each judged on the answers of all folds together
     * @param best no other of its column is better
     * @param level not the best, but not distinguishable from the best of its column
     */
    public record Cell(SortedMap<Long, List<String>> runs, Spread spread, Optional<Double> pooled, boolean best, boolean level) {
        public Cell {
            TreeMap<Long, List<String>> copy = new TreeMap<>();
            runs.forEach((seed, ids) -> copy.put(seed, List.copyOf(ids)));
            runs = Collections.unmodifiableSortedMap(copy);
        }
    }

    /**
     * The difference of two cells of one column in the mean over the seeds, by the paired bootstrap.
     *
     * @param column which, from 0
     * @param first a row, from 0
     * @param second another row, below
     * @param difference second minus first
     * @param low lower end of the 95 % interval
     * @param high upper end
     * @param distinguishable true if 0 lies outside the interval: the difference can be told from chance, on these test items
     */
    public record Verdict(int column, int first, int second, double difference, double low, double high, boolean distinguishable) {}
}
