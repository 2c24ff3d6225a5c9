package org.althing.table;

import java.util.List;

/**
 * What a record holds in chosen columns as 64 bits, so that equal records have equal keys: cells of
 * categories, numbers and days, and of free texts the set of their words.
 *
 * <p>Not a secret and not collision-free: different records have one key with odds of 2^-64 each
 * pair, unless somebody who knows the columns looks for one.
 */
public final class RowKey {
  /** What of a value is compared. */
  private enum Kind {
    CELL,
    NUMBER,
    WORDS
  }

  /** Why texts of a form are in no key. */
  public static final String NOT_COMPARED =
      "of texts of a form only whether they have it is kept, so rows are not compared by them";

  private final int[] columns;
  private final Kind[] kinds;

  /**
   * @throws java.util.NoSuchElementException where the schema lacks a column
   * @throws IllegalArgumentException of texts of a form, which are not kept
   */
  public RowKey(Schema schema, List<String> columns) {
    this.columns = columns.stream().mapToInt(schema::indexOf).toArray();
    this.kinds =
        columns.stream().map(name -> kind(schema.column(name).domain())).toArray(Kind[]::new);
  }

  private static Kind kind(Domain domain) {
    if (domain instanceof Domain.Words) {
      return Kind.WORDS;
    }
    if (domain instanceof Domain.Formed) {
      throw new IllegalArgumentException(NOT_COMPARED);
    }
    return domain instanceof Domain.Categories ? Kind.CELL : Kind.NUMBER;
  }

  /** Whether every chosen column has a valid value; only then the record has a key. */
  public boolean isWhole(RecordBatch batch, int row) {
    for (int column : columns) {
      if (batch.verdict(column, row) != Verdict.OK) {
        return false;
      }
    }
    return true;
  }

  public long of(RecordBatch batch, int row) {
    long hash = 0;
    for (int i = 0; i < columns.length; i++) {
      hash =
          SplitMix64.mixed(
              hash * 31
                  + SplitMix64.mixed(value(kinds[i], batch, columns[i], row) + SplitMix64.GAMMA));
    }
    return hash;
  }

  private static long value(Kind kind, RecordBatch batch, int column, int row) {
    return switch (kind) {
      case CELL -> batch.cell(column, row);
      // Adding 0 makes both zeros one.
      case NUMBER -> Double.doubleToLongBits(batch.number(column, row) + 0.0);
      case WORDS -> {
        long hash = 0;
        for (int word : batch.words(column, row)) {
          hash = SplitMix64.mixed(hash * 31 + word + SplitMix64.GAMMA);
        }
        yield hash;
      }
    };
  }
}
