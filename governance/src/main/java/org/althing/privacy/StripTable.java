package org.althing.privacy;

/**
 * What magnitudes are proposed from: of {@value #ENTRIES} entries {@code n_i} name strip i, {@code
 * [i·w, (i+1)·w)} with {@code w = ⌈σ/16⌉}, for whatever σ.
 *
 * <p>{@code n_i > K·exp(-(i/16)²/2)}, so that a proposal from strip i is accepted with probability
 * {@code exp(-x²/2σ²)·K/n_i < 1}. Strip {@value #TAIL} and all beyond it share the entries of the
 * tail, in sections of {@value #SECTION} strips, each section as likely as all that follow it: the
 * density more than halves from one to the next.
 */
final class StripTable {
  static final int PER_SIGMA = 16;
  static final int ENTRIES = 4096;

  /** K, the largest with which all entries suffice. */
  static final int HEIGHT = 197;

  /** The first strip with one entry. */
  static final int TAIL = 53;

  static final int SECTION = 8;

  /** Of an entry that names none. */
  static final int NONE = -1;

  private static final byte[] STRIPS = new byte[ENTRIES];
  private static final int[] COUNTS = new int[TAIL + 1];

  static {
    GaussianWeight unit = new GaussianWeight(PER_SIGMA);
    int next = 0;
    for (int strip = 0; strip <= TAIL; strip++) {
      COUNTS[strip] = (int) ((HEIGHT * unit.above(strip)) >> GaussianWeight.BITS) + 1;
      // A section is as likely as all after it, so the first has half of the tail's entries.
      int entries = strip == TAIL ? 2 * SECTION * COUNTS[strip] : COUNTS[strip];
      for (int i = 0; i < entries; i++) {
        STRIPS[next++] = (byte) strip;
      }
    }
    while (next < ENTRIES) {
      STRIPS[next++] = NONE;
    }
  }

  private StripTable() {}

  /** The strip that an entry names, 0 to {@value #TAIL}, or {@link #NONE}. */
  static int strip(int entry) {
    return STRIPS[entry];
  }

  /** n_i: its entries; of the tail, those that each of its strips would have. */
  static int count(int strip) {
    return COUNTS[strip];
  }
}
