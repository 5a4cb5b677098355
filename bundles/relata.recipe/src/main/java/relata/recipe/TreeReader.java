package relata.recipe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;
import relata.api.run.Mistake;

/** YAML text to {@link Tree}. Text from strangers is safe to read: nothing is constructed, and size, depth and aliases are limited. */
final class TreeReader {
    /** The line argument that says: use the lines of the text. */
    static final int OWN_LINES = -1;

    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_VALUES = 100_000;
    private static final int MAX_DEPTH = 60;
    private static final int MAX_KEY = 200;
    private static final Set<Tag> TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MAP, Tag.SEQ, Tag.MERGE,
            new Tag(Tag.PREFIX + "value"));

    private static final Resolver RESOLVER = new Resolver();

    private final List<Mistake> mistakes;
    private final int line;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int values;

    private TreeReader(List<Mistake> mistakes, int line) {
        this.mistakes = mistakes;
        this.line = line;
    }

    /**
     * Reads one document.
     *
     * @param path where the value stands in the recipe, for messages
     * @param line the line to give to everything, or {@link #OWN_LINES}
     * @return empty if the text cannot be read at all or holds nothing
     */
    static Optional<Tree> read(String text, String path, int line, List<Mistake> mistakes) {
        int whole = line == OWN_LINES ? 1 : line;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setMaxAliasesForCollections(100);
        options.setNestingDepthLimit(MAX_DEPTH);
        // nothing is constructed, so a tag is only a mistake, reported with the others
        options.setTagInspector(tag -> true);
        try {
            StreamReader reader = new StreamReader(text.startsWith("\uFEFF") ? text.substring(1) : text);
            Node root = new Composer(new ParserImpl(reader, options), RESOLVER, options).getSingleNode();
            if (root == null) return Optional.empty();
            return Optional.of(new TreeReader(mistakes, line).tree(root, path));
        } catch (MarkedYAMLException e) {
            int at = line == OWN_LINES && e.getProblemMark() != null ? e.getProblemMark().getLine() + 1 : whole;
            String problem = e.getProblem() == null ? "" : e.getProblem();
            String hint = problem.contains("TAB") ? " Indent with spaces." : problem.startsWith("mapping values are not allowed") ? " A text that holds ': ' needs quotes around it." : "";
            mistakes.add(new Mistake(at, path, "is not valid YAML: " + problem + (problem.endsWith(".") ? "" : ".") + hint));
        } catch (ReaderException e) {
            int at = whole + (line == OWN_LINES ? (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count() : 0);
            mistakes.add(new Mistake(at, path, String.format("is not valid YAML: the character U+%04X is not allowed.", e.getCodePoint())));
        } catch (YAMLException e) {
            mistakes.add(new Mistake(whole, path, "is not valid YAML: " + sentence(e)));
        }
        return Optional.empty();
    }

    private static String sentence(YAMLException e) {
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return first.endsWith(".") ? first : first + ".";
    }

    private Tree tree(Node node, String path) {
        int at = at(node);
        // aliases are copied, so a small text can stand for a huge tree
        if (++values > MAX_VALUES) throw new YAMLException("it holds more than " + MAX_VALUES + " values");
        if (open.size() > MAX_DEPTH) throw new YAMLException("it is nested more than " + MAX_DEPTH + " levels deep");
        if (!TAGS.contains(node.getTag()))
            mistakes.add(new Mistake(at, path, "has the tag " + node.getTag().getValue().replace(Tag.PREFIX, "!!") + ". Recipes have no tags."));
        if (node instanceof ScalarNode scalar) return new Tree.Scalar(scalar.getValue(), scalar.isPlain(), at);
        if (!open.add(node)) throw new YAMLException("an alias stands inside its own anchor");
        Tree tree = node instanceof SequenceNode sequence ? sequence(sequence, path, at) : mapping((MappingNode) node, path, at);
        open.remove(node);
        return tree;
    }

    private Tree sequence(SequenceNode node, String path, int at) {
        List<Tree> items = new ArrayList<>();
        for (Node item : node.getValue()) items.add(tree(item, path + "[" + items.size() + "]"));
        return new Tree.Sequence(items, at);
    }

    private Tree mapping(MappingNode node, String path, int at) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        List<Tree> merged = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            int keyLine = at(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getValue().length() > MAX_KEY) {
                mistakes.add(new Mistake(keyLine, path, "has a key that is not a word."));
                continue;
            }
            if (key.isPlain() && key.getValue().equals("<<")) {
                merged.add(tree(tuple.getValueNode(), path));
                continue;
            }
            String inside = join(path, key.getValue());
            Tree.Entry before = entries.get(key.getValue());
            if (before != null) mistakes.add(new Mistake(keyLine, inside, "is given twice" + (before.line() > 0 ? "; first on line " + before.line() + "." : ".")));
            entries.putIfAbsent(key.getValue(), new Tree.Entry(keyLine, tree(tuple.getValueNode(), inside)));
        }
        for (Tree merge : merged) merge(merge, entries, path);
        return new Tree.Mapping(entries, at);
    }

    private void merge(Tree merge, Map<String, Tree.Entry> into, String path) {
        if (merge instanceof Tree.Mapping mapping) mapping.entries().forEach(into::putIfAbsent);
        else if (merge instanceof Tree.Sequence sequence) sequence.items().forEach(item -> merge(item, into, path));
        else mistakes.add(new Mistake(merge.line(), path, "merges (<<) " + merge.shown() + ", which is not a map."));
    }

    private int at(Node node) {
        return line == OWN_LINES ? node.getStartMark().getLine() + 1 : line;
    }

    /** The path of a key inside a path. */
    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
