package relata.corpus.biomedical;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.corpus.CorpusException;

/** BioC in XML. */
final class BioCXml {
    private BioCXml() {}

    /** Reads a collection. */
    static void read(Path file, String text, BioCDrafts drafts) throws IOException {
        Xml.read(file, text, "collection", (root, child) -> {
            switch (child.name()) {
                case "document" -> document(child, drafts);
                case "source", "date", "key", "infon" -> { // says nothing about texts
                }
                default -> throw child.error("was not expected in <collection>, but source, date, key, infon, document");
            }
        });
    }

    private static void document(Element e, BioCDrafts drafts) throws CorpusException {
        e.only("id", "infon", "passage", "relation");
        List<BioCDrafts.Piece> passages = new ArrayList<>();
        for (Element p : e.children("passage")) {
            p.only("infon", "offset", "text", "sentence", "annotation", "relation");
            passages.add(piece(p));
        }
        drafts.document(e.at(), e.child("id").map(i -> i.text().strip()).orElse(""), passages, relations(e));
    }

    private static BioCDrafts.Piece piece(Element e) throws CorpusException {
        List<BioCDrafts.Piece> sentences = new ArrayList<>();
        for (Element s : e.children("sentence")) {
            s.only("infon", "offset", "text", "annotation", "relation");
            sentences.add(piece(s));
        }
        List<BioCDrafts.Annotation> annotations = new ArrayList<>();
        for (Element a : e.children("annotation")) annotations.add(annotation(a));
        Element offset = e.child("offset").orElseThrow(() -> e.error("has no <offset>"));
        return new BioCDrafts.Piece(e.at(), number(offset, offset.text().strip()), text(e), sentences, annotations, relations(e));
    }

    private static Optional<String> text(Element e) throws CorpusException {
        return e.child("text").map(Element::text);
    }

    private static BioCDrafts.Annotation annotation(Element e) throws CorpusException {
        e.only("infon", "location", "text");
        List<int[]> locations = new ArrayList<>();
        for (Element l : e.children("location")) locations.add(new int[] {number(l, l.need("offset")), number(l, l.need("length"))});
        return new BioCDrafts.Annotation(e.at(), e.attribute("id").orElse(""), infons(e), locations, text(e));
    }

    private static List<BioCDrafts.Relation> relations(Element e) throws CorpusException {
        List<BioCDrafts.Relation> relations = new ArrayList<>();
        for (Element r : e.children("relation")) {
            r.only("infon", "node");
            List<BioCDrafts.Node> nodes = new ArrayList<>();
            for (Element n : r.children("node")) nodes.add(new BioCDrafts.Node(n.at(), n.need("refid"), n.attribute("role").orElse("")));
            relations.add(new BioCDrafts.Relation(r.at(), r.attribute("id").orElse(""), infons(r), nodes));
        }
        return relations;
    }

    private static Map<String, String> infons(Element e) throws CorpusException {
        Map<String, String> infons = new LinkedHashMap<>();
        for (Element i : e.children("infon")) infons.put(i.need("key"), i.text().strip());
        return infons;
    }

    private static int number(Element e, String digits) throws CorpusException {
        try {
            int number = Integer.parseInt(digits);
            if (number >= 0) return number;
        } catch (NumberFormatException wrong) {
            // said below
        }
        throw e.error("holds '" + digits + "', but a whole number from 0 was expected");
    }
}
