package org.althing.fuzz;

import java.util.Arrays;

/** What a decoder must keep besides its signature. */
public final class Promise {
  private static final int MOST_MESSAGE = 2000;

  private Promise() {}

  /** A value made of {@code input} has these very bytes as its canonical form. */
  public static void sameBytes(byte[] input, byte[] again) {
    if (!Arrays.equals(input, again)) {
      throw new AssertionError("the bytes decode to a value whose canonical bytes are others");
    }
  }

  public static void sameValue(Object value, Object again) {
    if (!value.equals(again)) {
      throw new AssertionError("a value comes back from its own bytes as another value");
    }
  }

  /**
   * A refusal can be shown in one line of a terminal or a log: it says something, is not as long as
   * the input, and carries no control characters out of it.
   */
  public static void showable(Throwable refusal) {
    String text = refusal.getMessage();
    if (text == null || text.isBlank() || text.equals("null")) {
      throw new AssertionError("a refusal says nothing", refusal);
    }
    if (text.length() > MOST_MESSAGE) {
      throw new AssertionError(
          "a refusal has %d characters, allowed are %d".formatted(text.length(), MOST_MESSAGE),
          refusal);
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new AssertionError("a refusal carries a control character", refusal);
    }
  }
}
