package org.althing.study;

import java.util.List;
import java.util.Optional;
import org.althing.encoding.Digest;

/**
 * Where the coordinator's log is kept: entries in order, and beside them what entries name by
 * digest. One writer.
 *
 * <p>A store keeps bytes and knows no rules; {@link StudyLog} folds them when it opens. What a
 * method has taken when it returns survives the loss of the process and of power. If one throws
 * {@link LogFailure}, it may or may not have been kept: whoever wrote opens the log anew before it
 * goes on.
 */
public interface LogStore extends AutoCloseable {
  /** The entries from number {@code first} on, in order, at most so many. */
  List<byte[]> entries(long first, int most);

  /** Every entry, in the order of its number. */
  default List<byte[]> entries() {
    return entries(0, Integer.MAX_VALUE);
  }

  /**
   * Keeps one entry.
   *
   * @param number how many entries were kept before
   */
  void append(long number, byte[] entry);

  /** Keeps a total under its digest; keeping it again changes nothing. */
  void putTotal(Digest digest, long[] total);

  Optional<long[]> total(Digest digest);

  /** Keeps the cosigned checkpoint that closes a study; a later one takes its place. */
  void putNote(Digest study, byte[] note);

  Optional<byte[]> note(Digest study);

  @Override
  void close();
}
