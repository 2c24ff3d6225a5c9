package org.althing.document;

import java.util.List;
import java.util.Map;

/** A node of a parsed document: text, a list, or a map from text. */
sealed interface Node {
  Place place();

  /** How an error names this kind of node. */
  String kind();

  /**
   * @param plain whether it was written without quotes and not as a block
   */
  record Scalar(Place place, String text, boolean plain) implements Node {
    boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    @Override
    public String kind() {
      return isNull() ? "nothing" : DocumentError.quoted(text);
    }
  }

  record Sequence(Place place, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Entries keep the order of the document. */
  record Table(Place place, Map<String, Entry> entries) implements Node {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  record Entry(Place keyPlace, Node value) {}
}
