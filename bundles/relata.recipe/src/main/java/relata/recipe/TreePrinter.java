package relata.recipe;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes trees as YAML that any YAML reader understands as we do. */
final class TreePrinter {
    private static final Resolver RESOLVER = new Resolver();

    private TreePrinter() {}

    /** One key a line; short lists and parts without settings stay on one. */
    static String block(Tree.Mapping mapping) {
        StringBuilder out = new StringBuilder();
        mapping(mapping, 0, out);
        return out.toString();
    }

    /** All on one line. */
    static String flow(Tree tree) {
        if (tree instanceof Tree.Scalar scalar) return scalar.plain() ? scalar.text() : text(scalar.text());
        if (tree instanceof Tree.Sequence sequence) return sequence.items().stream().map(TreePrinter::flow).collect(Collectors.joining(", ", "[", "]"));
        Map<String, Tree.Entry> entries = ((Tree.Mapping) tree).entries();
        if (entries.isEmpty()) return "{}";
        return entries.entrySet().stream().map(e -> text(e.getKey()) + ": " + flow(e.getValue().value())).collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static void mapping(Tree.Mapping mapping, int indent, StringBuilder out) {
        boolean first = true;
        for (Map.Entry<String, Tree.Entry> e : mapping.entries().entrySet()) {
            // the first key of a list item stands behind its dash
            if (!first || out.length() == 0 || out.charAt(out.length() - 1) == '\n') out.append(" ".repeat(indent));
            first = false;
            out.append(text(e.getKey())).append(':');
            Tree value = e.getValue().value();
            if (isShort(value)) out.append(' ').append(flow(value)).append('\n');
            else {
                out.append('\n');
                if (value instanceof Tree.Mapping inner) mapping(inner, indent + 2, out);
                else sequence(((Tree.Sequence) value).items(), indent + 2, out);
            }
        }
    }

    private static void sequence(List<Tree> items, int indent, StringBuilder out) {
        for (Tree item : items) {
            out.append(" ".repeat(indent)).append("- ");
            if (item instanceof Tree.Mapping mapping && !isShort(item)) mapping(mapping, indent + 2, out);
            else out.append(flow(item)).append('\n');
        }
    }

    private static boolean isShort(Tree tree) {
        if (tree instanceof Tree.Sequence s) return s.items().stream().allMatch(Tree.Scalar.class::isInstance) && flow(s).length() <= 120;
        if (tree instanceof Tree.Mapping m) return m.entries().isEmpty() || m.entries().keySet().equals(java.util.Set.of("use"));
        return true;
    }

    /** A text, in quotes unless it is harmless everywhere and no reader takes it for a number, a truth value or a date. */
    private static String text(String text) {
        return isHarmless(text) ? text : quoted(text);
    }

    private static boolean isHarmless(String text) {
        if (text.isEmpty() || text.endsWith(" ") || text.contains("  ") || !RESOLVER.resolve(NodeId.scalar, text, true).equals(Tag.STR)) return false;
        int first = text.codePointAt(0);
        return (Character.isLetter(first) || first == '/' || first == '_')
                && text.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || " _-./@$+=()'~<>*!?&%^;".indexOf(c) >= 0);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean breaks = c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == '\r';
                    if (StreamReader.isPrintable(c) && !breaks) out.appendCodePoint(c);
                    else out.append(String.format(c > 0xFFFF ? "\\U%08X" : "\\u%04X", c));
                }
            }
        });
        return out.append('"').toString();
    }
}
