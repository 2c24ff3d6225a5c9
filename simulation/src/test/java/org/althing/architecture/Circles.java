package org.althing.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Depth-first search for a circle among packages. */
final class Circles {
  private final Map<String, Set<String>> edges;
  private final Set<String> cleared = new TreeSet<>();

  private Circles(Map<String, Set<String>> edges) {
    this.edges = edges;
  }

  /** One circle, first package repeated at the end, or nothing. */
  static Optional<List<String>> first(Map<String, Set<String>> edges) {
    Circles search = new Circles(edges);
    for (String start : edges.keySet()) {
      Optional<List<String>> found = search.from(start, new ArrayList<>());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<List<String>> from(String here, List<String> path) {
    int seen = path.indexOf(here);
    List<String> longer = new ArrayList<>(path);
    longer.add(here);
    if (seen >= 0) {
      return Optional.of(longer.subList(seen, longer.size()));
    }
    if (cleared.contains(here)) {
      return Optional.empty();
    }
    for (String next : edges.getOrDefault(here, Set.of())) {
      Optional<List<String>> found = from(next, longer);
      if (found.isPresent()) {
        return found;
      }
    }
    cleared.add(here);
    return Optional.empty();
  }
}
