package relata.corpus.biomedical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Place;

/** Makes drafts of what BioC says, in XML or in JSON. */
final class BioCDrafts {
    /** A passage or a sentence of it. @param offset of its text in the document */
    record Piece(Place at, int offset, Optional<String> text, List<Piece> sentences, List<Annotation> annotations, List<Relation> relations) {}

    /** @param id empty if it has none @param locations offset and length */
    record Annotation(Place at, String id, Map<String, String> infons, List<int[]> locations, Optional<String> text) {}

    record Relation(Place at, String id, Map<String, String> infons, List<Node> nodes) {}

    record Node(Place at, String refid, String role) {}

    private final BioC.Config config;
    private final Notes notes;
    private final List<Draft> drafts = new ArrayList<>();

    BioCDrafts(BioC.Config config, Notes notes) {
        this.config = config;
        this.notes = notes;
    }

    List<Draft> drafts() {
        return drafts;
    }

    /** Takes a document. */
    void document(Place at, String id, List<Piece> passages, List<Relation> relations) throws CorpusException {
        if (id.isBlank()) throw at.error("is a document without an id");
        List<Draft.Section> sections = new ArrayList<>();
        List<Draft.Name> names = new ArrayList<>();
        List<Relation> all = new ArrayList<>();
        for (Piece p : passages) {
            all.addAll(p.relations());
            p.sentences().forEach(s -> all.addAll(s.relations()));
            if (p.text().isPresent()) {
                sections.add(new Draft.Section(p.text().get(), Draft.Cut.SENTENCES, 0));
                names(p, p.offset(), sections.size() - 1, names);
                for (Piece s : p.sentences()) names(s, p.offset(), sections.size() - 1, names);
            } else {
                if (!p.annotations().isEmpty()) throw p.annotations().get(0).at().error("is an annotation of a passage that has no text");
                for (Piece s : p.sentences()) {
                    sections.add(new Draft.Section(s.text().orElseThrow(() -> s.at().error("is a sentence without text, in a passage without text")), Draft.Cut.NONE, 0));
                    names(s, s.offset(), sections.size() - 1, names);
                }
            }
        }
        all.addAll(relations);
        if (sections.stream().allMatch(s -> s.text().isBlank()) && names.isEmpty()) notes.count("documents without text were left out");
        else drafts.add(new Draft(at, id, sections, names, links(names, all)));
    }

    private void names(Piece piece, int base, int section, List<Draft.Name> names) throws CorpusException {
        for (Annotation a : piece.annotations()) {
            String id = a.id().isBlank() ? "a" + names.size() : a.id();
            if (a.locations().isEmpty()) throw a.at().error("the annotation " + id + " has no location");
            List<int[]> spans = new ArrayList<>();
            for (int[] l : a.locations()) {
                long start = (long) l[0] - base;
                long end = start + l[1];
                if (start < 0 || end > Integer.MAX_VALUE) throw a.at().error("the annotation " + id + " has the offset " + l[0] + " and the length " + l[1] + ", but its passage begins at " + base);
                spans.add(new int[] {(int) start, (int) end});
            }
            // a file may tell the pieces in any order
            spans.sort((x, y) -> Integer.compare(x[0], y[0]));
            String text = a.text().orElseThrow(() -> a.at().error("the annotation " + id + " has no text to check its place by"));
            names.add(new Draft.Name(a.at(), "annotation " + id, id, a.infons().getOrDefault(config.type(), ""), section, spans, text));
        }
    }

    private List<Draft.Link> links(List<Draft.Name> names, List<Relation> relations) throws CorpusException {
        Set<String> ids = new HashSet<>();
        for (Draft.Name n : names) if (!ids.add(n.id())) throw n.at().error("the id '" + n.id() + "' of an annotation is taken by another of its document");
        Map<String, Place> relationIds = new HashMap<>();
        for (Relation r : relations) relationIds.putIfAbsent(r.id(), r.at());
        List<Draft.Link> links = new ArrayList<>();
        for (Relation r : relations) {
            boolean nested = false;
            for (Node n : r.nodes()) {
                if (ids.contains(n.refid())) continue;
                if (!relationIds.containsKey(n.refid())) throw n.at().error("a relation speaks of '" + n.refid() + "', which is no annotation of its document");
                nested = true;
            }
            if (nested) notes.count("relations of relations were left out");
            else if (r.nodes().size() != 2) notes.count("relations with other than two nodes were left out");
            else links.add(link(r));
        }
        return links;
    }

    private Draft.Link link(Relation r) throws CorpusException {
        String label = r.infons().getOrDefault(config.relation(), "");
        if (label.isBlank()) throw r.at().error("is a relation without the infon '" + config.relation() + "' that would be its label; it has " + (r.infons().isEmpty() ? "none" : String.join(", ", r.infons().keySet())));
        Node first = r.nodes().get(0);
        Node second = r.nodes().get(1);
        if (first.refid().equals(second.refid())) throw r.at().error("is a relation of '" + first.refid() + "' with itself");
        if (config.head().isEmpty()) return new Draft.Link(r.at(), first.refid(), second.refid(), label);
        String head = config.head().get();
        if (first.role().equals(head) == second.role().equals(head)) throw r.at().error("is a relation with the roles '" + first.role() + "' and '" + second.role() + "', but one '" + head + "' was expected");
        boolean turned = second.role().equals(head);
        return new Draft.Link(r.at(), turned ? second.refid() : first.refid(), turned ? first.refid() : second.refid(), label);
    }
}
