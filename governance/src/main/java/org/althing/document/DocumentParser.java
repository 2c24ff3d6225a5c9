package org.althing.document;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Builds nodes from parser events, refusing every YAML feature that can surprise a reader. */
final class DocumentParser {
  private final String fileName;

  DocumentParser(String fileName) {
    this.fileName = fileName;
  }

  Node.Table parse(String text) throws DocumentError {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(fileName)
            .setUseMarks(true)
            .setParseComments(false)
            .setCodePointLimit(Document.MOST_BYTES)
            .build();
    try {
      return root(new Parse(settings).parseString(text).iterator());
    } catch (MarkedYamlEngineException e) {
      throw syntax(place(e.getProblemMark().or(e::getContextMark)), e.getProblem());
    } catch (ReaderException e) {
      throw syntax(
          placeOf(text, e.getPosition()),
          "the control character U+%04X is not allowed".formatted(e.getCodePoint()));
    } catch (YamlEngineException e) {
      throw syntax(new Place(fileName, 1, 1), "the text could not be read");
    }
  }

  private Node.Table root(Iterator<Event> events) throws DocumentError {
    events.next();
    Event start = events.next();
    if (start.getEventId() == Event.ID.StreamEnd) {
      throw new DocumentError(
          Problem.NOT_A_MAPPING,
          place(start),
          "",
          "the document is empty",
          "write keys and values, one \"key: value\" a line");
    }
    DocumentStartEvent document = (DocumentStartEvent) start;
    if (document.getSpecVersion().isPresent() || !document.getTags().isEmpty()) {
      throw new DocumentError(
          Problem.TAG, place(document), "", "a directive is not read", "remove the line");
    }
    Node root = node(events.next(), events, "", 1);
    events.next();
    Event after = events.next();
    if (after.getEventId() != Event.ID.StreamEnd) {
      throw new DocumentError(
          Problem.SEVERAL_DOCUMENTS,
          place(after),
          "",
          "expected the end of the file, got another document",
          "put it in a file of its own");
    }
    if (root instanceof Node.Table table) {
      return table;
    }
    throw new DocumentError(
        Problem.NOT_A_MAPPING,
        root.place(),
        "",
        "expected \"key: value\" lines, got " + root.kind(),
        "");
  }

  private Node node(Event event, Iterator<Event> events, String path, int level)
      throws DocumentError {
    if (level > Document.MOST_LEVELS) {
      throw new DocumentError(
          Problem.TOO_DEEP,
          place(event),
          path,
          "expected at most %d levels".formatted(Document.MOST_LEVELS),
          "flatten it");
    }
    refuseSurprises(event, path);
    if (event instanceof ScalarEvent scalar) {
      return new Node.Scalar(place(event), scalar.getValue(), scalar.isPlain());
    }
    if (event.getEventId() == Event.ID.SequenceStart) {
      return sequence(event, events, path, level);
    }
    return table(event, events, path, level);
  }

  private Node sequence(Event start, Iterator<Event> events, String path, int level)
      throws DocumentError {
    List<Node> items = new ArrayList<>();
    Event next = events.next();
    while (next.getEventId() != Event.ID.SequenceEnd) {
      items.add(node(next, events, path + "[" + items.size() + "]", level + 1));
      next = events.next();
    }
    return new Node.Sequence(place(start), items);
  }

  private Node table(Event start, Iterator<Event> events, String path, int level)
      throws DocumentError {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    Event next = events.next();
    while (next.getEventId() != Event.ID.MappingEnd) {
      Place keyPlace = place(next);
      String key = key(next, path);
      Node.Entry earlier = entries.get(key);
      String keyPath = path.isEmpty() ? key : path + "." + key;
      if (earlier != null) {
        throw new DocumentError(
            Problem.DUPLICATE_KEY,
            keyPlace,
            keyPath,
            "already given in line " + earlier.keyPlace().line(),
            "keep one");
      }
      entries.put(key, new Node.Entry(keyPlace, node(events.next(), events, keyPath, level + 1)));
      next = events.next();
    }
    return new Node.Table(place(start), entries);
  }

  private String key(Event event, String path) throws DocumentError {
    refuseSurprises(event, path);
    if (event instanceof ScalarEvent scalar
        && !scalar.getValue().isBlank()
        && !(scalar.isPlain() && scalar.getValue().equals("<<"))) {
      return scalar.getValue();
    }
    throw new DocumentError(
        Problem.NOT_A_KEY, place(event), path, "expected a text as key", "write \"key: value\"");
  }

  private void refuseSurprises(Event event, String path) throws DocumentError {
    boolean anchored =
        event.getEventId() == Event.ID.Alias
            || (event instanceof NodeEvent node && node.getAnchor().isPresent());
    if (anchored) {
      throw new DocumentError(
          Problem.ALIAS, place(event), path, "& and * are not read", "write the value out");
    }
    boolean tagged =
        (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
            || (event instanceof CollectionStartEvent start && start.getTag().isPresent());
    if (tagged) {
      throw new DocumentError(
          Problem.TAG, place(event), path, "a ! tag is not read", "remove it, or quote the text");
    }
  }

  private DocumentError syntax(Place place, String what) {
    return new DocumentError(
        Problem.SYNTAX, place, "", what, "check indentation, colons and quotes around here");
  }

  private Place place(Event event) {
    return place(event.getStartMark());
  }

  private Place place(Optional<Mark> mark) {
    return mark.map(m -> new Place(fileName, m.getLine() + 1, m.getColumn() + 1))
        .orElse(new Place(fileName, 1, 1));
  }

  private Place placeOf(String text, int codePoints) {
    int line = 1;
    int column = 1;
    int index = 0;
    for (int i = 0; i < codePoints && index < text.length(); i++) {
      int codePoint = text.codePointAt(index);
      index += Character.charCount(codePoint);
      line += codePoint == '\n' ? 1 : 0;
      column = codePoint == '\n' ? 1 : column + 1;
    }
    return new Place(fileName, line, column);
  }
}
