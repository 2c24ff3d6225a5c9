package org.althing.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the text of a {@link TextPattern} to its parts; refuses what is not of the subset. */
final class PatternText {
  static final int ENDLESS = -1;
  private static final int END = -1;
  private static final int MOST_DEPTH = 20;
  private static final int MOST_REPEATS = 1000;
  private static final CharacterSet DIGITS = CharacterSet.run('0', '9');
  private static final CharacterSet WORD =
      CharacterSet.union(
          List.of(
              DIGITS,
              CharacterSet.run('A', 'Z'),
              CharacterSet.one('_'),
              CharacterSet.run('a', 'z')));

  /** White space and line ends of ECMA-262 5.1 §7.2, §7.3. */
  private static final CharacterSet SPACE =
      CharacterSet.union(
          List.of(
              CharacterSet.run('\t', '\r'),
              CharacterSet.one(' '),
              CharacterSet.one(0xA0),
              CharacterSet.one(0x1680),
              CharacterSet.run(0x2000, 0x200A),
              CharacterSet.run(0x2028, 0x2029),
              CharacterSet.one(0x202F),
              CharacterSet.one(0x205F),
              CharacterSet.one(0x3000),
              CharacterSet.one(0xFEFF)));

  private static final CharacterSet LINE_ENDS =
      CharacterSet.union(
          List.of(
              CharacterSet.one('\n'), CharacterSet.one('\r'), CharacterSet.run(0x2028, 0x2029)));
  private static final Map<Character, CharacterSet> SETS =
      Map.of(
          'd',
          DIGITS,
          'D',
          DIGITS.complement(),
          'w',
          WORD,
          'W',
          WORD.complement(),
          's',
          SPACE,
          'S',
          SPACE.complement());
  private static final Map<Character, Integer> CONTROLS =
      Map.of('t', 0x09, 'n', 0x0A, 'v', 0x0B, 'f', 0x0C, 'r', 0x0D, '0', 0x00);

  /** A part of a pattern. */
  sealed interface Part {}

  /** One character of a set. */
  record One(CharacterSet set) implements Part {}

  /** The beginning of the text, or its end. */
  record Edge(boolean begin) implements Part {}

  /** One after the other; none matches the empty text. */
  record Sequence(List<Part> parts) implements Part {}

  /** At least one of some. */
  record Either(List<Part> parts) implements Part {}

  /**
   * The same several times.
   *
   * @param most may be {@link #ENDLESS}
   */
  record Repeated(Part part, int least, int most) implements Part {}

  private final int[] text;
  private int at;
  private int depth;

  PatternText(String source) {
    this.text = source.codePoints().toArray();
    if (text.length == 0 || text.length > TextPattern.MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "a pattern has 1 to %d characters, got %d"
              .formatted(TextPattern.MOST_CHARACTERS, text.length));
    }
  }

  Part read() {
    Part all = either();
    if (at < text.length) {
      throw refused("a bracket is closed that was not opened");
    }
    return all;
  }

  private Part either() {
    if (++depth > MOST_DEPTH) {
      throw refused("more than " + MOST_DEPTH + " groups within each other");
    }
    List<Part> parts = new ArrayList<>();
    do {
      parts.add(sequence());
    } while (accepts('|'));
    depth--;
    return parts.size() == 1 ? parts.get(0) : new Either(parts);
  }

  private Part sequence() {
    List<Part> parts = new ArrayList<>();
    while (peek() != END && peek() != '|' && peek() != ')') {
      parts.add(repeated(part()));
    }
    return new Sequence(parts);
  }

  private Part part() {
    int c = take();
    return switch (c) {
      case '^' -> new Edge(true);
      case '$' -> new Edge(false);
      case '(' -> group();
      case '[' -> new One(characterClass());
      case '.' -> new One(LINE_ENDS.complement());
      case '\\' -> new One(escape());
      case '*', '+', '?', '{' -> throw refused("nothing stands before it that could be repeated");
      case ']', '}' -> throw refused("write it as \\" + (char) c);
      default -> new One(CharacterSet.one(c));
    };
  }

  private Part group() {
    if (accepts('?') && !accepts(':')) {
      throw refused("groups that look around or have names are not matched");
    }
    Part inner = either();
    if (!accepts(')')) {
      throw refused("a group is not closed");
    }
    return inner;
  }

  private Part repeated(Part part) {
    int least;
    int most = ENDLESS;
    if (accepts('*')) {
      least = 0;
    } else if (accepts('+')) {
      least = 1;
    } else if (accepts('?')) {
      least = 0;
      most = 1;
    } else if (accepts('{')) {
      least = number();
      most = !accepts(',') ? least : peek() == '}' ? ENDLESS : number();
      if (!accepts('}') || (most != ENDLESS && most < least)) {
        throw refused("expected {n}, {n,} or {n,m} with n at most m");
      }
    } else {
      return part;
    }
    if (part instanceof Edge) {
      throw refused("^ and $ are not repeated");
    }
    if (peek() == '*' || peek() == '+' || peek() == '?' || peek() == '{') {
      throw refused("a repetition of a repetition; group it if that is meant");
    }
    return new Repeated(part, least, most);
  }

  private int number() {
    int value = 0;
    int from = at;
    while (peek() >= '0' && peek() <= '9' && value <= MOST_REPEATS) {
      value = 10 * value + take() - '0';
    }
    if (at == from || value > MOST_REPEATS) {
      throw refused("expected a number from 0 to " + MOST_REPEATS);
    }
    return value;
  }

  private CharacterSet characterClass() {
    boolean negated = accepts('^');
    List<CharacterSet> sets = new ArrayList<>();
    while (!accepts(']')) {
      CharacterSet first = member();
      if (peek() == '-' && at + 1 < text.length && text[at + 1] != ']') {
        take();
        CharacterSet last = member();
        if (!first.isOne() || !last.isOne() || first.first() > last.first()) {
          throw refused("a range in a class goes from one character up to another");
        }
        first = CharacterSet.run(first.first(), last.first());
      }
      sets.add(first);
    }
    if (sets.isEmpty()) {
      throw refused("a class without a character");
    }
    CharacterSet set = CharacterSet.union(sets);
    return negated ? set.complement() : set;
  }

  private CharacterSet member() {
    int c = take();
    if (c == END) {
      throw refused("a class is not closed");
    }
    return c == '\\' ? escape() : CharacterSet.one(c);
  }

  private CharacterSet escape() {
    int c = take();
    if (c == END) {
      throw refused("nothing follows \\");
    }
    if (c == 'x' || c == 'u') {
      int value = hexadecimal(c == 'x' ? 2 : 4);
      return CharacterSet.one(value);
    }
    if (c < 0x80 && SETS.get((char) c) != null) {
      return SETS.getOrDefault((char) c, DIGITS);
    }
    if (c < 0x80 && CONTROLS.containsKey((char) c)) {
      return CharacterSet.one(CONTROLS.getOrDefault((char) c, 0));
    }
    if (Character.isLetterOrDigit(c)) {
      throw refused("\\%s is not matched here".formatted(Character.toString(c)));
    }
    return CharacterSet.one(c);
  }

  private int hexadecimal(int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(take(), 16);
      if (digit < 0) {
        throw refused("expected %d hexadecimal digits".formatted(digits));
      }
      value = 16 * value + digit;
    }
    return value;
  }

  private int peek() {
    return at < text.length ? text[at] : END;
  }

  private int take() {
    return at < text.length ? text[at++] : END;
  }

  private boolean accepts(int c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("character %d of the pattern: %s".formatted(at, why));
  }
}
