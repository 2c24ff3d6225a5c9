package org.althing.table;

import java.util.ArrayList;
import java.util.List;

/**
 * A regular expression in a closed subset of ECMA-262 5.1, which ODCS names: literals, {@code .},
 * classes, {@code \d \w \s} and their opposites, groups, {@code |}, {@code * + ?} and {@code
 * {n,m}}, {@code ^} and {@code $}. As there it is looked for anywhere in a text unless {@code ^}
 * and {@code $} hold it; characters are code points.
 *
 * <p>What would need more than one pass over the text (back references, looking around) is refused.
 * The rest becomes at most {@value #MOST_STATES} states, all of which are followed at once
 * (Thompson 1968), so that a text takes time proportional to its length times the states, whatever
 * either holds. Immutable.
 */
public final class TextPattern {
  public static final int MOST_CHARACTERS = 500;
  public static final int MOST_STATES = 1000;

  /** What a state does. */
  private enum Kind {
    /** Takes one character of a set. */
    TAKE,
    /** Goes on in both ways. */
    FORK,
    /** Goes on at the beginning of the text. */
    BEGIN,
    /** Goes on at the end of the text. */
    END,
    /** The pattern is found. */
    FOUND
  }

  /**
   * One state.
   *
   * @param set what a state that takes a character takes
   * @param next where it goes on; of a fork the first way
   * @param other the second way of a fork
   */
  private record State(Kind kind, CharacterSet set, int next, int other) {}

  private static final CharacterSet NONE = CharacterSet.union(List.of());

  private final String source;
  private final List<State> states = new ArrayList<>();
  private final int first;

  private TextPattern(String source) {
    this.source = source;
    int found = add(Kind.FOUND, NONE, 0, 0);
    this.first = compiled(new PatternText(source).read(), found);
  }

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException with why and at which character, where it is none of the
   *     subset or too large
   */
  public static TextPattern of(String source) {
    return new TextPattern(source);
  }

  /** Whether the text, or a part of it, is as the pattern says. */
  public boolean isIn(String text) {
    Front now = new Front();
    Front then = new Front();
    int at = 0;
    while (true) {
      // A part of the text may begin at every character.
      if (now.reaches(first, at == 0, at == text.length())) {
        return true;
      }
      if (at == text.length()) {
        return false;
      }
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      for (int i = 0; i < now.size; i++) {
        State state = states.get(now.reached[i]);
        if (state.kind() == Kind.TAKE && state.set().has(character)) {
          then.reaches(state.next(), false, at == text.length());
        }
      }
      Front before = now;
      now = then;
      then = before;
      then.clear();
    }
  }

  /** The states that the text read so far leads to. */
  private final class Front {
    private final int[] reached = new int[states.size()];
    private final boolean[] among = new boolean[states.size()];
    private final int[] open = new int[2 * states.size() + 1];
    private int size;
    private boolean found;

    /** Adds a state and all that it goes on to without a character; whether one is the last. */
    boolean reaches(int from, boolean atBegin, boolean atEnd) {
      int waiting = 0;
      open[waiting++] = from;
      while (waiting > 0) {
        int place = open[--waiting];
        if (among[place]) {
          continue;
        }
        among[place] = true;
        reached[size++] = place;
        State state = states.get(place);
        boolean goesOn =
            switch (state.kind()) {
              case TAKE -> false;
              case FORK -> true;
              case BEGIN -> atBegin;
              case END -> atEnd;
              case FOUND -> {
                found = true;
                yield false;
              }
            };
        if (goesOn) {
          open[waiting++] = state.next();
        }
        if (state.kind() == Kind.FORK) {
          open[waiting++] = state.other();
        }
      }
      return found;
    }

    void clear() {
      for (int i = 0; i < size; i++) {
        among[reached[i]] = false;
      }
      size = 0;
      found = false;
    }
  }

  private int add(Kind kind, CharacterSet set, int next, int other) {
    if (states.size() == MOST_STATES) {
      throw new IllegalArgumentException(
          "the pattern, with its repetitions written out, has more than %d states"
              .formatted(MOST_STATES));
    }
    states.add(new State(kind, set, next, other));
    return states.size() - 1;
  }

  /** Adds the states of a part of the pattern that go on to {@code next}; where they begin. */
  private int compiled(PatternText.Part part, int next) {
    if (part instanceof PatternText.One one) {
      return add(Kind.TAKE, one.set(), next, 0);
    }
    if (part instanceof PatternText.Edge edge) {
      return add(edge.begin() ? Kind.BEGIN : Kind.END, NONE, next, 0);
    }
    if (part instanceof PatternText.Sequence sequence) {
      int begin = next;
      for (int i = sequence.parts().size() - 1; i >= 0; i--) {
        begin = compiled(sequence.parts().get(i), begin);
      }
      return begin;
    }
    if (part instanceof PatternText.Either either) {
      int begin = compiled(either.parts().get(0), next);
      for (PatternText.Part other : either.parts().subList(1, either.parts().size())) {
        begin = add(Kind.FORK, NONE, begin, compiled(other, next));
      }
      return begin;
    }
    return repeated((PatternText.Repeated) part, next);
  }

  private int repeated(PatternText.Repeated repeated, int next) {
    int begin = next;
    if (repeated.most() == PatternText.ENDLESS) {
      int fork = add(Kind.FORK, NONE, next, next);
      states.set(fork, new State(Kind.FORK, NONE, compiled(repeated.part(), fork), next));
      begin = fork;
    } else {
      for (int i = repeated.least(); i < repeated.most(); i++) {
        begin = add(Kind.FORK, NONE, compiled(repeated.part(), begin), next);
      }
    }
    for (int i = 0; i < repeated.least(); i++) {
      int again = compiled(repeated.part(), begin);
      if (again == begin) {
        // Nothing, as often as you like; written out it would grow with every bracket.
        return begin;
      }
      begin = again;
    }
    return begin;
  }

  /** As it was written. */
  public String source() {
    return source;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextPattern that && that.source.equals(source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
