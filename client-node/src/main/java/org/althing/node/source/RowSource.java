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
   * @param rows given every row, and the end
   * @return what two passes can be compared by
   */
  Reading scan(List<String> names, RowBatches rows) throws SourceProblem;

  /**
   * As the other, one batch after another in this thread.
   *
   * @param batches what it is given is used again and must not be kept
   */
  default Reading scan(List<String> names, Consumer<TextRows> batches) throws SourceProblem {
    return scan(names, new RowBatches(names.size(), batches));
  }

  /** Which file or table this is, without folders, for messages. */
  String name();

  /**
   * On which line of the file each of some rows begins, from 1, where it has lines that are rows.
   * Reads up to the last of them.
   *
   * @param rows ascending, those set aside not counted, from 1; at least one
   * @return one for each row that there is, or none at all
   */
  default List<Long> lines(List<Long> rows) throws SourceProblem {
    return List.of();
  }

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
