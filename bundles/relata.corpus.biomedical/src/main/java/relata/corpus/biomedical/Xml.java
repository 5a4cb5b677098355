package relata.corpus.biomedical;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Place;

/** Reads XML that nobody vouches for: no entities of its own, nothing fetched, no endless nesting. A {@code DOCTYPE} that only names a DTD is passed over. */
final class Xml {
    static final int DEEPEST = 64;
    private static final Pattern ENCODING = Pattern.compile("\\A<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([^\"']*)[\"']");

    /** Takes the elements right under the root, one after the other. */
    @FunctionalInterface
    interface Taker {
        void take(Element root, Element child) throws IOException;
    }

    private Xml() {}

    /**
     * Reads a document.
     *
     * @param path for messages
     * @param root the name that its root must have
     * @return the root, without its children
     * @throws CorpusException if it is no XML, or has another root
     */
    static Element read(Path path, String text, String root, Taker taker) throws IOException {
        Matcher encoding = ENCODING.matcher(text.substring(0, Math.min(200, text.length())));
        if (encoding.find() && !encoding.group(1).toUpperCase(Locale.ROOT).matches("UTF-?8|US-ASCII"))
            throw new CorpusException(path, 1, "says that it is " + encoding.group(1) + ", but UTF-8 was expected; convert it");
        if (text.isBlank()) throw new CorpusException(path.toString(), "is empty, but XML with the root <" + root + "> was expected");
        try {
            XMLStreamReader in = factory().createXMLStreamReader(new StringReader(text));
            try {
                return read(path, in, root, taker);
            } finally {
                in.close();
            }
        } catch (XMLStreamException e) {
            String message = String.valueOf(e.getMessage());
            int at = message.indexOf("Message: ");
            long line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
            throw new CorpusException(path, line, "no valid XML" + (e.getLocation() == null ? "" : " near column " + e.getLocation().getColumnNumber()) + ": " + (at < 0 ? message : message.substring(at + 9)));
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty("http://javax.xml.XMLConstants/property/accessExternalDTD", "");
        factory.setProperty("http://www.oracle.com/xml/jaxp/properties/entityExpansionLimit", "1");
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> new StringReader(""));
        return factory;
    }

    private static Element read(Path path, XMLStreamReader in, String rootName, Taker taker) throws IOException, XMLStreamException {
        Deque<Element> open = new ArrayDeque<>();
        Element root = new Element(new Place(path, 1), rootName);
        while (in.hasNext())
            switch (in.next()) {
                case XMLStreamConstants.DTD -> {
                    if (in.getText() != null && in.getText().indexOf('[') >= 0) throw new CorpusException(path, in.getLocation().getLineNumber(), "declares entities or elements of its own in <!DOCTYPE>; they are not read: remove them");
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    Element element = element(path, in);
                    if (open.isEmpty()) {
                        if (!element.name().equals(rootName)) throw element.error("is the root, but <" + rootName + "> was expected");
                        root = element;
                    }
                    open.push(element);
                    if (open.size() > DEEPEST) throw element.error("is nested deeper than " + DEEPEST + " elements");
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (open.size() > 1) open.element().add(in.getText());
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    Element element = open.pop();
                    if (open.size() == 1) taker.take(root, element);
                    else if (!open.isEmpty()) open.element().add(element);
                }
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new CorpusException(path, in.getLocation().getLineNumber(), "refers to the entity '" + in.getLocalName() + "', which is not known");
                default -> { // comments and processing instructions say nothing
                }
            }
        return root;
    }

    private static Element element(Path path, XMLStreamReader in) {
        Element element = new Element(new Place(path, in.getLocation().getLineNumber()), in.getLocalName());
        for (int i = 0; i < in.getAttributeCount(); i++) element.attribute(in.getAttributeLocalName(i), in.getAttributeValue(i));
        return element;
    }
}
