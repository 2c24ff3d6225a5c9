package org.althing.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt word was probably meant to be. */
final class Nearest {
  private Nearest() {}

  /** The candidate fewest edits away, if that is at most a third of the longer word, or two. */
  static Optional<String> to(String word, Collection<String> candidates) {
    return candidates.stream()
        .filter(c -> edits(word, c) <= Math.max(2, Math.max(word.length(), c.length()) / 3))
        .filter(c -> edits(word, c) < Math.max(word.length(), c.length()))
        .min(Comparator.<String>comparingInt(c -> edits(word, c)).thenComparing(c -> c));
  }

  /** Optimal string alignment distance: insert, delete, replace, swap neighbours; case is free. */
  private static int edits(String left, String right) {
    if (left.length() > 64 || right.length() > 64) {
      return Integer.MAX_VALUE;
    }
    int[][] d = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replace = same(left, i - 1, right, j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1 && j > 1 && same(left, i - 1, right, j - 2) && same(left, i - 2, right, j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[left.length()][right.length()];
  }

  private static boolean same(String left, int i, String right, int j) {
    return Character.toLowerCase(left.charAt(i)) == Character.toLowerCase(right.charAt(j));
  }
}
