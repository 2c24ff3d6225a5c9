package org.althing.table;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * The columns that records have after cleaning, in the contract's order; keys and columns that
 * never leave are not among them.
 */
public record Schema(List<Column> columns) {
  public static final int MOST_COLUMNS = 1000;

  public Schema {
    columns = List.copyOf(columns);
    if (columns.isEmpty()
        || columns.size() > MOST_COLUMNS
        || columns.stream().map(Column::name).distinct().count() != columns.size()) {
      throw new IllegalArgumentException(
          "a schema has 1 to " + MOST_COLUMNS + " columns of different names");
    }
  }

  public boolean contains(String name) {
    return columns.stream().anyMatch(c -> c.name().equals(name));
  }

  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new NoSuchElementException("no column " + name + " in the schema");
  }

  public Column column(String name) {
    return columns.get(indexOf(name));
  }
}
