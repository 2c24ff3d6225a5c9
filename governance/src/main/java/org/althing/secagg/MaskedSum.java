package org.althing.secagg;

/**
 * The running sum of an attempt's masked vectors, so that the coordinator holds one vector and not
 * one for each node.
 *
 * <p>All {@link CollectingInputs} states of an attempt share it, and only the newest may move it
 * on: whoever asks says how many vectors it knows of, and a state that was kept from before, whose
 * headers no longer tell what is in the sum, gets an exception and changes nothing. Once closed it
 * never changes.
 */
final class MaskedSum {
  private final long[] words;
  private int vectors;
  private boolean closed;

  MaskedSum(int length) {
    words = new long[length];
  }

  /**
   * @param known how many vectors the asking state has taken so far
   */
  void add(MaskedVector vector, int known) {
    requireNewest(known);
    if (closed) {
      throw new IllegalStateException("the survivors are proposed; their sum takes no more inputs");
    }
    vector.addTo(words);
    vectors++;
  }

  /** The sum that no later input changes; the newest state may ask again. */
  MaskedSum close(int known) {
    requireNewest(known);
    closed = true;
    return this;
  }

  private void requireNewest(int known) {
    if (known != vectors) {
      throw new IllegalStateException(
          "an old state of the attempt was asked: it knows %d inputs, the sum has %d"
              .formatted(known, vectors));
    }
  }

  /** A copy of a closed sum, from which masks are removed. */
  long[] copy() {
    if (!closed) {
      throw new IllegalStateException("inputs still come in");
    }
    return words.clone();
  }

  @Override
  public String toString() {
    return "MaskedSum[%d vectors of %d]".formatted(vectors, words.length);
  }
}
