package relata.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of Markdown, taken apart.
 *
 * @param file where it is
 * @param prose its lines without code blocks; the others are empty, so that numbers stay
 * @param blocks its code blocks
 */
record Page(Path file, List<String> prose, List<Block> blocks) {
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern FROM = Pattern.compile("<!-- from (\\S+) -->");

    /**
     * A code block.
     *
     * @param line of its first line in the page, from 1
     * @param language what stands behind the fence; empty for an indented block
     * @param from the file that it is a part of, if the line above says so; else empty
     * @param text what is in it
     */
    record Block(int line, String language, String from, String text) {}

    /** Something at a line, from 1. */
    record Found(int line, String text) {}

    static Page read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> prose = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        String above = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean fence = line.startsWith("```");
            boolean indented = line.startsWith("    ") && above.isBlank();
            if (!fence && !indented) {
                prose.add(line);
                above = line;
                continue;
            }
            int from = fence ? i + 1 : i;
            int to = from;
            while (to < lines.size() && (fence ? !lines.get(to).startsWith("```") : lines.get(to).startsWith("    ") || lines.get(to).isBlank())) to++;
            if (fence && to == lines.size()) throw new IOException(file + " line " + (i + 1) + ": the code block has no end");
            Matcher source = FROM.matcher(above);
            String text = String.join("\n", lines.subList(from, to));
            blocks.add(new Block(from + 1, fence ? line.substring(3).strip() : "", source.matches() ? source.group(1) : "", (fence ? text : text.stripIndent().stripTrailing()) + "\n"));
            int end = fence ? to + 1 : to;
            while (prose.size() < end) prose.add("");
            i = end - 1;
            above = "";
        }
        return new Page(file, List.copyOf(prose), List.copyOf(blocks));
    }

    /** The targets of its links. */
    List<Found> links() {
        List<Found> links = new ArrayList<>();
        for (int i = 0; i < prose.size(); i++) {
            int line = i + 1;
            LINK.matcher(prose.get(i).replaceAll("`[^`]*`", "`")).results().forEach(m -> links.add(new Found(line, m.group(1))));
        }
        return links;
    }

    /** Its {@code code} within the text. */
    List<Found> spans() {
        List<Found> spans = new ArrayList<>();
        for (int i = 0; i < prose.size(); i++) {
            int line = i + 1;
            SPAN.matcher(prose.get(i)).results().map(MatchResult::group).forEach(s -> spans.add(new Found(line, s.substring(1, s.length() - 1))));
        }
        return spans;
    }

    /** The anchors of its headings, as GitHub makes them. */
    List<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        List<String> anchors = new ArrayList<>();
        for (String line : prose)
            if (line.matches("#{1,6} .*")) {
                String anchor = line.replaceFirst("^#+ ", "").strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
                int times = seen.merge(anchor, 1, Integer::sum);
                anchors.add(times == 1 ? anchor : anchor + "-" + (times - 1));
            }
        return anchors;
    }

    /** A place in it, for messages. */
    String at(int line) {
        return Project.ROOT.relativize(file) + " line " + line;
    }
}
