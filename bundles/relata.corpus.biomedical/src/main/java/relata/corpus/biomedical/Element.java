package relata.corpus.biomedical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Place;

/** An XML element with all that is in it. */
final class Element {
    private final Place at;
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Element> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    Element(Place at, String name) {
        this.at = at;
        this.name = name;
    }

    Place at() {
        return at;
    }

    String name() {
        return name;
    }

    /** The text right in it. */
    String text() {
        return text.toString();
    }

    void attribute(String key, String value) {
        attributes.put(key, value);
    }

    void add(Element child) {
        children.add(child);
    }

    void add(String characters) {
        text.append(characters);
    }

    List<Element> children() {
        return children;
    }

    /** The children of a name. */
    List<Element> children(String child) {
        return children.stream().filter(c -> c.name.equals(child)).toList();
    }

    /** The only child of a name, if there is one. @throws CorpusException if there are more */
    Optional<Element> child(String child) throws CorpusException {
        List<Element> found = children(child);
        if (found.size() > 1) throw found.get(1).error("comes twice in <" + name + ">");
        return found.stream().findFirst();
    }

    Optional<String> attribute(String key) {
        return Optional.ofNullable(attributes.get(key));
    }

    /** An attribute that must be there. */
    String need(String key) throws CorpusException {
        String value = attributes.get(key);
        if (value == null) throw error("has no attribute '" + key + "'" + (attributes.isEmpty() ? "" : "; it has " + String.join(", ", attributes.keySet())));
        return value;
    }

    /** Something is wrong with it. */
    CorpusException error(String what) {
        return at.error("<" + name + "> " + what);
    }

    /** Nothing but these children is expected. */
    void only(String... names) throws CorpusException {
        for (Element c : children) if (!List.of(names).contains(c.name)) throw c.error("was not expected in <" + name + ">, but " + String.join(", ", names));
    }
}
