package org.huying.roster.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a part, element by element, in whatever encoding it is. Names are local ones: the strict and the transitional
 * form differ in their namespaces and in nothing that is read here. Nothing outside the part is ever looked at.
 */
final class Xml implements AutoCloseable {
    private final XMLStreamReader reader;
    private final InputStream content;

    Xml(InputStream content) throws IOException {
        this.content = content;
        try {
            this.reader = factory().createXMLStreamReader(content);
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** They are not safe to be shared while they are set up. */
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return factory;
    }

    /** To the next beginning or end of an element; false where there is none. */
    boolean next() throws IOException {
        try {
            while (reader.hasNext()) {
                var event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
                    return true;
                }
            }
            return false;
        } catch (XMLStreamException | RuntimeException e) {
            // of what is no XML the parser complains in many ways
            throw new IOException(e);
        }
    }

    boolean starts(String name) {
        return reader.isStartElement() && reader.getLocalName().equals(name);
    }

    boolean ends(String name) {
        return reader.isEndElement() && reader.getLocalName().equals(name);
    }

    /** Of an element that begins; where one ends there are none. */
    @Nullable
    String attribute(String name) {
        for (int i = 0; reader.isStartElement() && i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    /** As many, or so many as there are if no whole number is said. */
    int number(String name, int otherwise) {
        var text = attribute(name);
        try {
            return text == null ? otherwise : Integer.parseInt(text.strip());
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }

    boolean flag(String name) {
        var text = attribute(name);
        return text != null && (text.equals("1") || text.equalsIgnoreCase("true") || text.equalsIgnoreCase("on"));
    }

    /** All text up to the end of the element that has just begun, without that of elements which are passed over. */
    String text(int max, Predicate<String> isPassedOver) throws IOException {
        var text = new StringBuilder();
        try {
            int passedOver = 0;
            for (int depth = 1; depth > 0; ) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        depth++;
                        passedOver += passedOver > 0 || isPassedOver.test(reader.getLocalName()) ? 1 : 0;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        passedOver -= passedOver > 0 ? 1 : 0;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        var rest = passedOver > 0 ? 0 : Math.min(max - text.length(), reader.getTextLength());
                        text.append(reader.getTextCharacters(), reader.getTextStart(), rest);
                    }
                    default -> {
                        // nothing that is shown
                    }
                }
            }
        } catch (XMLStreamException | RuntimeException e) {
            throw new IOException(e);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        } finally {
            content.close();
        }
    }
}
