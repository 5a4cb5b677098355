package relata.corpus.biomedical;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Line;

/** The files of ChemProt: of each set abstracts, entities, and relations, once all and once those that count. */
final class ChemProtSets {
    static final String CHEMICAL = "CHEMICAL";
    static final List<String> LABELS = List.of("CPR:3", "CPR:4", "CPR:5", "CPR:6", "CPR:9", ChemProt.NEGATIVE);
    private static final String ABSTRACTS = "abstracts";

    private final Inputs inputs;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> types = new LinkedHashMap<>();

    private ChemProtSets(Inputs inputs) {
        this.inputs = inputs;
    }

    /** Reads all sets. */
    static void read(Inputs inputs, Reading reading) throws IOException {
        List<String> names = inputs.names(".tsv");
        boolean any = false;
        for (String name : names) {
            int kind = name.lastIndexOf(ABSTRACTS);
            if (kind <= name.lastIndexOf('/')) continue;
            any = true;
            String set = name.substring(0, kind);
            reading.add(Reading.split(name, true), new ChemProtSets(inputs).read(name, of(names, set, "entities", name), of(names, set, "gold_standard", name), any(names, set, "relations")));
        }
        if (!any) throw new CorpusException(inputs.path("").toString(), "holds no file ..._abstracts.tsv; it holds " + String.join(", ", names.subList(0, Math.min(10, names.size()))));
    }

    private static List<String> any(List<String> names, String set, String kind) {
        return names.stream().filter(n -> n.startsWith(set + kind)).toList();
    }

    /** The file of a kind that lies beside the abstracts. */
    private static String of(List<String> names, String set, String kind, String abstracts) throws CorpusException {
        List<String> found = any(names, set, kind);
        if (found.size() != 1) throw new CorpusException(set + kind + ".tsv", found.isEmpty() ? "is missing, but " + abstracts + " is there" : "could be any of " + String.join(", ", found));
        return found.get(0);
    }

    private List<Draft> read(String abstracts, String entities, String gold, List<String> relations) throws IOException {
        for (Line line : Rows.lines(inputs, abstracts)) if (!line.text().isBlank()) document(line);
        if (drafts.isEmpty()) throw new CorpusException(inputs.path(abstracts).toString(), "is empty, but at least one abstract was expected");
        for (Line line : Rows.lines(inputs, entities)) if (!line.text().isBlank()) entity(line);
        Map<List<String>, Line> counted = new TreeMap<>(Comparator.comparing(List::toString));
        for (Line line : Rows.lines(inputs, gold)) if (!line.text().isBlank()) gold(line, counted);
        for (String file : relations) agree(file, gold, counted);
        return new ArrayList<>(drafts.values());
    }

    private void document(Line line) throws CorpusException {
        String[] c = Rows.columns(line, "PMID", "title", "abstract");
        if (c[0].isBlank()) throw line.error("has no PMID");
        // offsets count over the title, one separator and the abstract
        Draft.Section text = new Draft.Section(c[1] + "\n" + c[2], Draft.Cut.SENTENCES, c[1].length() + 1);
        if (drafts.put(c[0], new Draft(line.place(), c[0], List.of(text), new ArrayList<>(), new ArrayList<>())) != null) throw line.error("has the abstract " + c[0] + " again");
        types.put(c[0], new LinkedHashMap<>());
    }

    private Draft draft(Line line, String id) throws CorpusException {
        Draft draft = drafts.get(id);
        if (draft == null) throw line.error("speaks of the document '" + id + "', which is not among the abstracts");
        return draft;
    }

    private void entity(Line line) throws CorpusException {
        String[] c = Rows.columns(line, "PMID", "id", "type", "start", "end", "text");
        Draft draft = draft(line, c[0]);
        if (!c[2].equals(CHEMICAL) && !c[2].matches("GENE(-[YN])?")) throw line.error("has the type '" + c[2] + "', but CHEMICAL, GENE-Y or GENE-N was expected");
        if (!c[1].matches("T\\d+")) throw line.error("has the id '" + c[1] + "', but one like T1 was expected");
        if (types.get(c[0]).put(c[1], c[2]) != null) throw line.error("has the id " + c[1] + " of document " + c[0] + " again");
        draft.names().add(new Draft.Name(line.place(), c[1] + " of " + c[0], c[1], c[2], 0, List.of(new int[] {Rows.offset(line, "start", c[3]), Rows.offset(line, "end", c[4])}), c[5]));
    }

    private void gold(Line line, Map<List<String>, Line> counted) throws CorpusException {
        String[] c = Rows.columns(line, "PMID", "CPR group", "Arg1:T1", "Arg2:T2");
        Draft draft = draft(line, c[0]);
        if (!LABELS.contains(c[1]) || c[1].equals(ChemProt.NEGATIVE)) throw line.error("has the relation '" + c[1] + "', but one of " + String.join(", ", LABELS.subList(0, LABELS.size() - 1)) + " was expected");
        String chemical = argument(line, c[0], "Arg1:", c[2], true);
        String gene = argument(line, c[0], "Arg2:", c[3], false);
        if (counted.put(List.of(c), line) != null) throw line.error("says again that " + chemical + " and " + gene + " of " + c[0] + " have the relation " + c[1]);
        draft.links().add(new Draft.Link(line.place(), chemical, gene, c[1]));
    }

    private String argument(Line line, String document, String role, String argument, boolean chemical) throws CorpusException {
        String id = argument.startsWith(role) ? argument.substring(role.length()) : "";
        String type = types.getOrDefault(document, Map.of()).get(id);
        if (type == null) throw line.error("has '" + argument + "', but " + role + " and the id of an entity of document " + document + " was expected");
        if (type.equals(CHEMICAL) != chemical) throw line.error("has '" + argument + "', which is a " + type + ", but a " + (chemical ? CHEMICAL : "GENE") + " was expected");
        return id;
    }

    /** The file of all relations says which of them count: they must be those of the gold standard. */
    private void agree(String relations, String gold, Map<List<String>, Line> counted) throws IOException {
        Set<List<String>> left = new LinkedHashSet<>(counted.keySet());
        for (Line line : Rows.lines(inputs, relations)) {
            if (line.text().isBlank()) continue;
            String[] c = Rows.columns(line, "PMID", "CPR group", "Y or N", "relation", "Arg1:T1", "Arg2:T2");
            String counts = c[2].strip();
            if (!counts.equals("Y") && !counts.equals("N")) throw line.error("has '" + c[2] + "', but Y or N was expected");
            List<String> key = List.of(c[0], c[1], c[4], c[5]);
            if (counts.equals("Y") && !counted.containsKey(key)) throw line.error("counts (Y), but is not in " + inputs.path(gold).getFileName());
            left.remove(key);
        }
        for (List<String> key : left) throw counted.get(key).error("is not in " + inputs.path(relations).getFileName());
    }
}
