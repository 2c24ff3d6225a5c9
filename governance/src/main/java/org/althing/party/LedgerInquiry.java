package org.althing.party;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.privacy.BudgetLedger;
import org.althing.study.ChargeStatement;
import org.althing.study.Recollection;
import org.althing.study.Signed;

/**
 * What the other members remember of a node's own ledger, asked for since its process began.
 *
 * <p>A disk can be put back while no process runs, not under one: once enough members have spoken,
 * the ledger is the newest. An answer that comes later is still heard.
 */
final class LedgerInquiry {
  private final NodeId self;
  private final Roster federation;
  private final BudgetLedger ledger;
  private final Set<NodeId> heard = new TreeSet<>();
  private Optional<Digest> nonce = Optional.empty();

  LedgerInquiry(NodeId self, Roster federation, BudgetLedger ledger) {
    this.self = self;
    this.federation = federation;
    this.ledger = ledger;
  }

  /** A session began, in which answers carry this nonce. */
  void begin(Digest fresh) {
    nonce = Optional.of(fresh);
  }

  /** The nonce of the session at hand. */
  Optional<Digest> nonce() {
    return nonce;
  }

  boolean isAnswered() {
    return heard.size() >= needed();
  }

  int needed() {
    return federation.quorum().leastRemembering();
  }

  /** How many have answered. */
  int heard() {
    return heard.size();
  }

  /**
   * Takes an answer; one that is not signed by a member, or is to another question, is none.
   *
   * @return a charge that this node signed and its ledger has forgotten, if the answer holds one
   */
  Optional<Signed<ChargeStatement>> take(Bytes answer) {
    Signed<Recollection> signed;
    try {
      signed = Signed.ofBytes(answer.toArray(), Recollection::ofBytes);
    } catch (MalformedEncoding e) {
      return Optional.empty();
    }
    Recollection said = signed.statement();
    boolean meant =
        said.about().equals(self)
            && !said.node().equals(self)
            && Optional.of(said.nonce()).equals(nonce)
            && signed.verifies(federation);
    if (!meant || !said.newest().map(this::isOwn).orElse(true)) {
      return Optional.empty();
    }
    heard.add(said.node());
    return said.newest().filter(own -> forgotten(own).isPresent());
  }

  private boolean isOwn(Signed<ChargeStatement> charge) {
    return charge.statement().node().equals(self) && charge.verifies(federation);
  }

  /** What the ledger has forgotten of a charge that this node signed, if anything. */
  Optional<String> forgotten(Signed<ChargeStatement> own) {
    return ledger.forgotten(own.statement().receipt().ledger());
  }
}
