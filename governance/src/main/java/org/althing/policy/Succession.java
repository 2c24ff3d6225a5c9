package org.althing.policy;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.approval.Person;
import org.althing.approval.PolicyConsent;

/**
 * Whether a policy may take the place of the one in force. What only makes it stricter, its owner
 * writes alone; everything else, a larger budget and other people included, {@value #PEOPLE} people
 * whom the policy <em>in force</em> names agree to, so that nobody lets in the hands that then
 * agree.
 *
 * <p>Where the policy in force names fewer people, nobody can be asked, and it gives way. It does
 * not guard against whoever can change the node's own state.
 *
 * @param open the clauses that make it other than stricter
 * @param asked whether people have to agree to them
 * @param agreed the people who did, by name
 */
public record Succession(
    List<PolicyChange> open, boolean asked, SortedMap<String, PolicyConsent> agreed) {
  public static final int PEOPLE = 2;

  /**
   * @param given in any order; those on another change, and those whose signature is not of the
   *     person they name, are as if they were not there
   */
  public static Succession of(Policy inForce, Policy next, Collection<PolicyConsent> given) {
    List<PolicyChange> open =
        PolicyChange.between(inForce, next).stream()
            .filter(change -> change.direction() != PolicyChange.Direction.STRICTER)
            .toList();
    PolicyConsent.Change change = change(inForce, next);
    SortedMap<String, PolicyConsent> agreed = new TreeMap<>();
    for (PolicyConsent consent : given) {
      boolean counts =
          consent.change().equals(change)
              && inForce
                  .approvals()
                  .person(consent.person())
                  .map(Person::key)
                  .filter(consent::verifies)
                  .isPresent();
      if (counts) {
        agreed.putIfAbsent(consent.person(), consent);
      }
    }
    boolean asked = !open.isEmpty() && inForce.approvals().people().size() >= PEOPLE;
    return new Succession(open, asked, agreed);
  }

  /** What people agree to who let {@code next} follow. */
  public static PolicyConsent.Change change(Policy inForce, Policy next) {
    return new PolicyConsent.Change(inForce.org(), inForce.digest(), next.digest());
  }

  /** Whether the new policy takes over. */
  public boolean stands() {
    return !asked || agreed.size() >= PEOPLE;
  }
}
