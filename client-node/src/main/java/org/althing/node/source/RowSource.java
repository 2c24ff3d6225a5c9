package org.althing.node.source;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.althing.cleaning.TextRows;
import org.althing.encoding.Digest;

/** Rows under column names, read as text from beginning to end each time. */
interface RowSource {
  /**
   * Hands over every row's fields of the columns {@code names}, in that order, absent values as
   * {@code ""}.
   *
   * @param batches what it is given is used again and must not be kept
   * @return a digest of all that was read, so that two passes can be compared
   */
  Digest scan(List<String> names, Consumer<TextRows> batches) throws SourceProblem;

  /** The digest that a scan would return now, where it can be told without reading rows. */
  default Optional<Digest> digest() throws SourceProblem {
    return Optional.empty();
  }
}
