package org.althing.compliance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.althing.report.Figure;
import org.althing.sheet.Language;

/** A part of a chapter. */
sealed interface Part {
  /** A paragraph. */
  record Prose(Statement statement) implements Part {}

  /** A drawing with its numbers; only on pages for people, the numbers stand elsewhere too. */
  record Picture(Function<Language, Figure> figure) implements Part {}

  /**
   * A field of a record that an authority may ask for.
   *
   * @param key for programs, unique in its group
   * @param statements at least one: a field without any says that it is missing
   */
  record Field(String key, Phrase name, List<Statement> statements) {
    public Field {
      statements = List.copyOf(statements);
      if (statements.isEmpty()) {
        throw new IllegalArgumentException("the field " + key + " says nothing, not even that");
      }
    }
  }

  /** Fields, one below the other. */
  final class Fields implements Part {
    private final Phrase caption;
    private final List<Field> fields = new ArrayList<>();

    Fields(Phrase caption) {
      this.caption = caption;
    }

    Fields put(String key, Phrase name, Statement... statements) {
      return put(key, name, List.of(statements));
    }

    Fields put(String key, Phrase name, List<Statement> statements) {
      fields.add(new Field(key, name, statements));
      return this;
    }

    /** Fields that only people can fill. */
    Fields ask(Function<Particular, Statement> said, Particular... wanted) {
      for (Particular particular : wanted) {
        put(particular.key(), particular.label(), said.apply(particular));
      }
      return this;
    }

    Phrase caption() {
      return caption;
    }

    List<Field> fields() {
      return List.copyOf(fields);
    }
  }

  /** A table of rows of one kind, each with its source. */
  final class Rows implements Part {
    private static final Phrase DASH = Phrase.same("–");
    private final String key;
    private final Phrase caption;
    private final List<Phrase> headings;
    private final List<Row> rows = new ArrayList<>();

    /** One row. */
    record Row(List<Phrase> cells, Source source) {
      Row {
        cells = List.copyOf(cells);
      }
    }

    /**
     * @param key for programs
     * @param headings of the cells; one whose texts end in {@code >} is of numbers
     */
    Rows(String key, Phrase caption, Phrase... headings) {
      this.key = key;
      this.caption = caption;
      this.headings = List.of(headings);
    }

    Rows row(Source source, Phrase... cells) {
      if (cells.length != headings.size()) {
        throw new IllegalArgumentException(
            "table %s has %d columns, got %d".formatted(key, headings.size(), cells.length));
      }
      rows.add(new Row(List.of(cells), source));
      return this;
    }

    /** Says that there is none, where there is none: an empty table could be an oversight. */
    Rows orNone(Source whole) {
      if (rows.isEmpty()) {
        List<Phrase> cells = new ArrayList<>(Collections.nCopies(headings.size(), DASH));
        cells.set(0, StudyFacts.NONE);
        rows.add(new Row(cells, whole));
      }
      return this;
    }

    String key() {
      return key;
    }

    Phrase caption() {
      return caption;
    }

    List<Phrase> headings() {
      return headings;
    }

    List<Row> rows() {
      return List.copyOf(rows);
    }
  }
}
