package org.althing.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What may not be named where; read from {@code forbidden.tsv}. */
final class ForbiddenTable {
  private final List<Ban> bans = new ArrayList<>();

  /**
   * One ban: scope, pattern over full names of types and members, prefixes it does not hold for,
   * reason.
   */
  record Ban(String where, Pattern what, List<String> except, String why) {}

  ForbiddenTable(List<String> lines) {
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split("\t", -1);
      if (cells.length != 4 || cells[3].isBlank()) {
        throw new IllegalArgumentException("want where, what, except in, why; got: " + line);
      }
      List<String> except = cells[2].equals("-") ? List.of() : Arrays.asList(cells[2].split(" "));
      bans.add(new Ban(cells[0], Pattern.compile(cells[1]), except, cells[3]));
    }
  }

  /** Every use of something banned in these classes of a module. */
  Set<String> violations(String module, Iterable<JavaClass> classes) {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : classes) {
      List<Ban> held = bans.stream().filter(ban -> holds(ban, module, type.getName())).toList();
      if (held.isEmpty()) {
        continue;
      }
      for (String name : namesUsedBy(type)) {
        for (Ban ban : held) {
          if (ban.what().matcher(name).matches()) {
            violations.add(type.getName() + " uses " + name + ": " + ban.why());
          }
        }
      }
    }
    return violations;
  }

  private static Set<String> namesUsedBy(JavaClass type) {
    Set<String> names = new TreeSet<>();
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      names.add(dependency.getTargetClass().getBaseComponentType().getName());
    }
    for (JavaAccess<?> access : type.getAccessesFromSelf()) {
      names.add(access.getTarget().getFullName());
    }
    return names;
  }

  private static boolean holds(Ban ban, String module, String type) {
    boolean inScope =
        ban.where().equals(module)
            || (ban.where().equals("shipped") && !module.equals("simulation"))
            || (ban.where().startsWith("org.althing.") && isUnder(type, ban.where()));
    return inScope && ban.except().stream().noneMatch(prefix -> isUnder(type, prefix));
  }

  private static boolean isUnder(String type, String prefix) {
    return type.equals(prefix) || type.startsWith(prefix + ".") || type.startsWith(prefix + "$");
  }
}
