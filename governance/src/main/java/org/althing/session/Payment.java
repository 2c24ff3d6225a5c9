package org.althing.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.althing.audit.Witness;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.privacy.PaidSum;
import org.althing.privacy.ReleaseId;
import org.althing.secagg.Input;
import org.althing.secagg.InputHeader;
import org.althing.study.ChargeStatement;
import org.althing.study.LogEntry;
import org.althing.study.Remembrance;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;

/**
 * What became of one attempt's charge after it was made durable in this node's ledger: it is shown
 * to the others, and has to be in the log and remembered by a quorum of them before the sum may be
 * noised.
 *
 * <p>The quorum is t − 1 others: a node that starts asks so many that one of them is an honest one
 * of these, whatever c members do.
 */
final class Payment {
  private final NodeStudy.Identity identity;
  private final Roster roster;
  private final PaidSum paid;
  private final Bytes charge;
  private List<Bytes> shown = List.of();

  /** Of what was shown, which every word on it is compared with. */
  private Digest digest = Remembrance.digestOf(List.of());

  /** The charges shown, by the digest that the header of their owner's vector names. */
  private final Map<Digest, Signed<ChargeStatement>> charges = new HashMap<>();

  private boolean settled;

  Payment(NodeStudy.Identity identity, Roster roster, PaidSum paid) {
    this.identity = identity;
    this.roster = roster;
    this.paid = paid;
    this.charge =
        Bytes.of(
            Signed.by(identity.key(), new ChargeStatement(identity.id(), paid.receipt()))
                .toBytes());
  }

  /** This node's own charge, as it signed it. */
  Bytes charge() {
    return charge;
  }

  PaidSum sum() {
    return paid;
  }

  /** How many others must remember the charges of an attempt before noise is drawn. */
  private int leastRemembering() {
    return roster.quorum().threshold() - 1;
  }

  /** Takes the charges of an attempt, once; what is wrong with them, if anything. */
  Optional<String> show(List<Bytes> all) {
    if (!shown.isEmpty()) {
      return shown.equals(all) ? Optional.empty() : Optional.of("other charges were shown before");
    }
    ReleaseId id = paid.receipt().release();
    Set<NodeId> owners = new HashSet<>();
    for (Bytes each : all) {
      Signed<ChargeStatement> read;
      try {
        read = Signed.ofBytes(each.toArray(), ChargeStatement::ofBytes);
      } catch (MalformedEncoding e) {
        return Optional.of("a charge that was shown is malformed");
      }
      NodeId owner = read.statement().node();
      if (!read.statement().receipt().release().equals(id) || !read.verifies(roster)) {
        return Optional.of(
            "what is shown as a charge of %s is none of this attempt".formatted(owner));
      }
      if (!owners.add(owner)) {
        return Optional.of("two charges of %s were shown".formatted(owner));
      }
      charges.put(Input.digestOf(each), read);
    }
    if (!charges.containsKey(Input.digestOf(charge))) {
      return Optional.of("this node's own charge was not shown");
    }
    if (owners.size() < roster.quorum().leastConfirmed()) {
      return Optional.of(
          "%d members were charged, %d must be"
              .formatted(owners.size(), roster.quorum().leastConfirmed()));
    }
    shown = all;
    digest = Remembrance.digestOf(all);
    return Optional.empty();
  }

  /** The others' charges, as they were shown. */
  List<Signed<ChargeStatement>> others() {
    return charges.values().stream()
        .filter(each -> !each.statement().node().equals(identity.id()))
        .toList();
  }

  /** This node's word on the charges shown; to be given once they are on disk. */
  Signed<Remembrance> remembrance() {
    return Signed.by(
        identity.key(), new Remembrance(identity.id(), paid.receipt().release(), digest));
  }

  /**
   * What is missing before the sum may be noised, if anything.
   *
   * @param witness that has accepted the checkpoint
   */
  Optional<String> missing(ToNode.ChargesRemembered said, Witness witness) {
    if (shown.isEmpty()) {
      return Optional.of("the charges are said to be remembered before they were shown");
    }
    if (!witness.holds(said.charge().entry(), said.charge().inclusion())
        || !isOwnCharge(said.charge().entry())) {
      return Optional.of("this node's charge is not shown to be in the log");
    }
    long remembering =
        said.remembrances().stream()
            .flatMap(each -> remembering(each).stream())
            .distinct()
            .limit(leastRemembering())
            .count();
    return remembering < leastRemembering()
        ? Optional.of(
            "%d others remember this attempt's charges, %d must"
                .formatted(remembering, leastRemembering()))
        : Optional.empty();
  }

  private boolean isOwnCharge(Bytes bytes) {
    try {
      LogEntry entry = LogEntry.ofBytes(bytes.toArray());
      return entry.study().equals(paid.receipt().release().study())
          && entry.event() instanceof StudyEvent.Charged logged
          && logged.statement().equals(charge);
    } catch (MalformedEncoding e) {
      return false;
    }
  }

  /** Which other member says that it remembers the very charges shown here, if one does. */
  private Optional<NodeId> remembering(Bytes bytes) {
    try {
      Signed<Remembrance> signed = Signed.ofBytes(bytes.toArray(), Remembrance::ofBytes);
      Remembrance said = signed.statement();
      return !said.node().equals(identity.id())
              && said.release().equals(paid.receipt().release())
              && said.charges().equals(digest)
              && signed.verifies(roster)
          ? Optional.of(said.node())
          : Optional.empty();
    } catch (MalformedEncoding e) {
      return Optional.empty();
    }
  }

  /** Says that the sum goes on to be noised; false where it was said before. */
  boolean settle() {
    boolean first = !settled;
    settled = true;
    return first;
  }

  /** Whether the charge that a vector's header names is its sender's, and was shown. */
  boolean covers(InputHeader header) {
    Signed<ChargeStatement> named = charges.get(header.attachment());
    return named != null && named.statement().node().equals(header.sender());
  }
}
