package relata.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import relata.api.result.ResultTable;
import relata.api.result.Spread;

/**
 * A table of results as text, Markdown, CSV or HTML.
 *
 * @param table what is shown
 * @param mean whether cells show mean and deviation beside the median
 */
record TablePage(ResultTable table, boolean mean) {
    static final List<String> FORMATS = List.of("txt", "md", "csv", "html");

    private static final String BEST = "*";
    private static final String LEVEL = "†";
    private static final String MISSING = "–";

    // colours by system names and a few of our own, so that the page follows the reader's light or dark
    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #8a8a8a; --soft: #f0f3f7; --text: #1a1a1a; --page: #ffffff; }
            @media (prefers-color-scheme: dark) { :root { --line: #7a7a7a; --soft: #23272e; --text: #ececec; --page: #15171a; } }
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; color: var(--text); background: var(--page); }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; border-block: 2px solid var(--line); }
            caption { text-align: start; padding-block: .5rem; font-weight: 600; }
            th, td { padding: .35rem .9rem; text-align: start; }
            td, thead th.figure { text-align: end; font-variant-numeric: tabular-nums; }
            thead { border-block-end: 1px solid var(--line); }
            tbody tr:nth-child(even) { background: var(--soft); }
            .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
            """;

    /** In a format of {@link #FORMATS}. */
    String in(String format) {
        return switch (format) {
            case "txt" -> text();
            case "md" -> markdown();
            case "csv" -> csv();
            case "html" -> html();
            default -> throw new IllegalArgumentException("'" + format + "' is none of " + FORMATS);
        };
    }

    private List<String> legend() {
        List<String> legend = new ArrayList<>();
        if (cells().stream().anyMatch(ResultTable.Cell::best)) legend.add("best of its column");
        if (cells().stream().anyMatch(ResultTable.Cell::level)) legend.add(LEVEL + " not distinguishable from the best of its column");
        if (table.rows().stream().anyMatch(r -> r.cells().contains(Optional.<ResultTable.Cell>empty()))) legend.add(MISSING + " no result");
        return legend;
    }

    private List<ResultTable.Cell> cells() {
        return table.rows().stream().flatMap(r -> r.cells().stream()).flatMap(Optional::stream).toList();
    }

    /** The numbers of a cell, without marks. */
    private String numbers(ResultTable.Cell cell) {
        Spread spread = cell.spread();
        List<String> beside = new ArrayList<>();
        if (mean) beside.add("mean " + table.scale().number(spread.mean()) + " ± " + table.scale().number(spread.deviation()));
        cell.pooled().ifPresent(p -> beside.add("pooled " + table.scale().number(p)));
        Set<Integer> sizes = new TreeSet<>();
        cells().forEach(c -> sizes.add(c.runs().size()));
        if (sizes.size() > 1) beside.add("n " + cell.runs().size());
        return table.scale().number(spread.median()) + (beside.isEmpty() ? "" : " (" + String.join(", ", beside) + ")");
    }

    String text() {
        Table lines = new Table();
        List<String> head = new ArrayList<>(table.heads());
        head.addAll(table.columns());
        lines.row(head.toArray());
        for (ResultTable.Row row : table.rows()) {
            List<String> cells = new ArrayList<>(row.titles());
            row.cells().forEach(c -> cells.add(c.map(x -> numbers(x) + (x.best() ? BEST : "") + (x.level() ? LEVEL : "")).orElse(MISSING)));
            lines.row(cells.toArray());
        }
        StringBuilder out = new StringBuilder(table.caption()).append('\n').append(lines);
        for (String l : legend()) out.append(l.startsWith("best") ? BEST + " " + l : l).append('\n');
        for (String note : table.notes()) out.append("- ").append(note).append('\n');
        return out.toString();
    }

    String markdown() {
        StringBuilder out = new StringBuilder("**" + pipes(table.caption()) + "**\n\n");
        List<String> head = new ArrayList<>(table.heads());
        head.addAll(table.columns());
        line(out, head);
        out.append("|---".repeat(table.heads().size())).append("|---:".repeat(table.columns().size())).append("|\n");
        for (ResultTable.Row row : table.rows()) {
            List<String> cells = new ArrayList<>(row.titles());
            row.cells().forEach(c -> cells.add(c.map(x -> (x.best() ? "**" + numbers(x) + "**" : numbers(x)) + (x.level() ? LEVEL : "")).orElse(MISSING)));
            line(out, cells);
        }
        out.append('\n');
        for (String l : legend()) out.append("- ").append(l.startsWith("best") ? "**bold**: " + l : l).append('\n');
        for (String note : table.notes()) out.append("- ").append(pipes(note)).append('\n');
        return out.toString();
    }

    private static void line(StringBuilder out, List<String> cells) {
        out.append(cells.stream().map(TablePage::pipes).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String pipes(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace('\n', ' ');
    }

    /** Every number of every cell, not rounded; no notes. */
    String csv() {
        List<String> head = new ArrayList<>(table.heads());
        for (String column : table.columns()) for (String what : List.of("median", "mean", "deviation", "min", "max", "seeds", "pooled", "mark")) head.add(column + " " + what);
        StringBuilder out = new StringBuilder(csvLine(head));
        for (ResultTable.Row row : table.rows()) {
            List<String> cells = new ArrayList<>(row.titles());
            for (Optional<ResultTable.Cell> cell : row.cells()) {
                if (cell.isEmpty()) {
                    cells.addAll(List.of("", "", "", "", "", "0", "", ""));
                    continue;
                }
                ResultTable.Cell c = cell.get();
                Spread s = c.spread();
                for (double number : new double[] {s.median(), s.mean(), s.deviation(), s.min(), s.max()}) cells.add(String.valueOf(number));
                cells.addAll(List.of(String.valueOf(c.runs().size()), c.pooled().map(String::valueOf).orElse(""), c.best() ? "best" : c.level() ? "level" : ""));
            }
            out.append(csvLine(cells));
        }
        return out.toString();
    }

    private static String csvLine(List<String> fields) {
        return fields.stream().map(f -> f.matches("[^\",\\r\\n]*") ? f : "\"" + f.replace("\"", "\"\"") + "\"").collect(Collectors.joining(",")) + "\r\n";
    }

    /** A page by itself: no script, nothing from elsewhere. */
    String html() {
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + escaped(table.caption()) + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<main>\n<div class=\"wide\" role=\"region\" aria-label=\"Results\" tabindex=\"0\">\n<table>\n<caption>"
                + escaped(table.caption()) + "</caption>\n<thead>\n<tr>");
        for (String head : table.heads()) out.append("<th scope=\"col\">").append(escaped(head)).append("</th>");
        for (String column : table.columns()) out.append("<th scope=\"col\" class=\"figure\">").append(escaped(column)).append("</th>");
        out.append("</tr>\n</thead>\n<tbody>\n");
        for (ResultTable.Row row : table.rows()) {
            out.append("<tr>");
            for (String title : row.titles()) out.append("<th scope=\"row\">").append(escaped(title)).append("</th>");
            for (Optional<ResultTable.Cell> cell : row.cells()) out.append("<td>").append(cell.map(this::htmlCell).orElse(MISSING + "<span class=\"said\"> no result</span>")).append("</td>");
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n</div>\n");
        List<String> notes = new ArrayList<>();
        for (String l : legend()) notes.add(l.startsWith("best") ? "<strong>Bold</strong>: " + escaped(l) : escaped(l));
        table.notes().forEach(n -> notes.add(escaped(n)));
        if (!notes.isEmpty()) out.append("<h2>Notes</h2>\n<ul>\n").append(notes.stream().map(n -> "<li>" + n + "</li>\n").collect(Collectors.joining())).append("</ul>\n");
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    private String htmlCell(ResultTable.Cell cell) {
        String numbers = escaped(numbers(cell));
        if (cell.best()) return "<strong>" + numbers + "</strong><span class=\"said\"> best</span>";
        return cell.level() ? numbers + "<span aria-hidden=\"true\">" + LEVEL + "</span><span class=\"said\"> not distinguishable from the best</span>" : numbers;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
