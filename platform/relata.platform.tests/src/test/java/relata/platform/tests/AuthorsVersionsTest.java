package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Plug-ins are built with the versions that the platform is built with: the two poms that know no parent repeat them. */
class AuthorsVersionsTest {
    private static final String SLF4J = "org.slf4j:slf4j-simple";

    /** All versions that a pom names, by {@code group:artifact}. */
    private static Map<String, String> versions(String pom, String tag) throws IOException, ParserConfigurationException, SAXException {
        Document read = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Tree.ROOT.resolve(Path.of(pom)).toFile());
        Map<String, String> versions = new TreeMap<>();
        NodeList all = read.getElementsByTagName(tag);
        for (int i = 0; i < all.getLength(); i++) {
            Element e = (Element) all.item(i);
            String version = text(e, "version");
            if (!version.isEmpty()) versions.put(text(e, "groupId") + ":" + text(e, "artifactId"), version);
        }
        return versions;
    }

    private static String text(Element within, String tag) {
        for (Node child = within.getFirstChild(); child != null; child = child.getNextSibling()) if (child.getNodeName().equals(tag)) return child.getTextContent().strip();
        return "";
    }

    @Test
    void librariesAreThoseOfThePlatform() throws Exception {
        Map<String, String> bom = versions("bundles/relata.bom/pom.xml", "dependency"), platform = versions("pom.xml", "dependency");
        // the platform logs otherwise, but by the same API
        platform.put(SLF4J, platform.get("org.slf4j:slf4j-api"));
        assertTrue(bom.containsKey("org.relata:relata.api") && bom.containsKey("ai.djl:api"), bom.toString());
        bom.forEach((artifact, version) -> assertEquals(artifact.startsWith("org.relata:") ? Tree.VERSION : platform.get(artifact), version, artifact + " of relata.bom"));
    }

    @Test
    void pluginsOfMavenAreThoseOfThePlatform() throws Exception {
        Map<String, String> parent = versions("bundles/relata.plugin.parent/pom.xml", "plugin"), platform = versions("pom.xml", "plugin");
        assertTrue(parent.size() > 4, parent.toString());
        parent.forEach((plugin, version) -> assertEquals(platform.get(plugin).replace("${bnd.version}", bnd()), version, plugin + " of relata.plugin.parent"));
        assertEquals(Map.of("org.relata:relata.bom", Tree.VERSION), versions("bundles/relata.plugin.parent/pom.xml", "dependency"));
    }

    private static String bnd() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Tree.ROOT.resolve("pom.xml").toFile()).getElementsByTagName("bnd.version").item(0).getTextContent();
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(e);
        }
    }
}
