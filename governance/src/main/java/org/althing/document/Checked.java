package org.althing.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.study.QuorumChoice;

/** Domain values from what a document holds: what their constructors refuse gets its place. */
final class Checked {
  private Checked() {}

  /**
   * The value, or the constructor's refusal as an error at {@code key}.
   *
   * @param value may throw {@link IllegalArgumentException} and nothing else
   */
  static <T> T of(Mapping mapping, String key, Supplier<T> value) throws DocumentError {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw mapping.error(key, String.valueOf(e.getMessage()));
    }
  }

  static NodeId node(Mapping mapping, String key) throws DocumentError {
    String name = mapping.text(key);
    return of(mapping, key, () -> new NodeId(name));
  }

  static List<NodeId> nodes(Mapping mapping, String key, List<String> names) throws DocumentError {
    List<NodeId> nodes = new ArrayList<>();
    for (String name : names) {
      nodes.add(of(mapping, key, () -> new NodeId(name)));
    }
    return nodes;
  }

  /** The numbers under {@code quorum}, where there are any. */
  static QuorumChoice quorum(Mapping mapping) throws DocumentError {
    Optional<Mapping> given = mapping.optionalMapping("quorum");
    if (given.isEmpty()) {
      return QuorumChoice.NONE;
    }
    Mapping quorum = given.get();
    return new QuorumChoice(
        optionalWhole(quorum, "threshold"),
        optionalWhole(quorum, "colluders"),
        optionalWhole(quorum, "least_cohort"),
        optionalWhole(quorum, "least_survivors"));
  }

  private static OptionalInt optionalWhole(Mapping mapping, String key) throws DocumentError {
    return mapping.has(key)
        ? OptionalInt.of((int) mapping.whole(key, 0, Quorum.MOST_NODES))
        : OptionalInt.empty();
  }
}
