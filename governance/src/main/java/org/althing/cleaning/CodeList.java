package org.althing.cleaning;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Texts with a number each, found by exact text or, for texts that are numbers, by equal value, so
 * that the code {@code 0} also means {@code 0.0}.
 */
final class CodeList {
  static final int ABSENT = -1;
  private final Map<String, Integer> byText = new HashMap<>();
  private final Map<Double, Integer> byNumber = new HashMap<>();

  /** The keys of {@link #byNumber}, to be asked without making objects. */
  private double[] numbers = {};

  /** Texts numbered by their place in the list. */
  static CodeList of(List<String> texts) {
    CodeList codes = new CodeList();
    for (int i = 0; i < texts.size(); i++) {
      codes.add(texts.get(i), i);
    }
    return codes;
  }

  void add(String text, int code) {
    String trimmed = PlainText.trimmed(text);
    byText.putIfAbsent(trimmed, code);
    PlainText.number(trimmed).ifPresent(n -> addNumber(n, code));
  }

  private void addNumber(double number, int code) {
    if (byNumber.putIfAbsent(canonical(number), code) == null) {
      numbers = Arrays.copyOf(numbers, numbers.length + 1);
      numbers[numbers.length - 1] = number;
    }
  }

  /** Whether any of the texts is a number of this value. */
  boolean hasNumber(double number) {
    for (double each : numbers) {
      if (each == number) {
        return true;
      }
    }
    return false;
  }

  /** Puts NaN in the place of every value that {@link #hasNumber}. */
  void takeNumbers(double[] values, int count) {
    for (double each : numbers) {
      for (int i = 0; i < count; i++) {
        values[i] = values[i] == each ? Double.NaN : values[i];
      }
    }
  }

  /** The number of {@code text}, or {@link #ABSENT}. */
  int find(String text) {
    Integer exact = byText.get(text);
    if (exact != null) {
      return exact;
    }
    if (byNumber.isEmpty()) {
      return ABSENT;
    }
    OptionalDouble number = PlainText.number(text);
    return number.isPresent()
        ? byNumber.getOrDefault(canonical(number.getAsDouble()), ABSENT)
        : ABSENT;
  }

  private static double canonical(double number) {
    return number == 0 ? 0 : number;
  }
}
