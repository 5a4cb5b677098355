package relata.corpus.biomedical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import relata.api.corpus.CorpusException;

/** A document of an XML format whose sentences hold their text and entities as attributes, with places whose last character counts in. */
final class XmlDraft {
    private final Element document;
    private final String id;
    private final String separator;
    private final List<Draft.Section> sections = new ArrayList<>();
    private final List<Draft.Name> names = new ArrayList<>();
    private final List<Draft.Link> links = new ArrayList<>();
    private final Map<String, Integer> sectionOf = new HashMap<>();

    /** Of nothing so far. @param separator what stands between the pieces of a mention */
    XmlDraft(Element document, String separator) throws CorpusException {
        this.document = document;
        this.separator = separator;
        id = document.need("id");
        if (id.isBlank()) throw document.error("has no id");
    }

    /** Takes a sentence and its entities. @param others elements beside {@code entity} that it may hold */
    void sentence(Element s, String... others) throws CorpusException {
        if (!s.name().equals("sentence")) throw s.error("was not expected in <" + document.name() + ">, but <sentence>");
        List<String> known = new ArrayList<>(List.of(others));
        known.add("entity");
        s.only(known.toArray(String[]::new));
        String text = s.need("text");
        sections.add(new Draft.Section(text, Draft.Cut.NONE, 0));
        for (Element e : s.children("entity")) {
            String name = e.need("id");
            if (name.isBlank()) throw e.error("has no id");
            if (sectionOf.put(name, sections.size() - 1) != null) throw e.error("has the id '" + name + "', which is taken");
            names.add(new Draft.Name(e.at(), name, local(name), e.attribute("type").orElse(""), sections.size() - 1, spans(e, e.need("charOffset")), e.need("text")));
        }
    }

    /** Says something about two entities of the sentence that was taken last. */
    void link(Element at, String e1, String e2, String label) throws CorpusException {
        for (String e : List.of(e1, e2))
            if (!sectionOf.getOrDefault(e, -1).equals(sections.size() - 1)) throw at.error("speaks of the entity '" + e + "', which is not in its sentence");
        if (e1.equals(e2)) throw at.error("is about the entity '" + e1 + "' and itself");
        links.add(new Draft.Link(at.at(), local(e1), local(e2), label));
    }

    Draft draft() {
        return new Draft(document.at(), id, sections, names, links);
    }

    /** An id without its document's. */
    private String local(String name) {
        return name.startsWith(id + ".") && name.length() > id.length() + 1 ? name.substring(id.length() + 1) : name;
    }

    private List<int[]> spans(Element e, String offsets) throws CorpusException {
        List<int[]> spans = new ArrayList<>();
        for (String piece : offsets.split(separator, -1)) {
            String[] ends = piece.strip().split("-", -1);
            try {
                if (ends.length != 2) throw new NumberFormatException(piece);
                // the last character counts in
                spans.add(new int[] {Integer.parseInt(ends[0]), Math.addExact(Integer.parseInt(ends[1]), 1)});
            } catch (NumberFormatException | ArithmeticException wrong) {
                throw e.error("has charOffset=\"" + offsets + "\", but first and last character as in \"0-5\" were expected, or several with '" + separator + "' between");
            }
        }
        return spans;
    }
}
