package org.althing.model.features;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.althing.table.Schema;

/**
 * Two columns with cells that a model reads as one column, whose cells are the pairs of theirs.
 *
 * @param first another column than {@code second}; which comes first says only how pairs are named
 */
public record Interaction(String first, String second) {
  public static final int MOST = 16;

  /** Cells of all interactions of a model together. */
  public static final int MOST_CELLS = 4096;

  public Interaction {
    if (first.equals(second)) {
      throw new IllegalArgumentException(
          "column %s cannot interact with itself: name two different columns".formatted(first));
    }
  }

  /** Whether it reads the column. */
  public boolean reads(String column) {
    return first.equals(column) || second.equals(column);
  }

  /** For readers, {@code sex × cp}. */
  public String inWords() {
    return first + " \u00d7 " + second;
  }

  /** Several for readers. */
  public static String inWords(List<Interaction> interactions) {
    return interactions.stream().map(Interaction::inWords).collect(Collectors.joining(", "));
  }

  /** The same list, where no two are of the same columns, either way round. */
  public static List<Interaction> distinct(List<Interaction> interactions) {
    if (interactions.size() > MOST) {
      throw new IllegalArgumentException(
          "a model has at most %d interactions, got %d: keep those that matter most"
              .formatted(MOST, interactions.size()));
    }
    Set<Set<String>> seen = new HashSet<>();
    for (Interaction each : interactions) {
      if (!seen.add(Set.of(each.first, each.second))) {
        throw new IllegalArgumentException(
            "the interaction %s is named twice: once is enough".formatted(each.inWords()));
      }
    }
    return List.copyOf(interactions);
  }

  /** Why a schema's columns cannot interact so: every reason, none where they can. */
  public static List<String> misfits(List<Interaction> interactions, Schema schema) {
    List<String> reasons = new ArrayList<>();
    long cells = 0;
    for (Interaction each : interactions) {
      long product = 1;
      for (String name : List.of(each.first, each.second)) {
        int own = schema.contains(name) ? schema.column(name).domain().cells() : 0;
        if (own == 0) {
          reasons.add(
              "column %s has no cells, which the interaction %s needs: declare bins in the contract, or leave the interaction out"
                  .formatted(name, each.inWords()));
        }
        product *= own;
      }
      cells += product + 1;
    }
    if (cells > MOST_CELLS) {
      reasons.add(
          "the interactions %s have %d cells, at most %d are provided for: declare coarser bins, or leave some out"
              .formatted(inWords(interactions), cells, MOST_CELLS));
    }
    return reasons;
  }
}
