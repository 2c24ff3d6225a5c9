package org.althing.session;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.secagg.Input;
import org.althing.study.ChargeStatement;
import org.althing.study.Remembrance;
import org.althing.study.Signed;

/**
 * What one attempt was charged and who remembers it, as the coordinator is told; the members hold
 * it against it with {@link Payment}.
 */
final class CohortCharges {
  private final ReleaseId attempt;
  private final Rho price;
  private final Roster roster;
  private final SortedMap<NodeId, Bytes> charges = new TreeMap<>();
  private final SortedMap<NodeId, Bytes> remembrances = new TreeMap<>();

  /** Of the charges as they were shown. */
  private Digest shown = Remembrance.digestOf(List.of());

  /**
   * Of an attempt that nobody was charged for yet.
   *
   * @param price of the release by the plan
   */
  CohortCharges(ReleaseId attempt, Rho price, Roster roster) {
    this.attempt = attempt;
    this.price = price;
    this.roster = roster;
  }

  Set<NodeId> charged() {
    return charges.keySet();
  }

  Set<NodeId> remembering() {
    return remembrances.keySet();
  }

  /** A member's charge. */
  Bytes of(NodeId member) {
    Bytes charge = charges.get(member);
    if (charge == null) {
      throw new IllegalStateException(member + " was not charged");
    }
    return charge;
  }

  /** Takes a member's charge if it is one of this attempt, at its price, signed by the member. */
  boolean charge(NodeId member, Bytes bytes) {
    try {
      Signed<ChargeStatement> charge = Signed.ofBytes(bytes.toArray(), ChargeStatement::ofBytes);
      ChargeStatement statement = charge.statement();
      boolean sound =
          statement.node().equals(member)
              && statement.receipt().release().equals(attempt)
              && statement.receipt().gross().equals(price)
              && charge.verifies(roster);
      if (sound) {
        charges.put(member, bytes);
      }
      return sound;
    } catch (MalformedEncoding e) {
      return false;
    }
  }

  /** All charges, to be shown: no other is taken after that. */
  List<Bytes> show() {
    List<Bytes> all = List.copyOf(charges.values());
    shown = Remembrance.digestOf(all);
    return all;
  }

  /** Takes a member's word that it remembers all that was shown. */
  boolean remember(NodeId member, Bytes bytes) {
    try {
      Signed<Remembrance> said = Signed.ofBytes(bytes.toArray(), Remembrance::ofBytes);
      boolean sound =
          said.statement().equals(new Remembrance(member, attempt, shown)) && said.verifies(roster);
      if (sound) {
        remembrances.put(member, bytes);
      }
      return sound;
    } catch (MalformedEncoding e) {
      return false;
    }
  }

  List<Bytes> remembrances() {
    return List.copyOf(remembrances.values());
  }

  /** Whether a vector comes under the charge that its sender showed. */
  boolean cover(Input input) {
    Bytes charge = charges.get(input.sender());
    return charge != null && charge.equals(input.attachment());
  }
}
