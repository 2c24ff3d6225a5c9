package org.althing.policy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A list of names an owner lets through, or all of them; nothing that is not named. */
public record Allowed(boolean everything, Set<String> names) {
  public static final String EVERYTHING = "*";
  public static final Allowed NOTHING = new Allowed(false, Set.of());

  public Allowed {
    names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  /** The names as an owner writes them; {@code *} alone lets everything through. */
  public static Allowed of(List<String> names) {
    if (names.contains(EVERYTHING)) {
      if (names.size() > 1) {
        throw new IllegalArgumentException("\"*\" allows everything: write it alone");
      }
      return new Allowed(true, Set.of());
    }
    return new Allowed(false, Set.copyOf(names));
  }

  public boolean allows(String name) {
    return everything || names.contains(name);
  }

  @Override
  public String toString() {
    if (everything) {
      return "everything";
    }
    return names.isEmpty() ? "nothing" : String.join(", ", names);
  }
}
