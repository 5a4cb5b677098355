package relata.corpus.biomedical;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Line;
import relata.corpus.text.Place;

/** One {@code .ann} file of brat with its text. */
final class Standoff {
    /** Annotations that say nothing about a relation between two mentions, by the letter that their ids begin with. */
    private static final Map<Character, String> LEFT_OUT = Map.of('E', "events", '*', "equivalences", 'A', "attributes", 'M', "attributes", 'N', "normalizations", '#', "notes");

    private final Path file;
    private final String id;
    private final Draft.Section text;
    private final Notes notes;
    private final Map<String, Draft.Name> names = new LinkedHashMap<>();
    private final Map<String, Place> ids = new LinkedHashMap<>();

    /** Of a text. @param id the document's */
    Standoff(Path file, String id, String text, Draft.Cut cut, Notes notes) {
        this.file = file;
        this.id = id;
        this.text = new Draft.Section(text, cut, 0);
        this.notes = notes;
    }

    /** Reads the annotations. */
    Draft read(List<Line> lines) throws CorpusException {
        List<Line> relations = new ArrayList<>();
        for (Line line : lines) {
            if (line.text().isBlank()) continue;
            char kind = line.text().charAt(0);
            int tab = line.text().indexOf('\t');
            String name = tab < 0 ? line.text() : line.text().substring(0, tab);
            if (kind != '*' && !name.matches("[A-Z#]\\S*\\d")) throw line.error("begins with '" + name + "', but the id of an annotation, such as T1, and a tab were expected");
            Place before = kind == '*' ? null : ids.put(name, line.place());
            if (before != null) throw line.error("has the id " + name + " again, after " + before.words());
            if (kind == 'T') names.put(name, name(line, name));
            else if (kind == 'R') relations.add(line);
            else if (LEFT_OUT.containsKey(kind)) notes.count(LEFT_OUT.get(kind) + " were left out");
            else throw line.error("has the id " + name + ", but ids begin with T, R, E, A, M, N, # or *");
        }
        List<Draft.Link> links = new ArrayList<>();
        for (Line line : relations) relation(line, links);
        return new Draft(new Place(file, 1), id, List.of(text), List.copyOf(names.values()), links);
    }

    /** {@code T1 TAB Type 0 5;16 23 TAB text}. */
    private Draft.Name name(Line line, String name) throws CorpusException {
        String[] c = Rows.columns(line, "id", "type and offsets", "text");
        int space = c[1].indexOf(' ');
        if (space <= 0) throw line.error("has '" + c[1] + "', but a type, a space and offsets were expected");
        List<int[]> spans = new ArrayList<>();
        for (String piece : c[1].substring(space + 1).split(";", -1)) {
            String[] ends = piece.strip().split(" ", -1);
            if (ends.length != 2) throw line.error("has the offsets '" + c[1].substring(space + 1) + "', but start and end as in '0 5' were expected, or several with ';' between");
            spans.add(new int[] {Rows.offset(line, "start", ends[0]), Rows.offset(line, "end", ends[1])});
        }
        return new Draft.Name(line.place(), name, name, c[1].substring(0, space), 0, spans, c[2]);
    }

    /** {@code R1 TAB Type Arg1:T1 Arg2:T2}. */
    private void relation(Line line, List<Draft.Link> links) throws CorpusException {
        String[] c = line.text().split("\t", -1);
        String[] words = c.length < 2 ? new String[0] : c[1].strip().split(" +");
        if (words.length != 3) throw line.error("has '" + (c.length < 2 ? "" : c[1]) + "', but a type and two arguments were expected, as in 'Binds Arg1:T1 Arg2:T2'");
        String first = argument(line, words[1]);
        String second = argument(line, words[2]);
        if (first.startsWith("E") || second.startsWith("E")) {
            notes.count("relations of events were left out");
            return;
        }
        if (first.equals(second)) throw line.error("is about " + first + " and itself");
        boolean turned = words[1].startsWith("Arg2:") && words[2].startsWith("Arg1:");
        links.add(new Draft.Link(line.place(), turned ? second : first, turned ? first : second, words[0]));
    }

    private String argument(Line line, String argument) throws CorpusException {
        String name = argument.substring(argument.indexOf(':') + 1);
        boolean known = names.containsKey(name) || name.startsWith("E") && ids.containsKey(name);
        if (!argument.contains(":") || !known) throw line.error("has the argument '" + argument + "', but a role, a colon and the id of an annotation in this file were expected, as in Arg1:T1");
        return name;
    }
}
