package org.althing.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which package may depend on which; read from {@code packages.tsv}. */
final class PackageTable {
  private static final String ANYTHING = "*";
  private static final String NOTHING = "-";

  private final String root;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  /** One package: its module, and the packages of ours it may see. */
  record Row(String module, String name, Set<String> mayDependOn) {}

  PackageTable(String root, List<String> lines) {
    this.root = root;
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split("\t", -1);
      if (cells.length != 4 || cells[3].isBlank()) {
        throw new IllegalArgumentException(
            "want module, package, may depend on, why; got: " + line);
      }
      Set<String> targets =
          cells[2].equals(NOTHING) ? Set.of() : Set.copyOf(Arrays.asList(cells[2].split(" ")));
      if (rows.put(cells[1], new Row(cells[0], cells[1], targets)) != null) {
        throw new IllegalArgumentException("package listed twice: " + cells[1]);
      }
    }
  }

  /** What is wrong with the table itself: a target that has no row, or a circle. */
  List<String> defects() {
    List<String> defects = new ArrayList<>();
    for (Row row : rows.values()) {
      for (String target : row.mayDependOn()) {
        if (!target.equals(ANYTHING) && !rows.containsKey(target)) {
          defects.add(row.name() + " may depend on " + target + ", which has no row");
        }
      }
    }
    return defects;
  }

  /**
   * Every dependency among our own packages that the table does not allow, and every package
   * without a row.
   */
  Set<String> violations(String module, Iterable<JavaClass> classes) {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : classes) {
      Row row = rows.get(nameOf(type));
      if (row == null || !row.module().equals(module)) {
        violations.add(
            type.getPackageName() + " has no row for module " + module + " in packages.tsv");
        continue;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (isOurs(target) && !allows(row, nameOf(target))) {
          violations.add(type.getName() + " must not depend on " + target.getName());
        }
      }
    }
    return violations;
  }

  /** Dependencies among our own packages that exist, as edges, for the search of circles. */
  static Map<String, Set<String>> edges(Iterable<JavaClass> classes, String root) {
    Map<String, Set<String>> edges = new LinkedHashMap<>();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String from = type.getPackageName();
        String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (!from.equals(to) && to.startsWith(root)) {
          edges.computeIfAbsent(from, unused -> new TreeSet<>()).add(to);
        }
      }
    }
    return edges;
  }

  private static boolean allows(Row row, String target) {
    return row.name().equals(target)
        || row.mayDependOn().contains(target)
        || row.mayDependOn().contains(ANYTHING);
  }

  private boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith(root + ".");
  }

  private String nameOf(JavaClass type) {
    return isOurs(type)
        ? type.getPackageName().substring(root.length() + 1)
        : type.getPackageName();
  }
}
