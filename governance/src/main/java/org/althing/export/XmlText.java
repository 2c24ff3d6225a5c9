package org.althing.export;

import java.io.Writer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** XML as it is written, one element a line. */
final class XmlText {
  private final XMLStreamWriter out;
  private int depth;

  XmlText(Writer to) {
    try {
      out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(to);
      out.writeStartDocument("UTF-8", "1.0");
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  /** Whether a text has only characters that an attribute keeps: no control characters. */
  static boolean isSayable(String text) {
    return text.codePoints()
        .noneMatch(
            c ->
                Character.isISOControl(c)
                    || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    || (c & 0xFFFE) == 0xFFFE);
  }

  /** A text with question marks for what cannot be said. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(c -> plain.append(isSayable(c) ? c : "?"));
    return plain.toString();
  }

  /**
   * @param attributes names and values in turn
   */
  XmlText start(String element, String... attributes) {
    try {
      line();
      out.writeStartElement(element);
      depth++;
      attributes(attributes);
      return this;
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  XmlText empty(String element, String... attributes) {
    try {
      line();
      out.writeEmptyElement(element);
      attributes(attributes);
      return this;
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  XmlText field(String name) {
    return empty("FieldRef", "field", name);
  }

  XmlText constant(String number) {
    return leaf("Constant", number, "dataType", "double");
  }

  /** An element that holds a text alone. */
  XmlText leaf(String element, String text, String... attributes) {
    try {
      start(element, attributes);
      out.writeCharacters(text);
      depth--;
      out.writeEndElement();
      return this;
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  XmlText end() {
    try {
      depth--;
      line();
      out.writeEndElement();
      if (depth == 0) {
        out.writeEndDocument();
        out.flush();
      }
      return this;
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  private void attributes(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      out.writeAttribute(attributes[i], attributes[i + 1]);
    }
  }

  private void line() throws XMLStreamException {
    out.writeCharacters("\n" + "  ".repeat(depth));
  }

  private static IllegalStateException broken(XMLStreamException e) {
    return new IllegalStateException("text in memory cannot fail to be written", e);
  }
}
