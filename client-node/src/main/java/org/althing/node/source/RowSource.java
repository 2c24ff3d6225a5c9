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
   * @return what two passes can be compared by
   */
  Reading scan(List<String> names, Consumer<TextRows> batches) throws SourceProblem;

  /**
   * One reading from beginning to end.
   *
   * @param digest of all that was read
   * @param rejected where rows were set aside; the same of the same digest
   */
  record Reading(Digest digest, Optional<RejectedRows> rejected) {
    Reading(Digest digest) {
      this(digest, Optional.empty());
    }
  }

  /** The digest of a scan now, where it can be told without reading rows. */
  default Optional<Digest> digest() throws SourceProblem {
    return Optional.empty();
  }
}
