package org.althing.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A set of Unicode code points. Immutable. */
final class CharacterSet {
  /** The first and last of each run, ascending, with others between any two. */
  private final int[] runs;

  private CharacterSet(int[] runs) {
    this.runs = runs;
  }

  /** All from {@code first} to {@code last}. */
  static CharacterSet run(int first, int last) {
    return new CharacterSet(new int[] {first, last});
  }

  static CharacterSet one(int character) {
    return run(character, character);
  }

  /** What is in any of the sets. */
  static CharacterSet union(List<CharacterSet> sets) {
    int[][] ascending =
        sets.stream()
            .flatMap(
                set ->
                    IntStream.range(0, set.runs.length / 2)
                        .mapToObj(i -> new int[] {set.runs[2 * i], set.runs[2 * i + 1]}))
            .sorted(Comparator.comparingInt(run -> run[0]))
            .toArray(int[][]::new);
    int[] union = new int[2 * ascending.length];
    int size = 0;
    for (int[] run : ascending) {
      if (size > 0 && run[0] <= union[size - 1] + 1) {
        union[size - 1] = Math.max(union[size - 1], run[1]);
      } else {
        union[size++] = run[0];
        union[size++] = run[1];
      }
    }
    return new CharacterSet(Arrays.copyOf(union, size));
  }

  /** All other characters. */
  CharacterSet complement() {
    int[] others = new int[runs.length + 2];
    int size = 0;
    int from = 0;
    for (int i = 0; i < runs.length; i += 2) {
      if (runs[i] > from) {
        others[size++] = from;
        others[size++] = runs[i] - 1;
      }
      from = runs[i + 1] + 1;
    }
    if (from <= Character.MAX_CODE_POINT) {
      others[size++] = from;
      others[size++] = Character.MAX_CODE_POINT;
    }
    return new CharacterSet(Arrays.copyOf(others, size));
  }

  boolean has(int character) {
    for (int i = 0; i < runs.length; i += 2) {
      if (character <= runs[i + 1]) {
        return character >= runs[i];
      }
    }
    return false;
  }

  boolean isOne() {
    return runs.length == 2 && runs[0] == runs[1];
  }

  /** The least of them; there is one. */
  int first() {
    return runs[0];
  }
}
