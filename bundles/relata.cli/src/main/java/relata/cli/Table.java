package relata.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in columns. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row. */
    Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) row.add(cell.toString());
        rows.add(row);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** All rows; columns are as wide as their widest cell, the last is not padded. */
    @Override
    public String toString() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows)
            for (int i = 0; i < row.size(); i++) {
                if (i == widths.size()) widths.add(0);
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i));
                if (i + 1 < row.size()) line.append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
