package relata.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What became of a corpus in another format.
 *
 * @param before what was read
 * @param after what is read of it now
 * @param lost what the format could not hold
 * @param command reads it again
 */
record Conversion(CorpusStatistics before, CorpusStatistics after, Map<String, Lost.Count> lost, String command) {
    /** The command line that counts what was written. @param settings of the reader, beside its root */
    static String command(String reader, Path folder, Map<String, Object> settings) {
        StringBuilder command = new StringBuilder("relata corpus stats " + reader + " --with " + word("root=" + yaml(folder.toString())));
        settings.forEach((key, value) -> command.append(" --with ").append(word(key + "=" + (value instanceof String text ? yaml(text) : Output.line(value)))));
        return command.toString();
    }

    /** As YAML takes it for a text: words and paths as they are, unless YAML reads something else in them. */
    private static String yaml(String text) {
        return text.matches("[A-Za-z_/][\\w./-]*") && !text.matches("(?i)true|false|yes|no|on|off|y|n|null") ? text : Output.line(text);
    }

    /** As a shell takes it for one word. */
    private static String word(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    void print(String writer, Path folder, PrintWriter out) {
        Table table = new Table();
        Set<String> splits = new LinkedHashSet<>(before.splits().keySet());
        splits.addAll(after.splits().keySet());
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(splits);
        table.row(head.toArray());
        row(table, splits, "examples", CorpusStatistics.Split::examples);
        row(table, splits, "pairs", CorpusStatistics.Split::pairs);
        row(table, splits, "mentions", CorpusStatistics.Split::mentions);
        Set<String> relations = new LinkedHashSet<>();
        before.splits().values().forEach(s -> relations.addAll(s.relations().keySet()));
        after.splits().values().forEach(s -> relations.addAll(s.relations().keySet()));
        for (String relation : relations) row(table, splits, "relation " + relation, s -> s.relations().getOrDefault(relation, 0));
        out.println("Corpus " + before.name() + ", written to " + folder + " as " + writer);
        out.print(table);
        if (lost.isEmpty()) out.println("Nothing was lost: it is read again as it was.");
        else out.println("Lost, since the format cannot hold it:");
        lost.forEach((what, count) -> out.println("  " + what + ", " + (count.times() == 1 ? "once" : count.times() + " times, first") + ": " + count.first()));
        out.println("Read it with: " + command);
    }

    /** One number where it is the same before and after. */
    private void row(Table table, Set<String> splits, String title, ToIntFunction<CorpusStatistics.Split> count) {
        List<Object> row = new ArrayList<>(List.of(title));
        for (String split : splits) {
            int was = before.splits().containsKey(split) ? count.applyAsInt(before.splits().get(split)) : 0;
            int is = after.splits().containsKey(split) ? count.applyAsInt(after.splits().get(split)) : 0;
            row.add(was == is ? was : was + " -> " + is);
        }
        table.row(row.toArray());
    }
}
