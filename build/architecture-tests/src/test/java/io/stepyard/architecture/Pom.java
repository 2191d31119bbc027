package io.stepyard.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The parts of a Maven POM that rules look at, as written: nothing is inherited or interpolated.
 *
 * @param file
 *            where it was read
 * @param project
 *            its root element
 */
record Pom(Path file, Element project) {

    static Pom read(Path file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new Pom(file, factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
        } catch (IOException e) {
            throw new UncheckedIOException("Expected a POM at " + file, e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalArgumentException("Expected well-formed XML in " + file, e);
        }
    }

    List<String> modules() {
        return children(project, "modules").stream().flatMap(list -> children(list, "module").stream()).map(Pom::textOf)
                .toList();
    }

    String property(String name) {
        return children(project, "properties").stream().flatMap(list -> children(list, name).stream()).map(Pom::textOf)
                .findFirst().orElse("");
    }

    /** Every dependency or plugin element, wherever it stands in the file. */
    List<Artifact> artifacts(String element) {
        List<Artifact> found = new ArrayList<>();
        NodeList all = project.getElementsByTagName(element);
        for (int i = 0; i < all.getLength(); i++) {
            Element artifact = (Element) all.item(i);
            found.add(new Artifact(child(artifact, "groupId"), child(artifact, "artifactId"),
                    child(artifact, "version")));
        }
        return found;
    }

    /**
     * A dependency or plugin as written; an absent part is the empty text.
     *
     * @param groupId
     *            as written; for a plugin without one, Maven's own group is meant
     * @param artifactId
     *            as written
     * @param version
     *            as written
     */
    record Artifact(String groupId, String artifactId, String version) {}

    private static String child(Element parent, String name) {
        return children(parent, name).stream().map(Pom::textOf).findFirst().orElse("");
    }

    private static String textOf(Element element) {
        return element.getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
