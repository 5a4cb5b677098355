package relata.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in columns. */
final class Table {
    private static final int NARROWEST = 24;

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
        return text(Integer.MAX_VALUE);
    }

    /** The same, with the last column wrapped between words so that lines are not longer than {@code columns}, if there is room for it at all. */
    String wrapped(int columns) {
        return text(columns);
    }

    private String text(int columns) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows)
            for (int i = 0; i < row.size(); i++) {
                if (i == widths.size()) widths.add(0);
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        int before = widths.stream().limit(Math.max(0, widths.size() - 1)).mapToInt(w -> w + 2).sum();
        int room = Math.max(NARROWEST, columns - before);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                if (i + 1 < widths.size()) line.append(row.get(i)).append(i + 1 < row.size() ? " ".repeat(widths.get(i) - row.get(i).length() + 2) : "");
                else line.append(String.join("\n" + " ".repeat(before), lines(row.get(i), room)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** A text in lines of words; a word that is too long has a line by itself. */
    static List<String> lines(String text, int room) {
        if (text.length() <= room) return List.of(text);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
