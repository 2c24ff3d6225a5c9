package org.althing.compliance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;

/**
 * What people typed for the reports of a study: the only thing in them that is not from its log.
 *
 * @param common said of every organisation that does not say it itself, and of the study
 * @param operator of whoever runs the coordinator
 * @param digest of the file's text; empty without a file
 */
public record Particulars(
    Map<Particular, String> common,
    Map<Particular, String> operator,
    SortedMap<NodeId, Map<Particular, String>> organisations,
    Optional<Digest> digest) {
  public static final int MOST_CHARACTERS = 4000;

  /** Of whoever typed nothing. */
  public static final Particulars NONE =
      new Particulars(Map.of(), Map.of(), new TreeMap<>(), Optional.empty());

  public Particulars {
    common = checked(common);
    operator = checked(operator);
    SortedMap<NodeId, Map<Particular, String>> each = new TreeMap<>();
    organisations.forEach((node, said) -> each.put(node, checked(said)));
    organisations = Collections.unmodifiableSortedMap(each);
  }

  private static Map<Particular, String> checked(Map<Particular, String> said) {
    Map<Particular, String> checked = new EnumMap<>(Particular.class);
    said.forEach(
        (particular, text) -> {
          if (text.isBlank() || text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                "%s has 1 to %d characters".formatted(particular.key(), MOST_CHARACTERS));
          }
          checked.put(particular, text);
        });
    return Collections.unmodifiableMap(checked);
  }

  /** The organisations it speaks of that are no members of {@code roster}. */
  public List<NodeId> strangers(Roster roster) {
    List<NodeId> strangers = new ArrayList<>(organisations.keySet());
    strangers.removeAll(roster.ids());
    return strangers;
  }

  Statement of(NodeId node, Particular particular) {
    String path = "organisations." + node + "." + particular.key();
    Optional<Statement> own = typed(organisations.getOrDefault(node, Map.of()), particular, path);
    return own.or(() -> typed(common, particular, "common." + particular.key()))
        .orElseGet(() -> Statement.missing(path));
  }

  Statement ofOperator(Particular particular) {
    String path = "operator." + particular.key();
    return typed(operator, particular, path).orElseGet(() -> Statement.missing(path));
  }

  Statement ofStudy(Particular particular) {
    String path = "common." + particular.key();
    return typed(common, particular, path).orElseGet(() -> Statement.missing(path));
  }

  private static Optional<Statement> typed(
      Map<Particular, String> said, Particular particular, String path) {
    return Optional.ofNullable(said.get(particular))
        .map(text -> Statement.of(text, new Source.Typed(path)));
  }
}
