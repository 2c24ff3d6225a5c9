package org.althing.approval;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.althing.federation.VerifyingKey;

/**
 * Someone whom an owner lets speak on studies.
 *
 * @param id 1 to 63 lower-case letters, digits, dots, hyphens, underscores and at-signs, a letter
 *     first
 * @param roles what the person may speak as, at least one
 * @param key verifies the person's statements
 * @param asksAs further names under which the same person leads studies
 */
public record Person(String id, Set<String> roles, VerifyingKey key, Set<String> asksAs) {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9._@-]{0,62}");
  private static final Pattern ROLE = Pattern.compile("[a-z][a-z-]{0,30}");

  public Person {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a person's id is 1 to 63 of a-z, 0-9, '.', '-', '_' and '@', a letter first");
    }
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a person has at least one role");
    }
    roles.forEach(Person::requireRole);
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    asksAs = Collections.unmodifiableSortedSet(new TreeSet<>(asksAs));
  }

  static void requireRole(String role) {
    if (!ROLE.matcher(role).matches()) {
      throw new IllegalArgumentException(
          "a role is 1 to 31 lower-case letters and hyphens, a letter first");
    }
  }

  /** Whether a study of this lead is the person's own. */
  public boolean leads(String lead) {
    return id.equalsIgnoreCase(lead) || asksAs.stream().anyMatch(lead::equalsIgnoreCase);
  }
}
