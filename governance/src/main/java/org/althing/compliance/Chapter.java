package org.althing.compliance;

import java.util.ArrayList;
import java.util.List;

/** A numbered section of a report. */
final class Chapter {
  private final String id;
  private final Phrase title;
  private final List<Part> parts = new ArrayList<>();

  /**
   * @param id unique in its report
   */
  Chapter(String id, Phrase title) {
    this.id = id;
    this.title = title;
  }

  Chapter add(Part part) {
    parts.add(part);
    return this;
  }

  /** A paragraph on what the product is, or on how to read what follows. */
  Chapter say(Phrase text) {
    return add(new Part.Prose(Statement.of(text, new Source.Design())));
  }

  String id() {
    return id;
  }

  Phrase title() {
    return title;
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }
}
