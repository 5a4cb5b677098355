package relata.corpus.biomedical;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Line;

/** The documents of a PubTator file, with blank lines between. */
final class PubTatorFile {
    private static final Pattern TEXT = Pattern.compile("([^|\\t]*)\\|([ta])\\|(.*)", Pattern.DOTALL);
    private static final Set<String> NO_CONCEPT = Set.of("", "-", "-1");

    /** A mention of one concept. */
    private record Mentioned(Line line, String[] columns, String concept) {}

    private final String separators;
    private final Notes notes;
    private final List<Draft> drafts = new ArrayList<>();
    private @Nullable Line title;
    private @Nullable Line body;
    private String id = "";
    private String titleText = "";
    private String bodyText = "";
    private final List<Mentioned> mentions = new ArrayList<>();
    private final List<Line> relations = new ArrayList<>();

    /** @param separators characters between several concepts of one mention */
    PubTatorFile(String separators, Notes notes) {
        this.separators = separators;
        this.notes = notes;
    }

    /** Reads it. */
    List<Draft> read(Path file, List<Line> lines) throws CorpusException {
        for (Line line : lines) {
            if (line.text().isBlank()) end();
            else line(line);
        }
        end();
        if (drafts.isEmpty()) throw new CorpusException(file.toString(), "is empty, but a document that begins with PMID|t|title was expected");
        return drafts;
    }

    private void line(Line line) throws CorpusException {
        Matcher text = TEXT.matcher(line.text());
        if (text.matches() && (mentions.isEmpty() && relations.isEmpty() || text.group(1).equals(id))) {
            text(line, text.group(1), text.group(2), text.group(3));
            return;
        }
        String[] c = line.text().split("\t", -1);
        if (title == null) throw line.error("was expected to begin a document: PMID|t|title");
        if (!c[0].equals(id)) throw line.error("speaks of the document '" + c[0] + "', but stands in '" + id + "'; documents have a blank line between");
        if (c.length > 1 && c[1].matches("-?\\d+")) mention(line, c);
        else if (c.length == 4 || c.length == 5) relations.add(line);
        else throw line.error("has " + c.length + " columns, but either PMID, start, end, text, type, concept were expected, or PMID, relation, concept, concept, between tabs");
    }

    private void text(Line line, String pmid, String kind, String words) throws CorpusException {
        if (kind.equals("t")) {
            if (title != null) throw line.error("begins a document within '" + id + "'; documents have a blank line between");
            if (pmid.isBlank()) throw line.error("has no PMID");
            title = line;
            id = pmid;
            titleText = words;
            return;
        }
        if (title == null || !pmid.equals(id)) throw line.error("is the abstract of '" + pmid + "', but its title should stand before it");
        if (body != null) throw line.error("is a second abstract of '" + pmid + "'");
        body = line;
        bodyText = words;
    }

    private void mention(Line line, String[] c) throws CorpusException {
        if (c.length < 5 || c.length > 7) throw line.error("has " + c.length + " columns, but 6 were expected, between tabs: PMID, start, end, text, type, concept");
        List<String> concepts = new ArrayList<>();
        for (String concept : concepts(c)) if (!NO_CONCEPT.contains(concept)) concepts.add(concept);
        if (concepts.isEmpty()) notes.count("mentions without a concept were left out");
        for (String concept : concepts) mentions.add(new Mentioned(line, c, concept));
    }

    private Set<String> concepts(String[] c) {
        String all = c.length < 6 ? "" : c[5].strip();
        String cut = separators;
        if (c.length == 7 && all.contains("|") && c[6].split("\\|", -1).length == all.split("\\|", -1).length) cut += "|";
        Set<String> concepts = new LinkedHashSet<>();
        StringBuilder one = new StringBuilder();
        for (int i = 0; i < all.length(); i++)
            if (cut.indexOf(all.charAt(i)) < 0) one.append(all.charAt(i));
            else {
                concepts.add(one.toString().strip());
                one.setLength(0);
            }
        concepts.add(one.toString().strip());
        return concepts;
    }

    private void end() throws CorpusException {
        if (title == null) return;
        Line at = title;
        if (body == null) throw at.error("has no abstract after it: " + id + "|a|... (which may be empty)");
        // an id may be that of a gene and of a species: then it tells its type too
        Map<String, Set<String>> types = new HashMap<>();
        for (Mentioned m : mentions) types.computeIfAbsent(m.concept, k -> new TreeSet<>()).add(m.columns[4]);
        List<Draft.Name> names = new ArrayList<>();
        for (Mentioned m : mentions) {
            String[] c = m.columns;
            String concept = types.get(m.concept).size() == 1 ? m.concept : c[4] + ":" + m.concept;
            List<int[]> spans = List.of(new int[] {Rows.offset(m.line, "start", c[1]), Rows.offset(m.line, "end", c[2])});
            names.add(new Draft.Name(m.line.place(), "'" + c[3] + "' of " + id, concept, c[4], 0, spans, c[3]));
        }
        List<Draft.Link> links = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();
        for (Line line : relations) {
            String[] c = line.text().split("\t", -1);
            String head = concept(line, c[2], types);
            String tail = concept(line, c[3], types);
            if (c[1].isBlank()) throw line.error("has no relation");
            if (head.equals(tail)) notes.count("relations of a concept with itself were left out");
            else if (!seen.add(List.of(c[1], head, tail))) notes.count("relations were given twice");
            else links.add(new Draft.Link(line.place(), head, tail, c[1]));
        }
        // offsets count over the title, one separator and the abstract
        Draft.Section text = new Draft.Section(titleText + "\n" + bodyText, Draft.Cut.SENTENCES, titleText.length() + 1);
        drafts.add(new Draft(at.place(), id, List.of(text), names, links));
        clear();
    }

    private static String concept(Line line, String concept, Map<String, Set<String>> types) throws CorpusException {
        Set<String> known = Optional.ofNullable(types.get(concept)).orElse(Set.of());
        if (concept.isBlank() || known.isEmpty()) throw line.error("speaks of the concept '" + concept + "', of which the document has no mention; if a mention may have several concepts, set 'separators'");
        if (known.size() > 1) throw line.error("speaks of '" + concept + "', which is the id of a " + String.join(" and of a ", known));
        return concept;
    }

    private void clear() {
        title = null;
        body = null;
        id = "";
        titleText = "";
        bodyText = "";
        mentions.clear();
        relations.clear();
    }
}
