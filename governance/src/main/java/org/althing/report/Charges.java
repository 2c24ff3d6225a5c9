package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.Rho;
import org.althing.study.ChargeStatement;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;

/** What the nodes said they paid, in the order of the log. */
public final class Charges {
  private final List<ChargeStatement> statements;

  private Charges(List<ChargeStatement> statements) {
    this.statements = List.copyOf(statements);
  }

  public static Charges of(StudyRecord record) {
    List<ChargeStatement> statements = new ArrayList<>();
    for (StudyEvent.Charged charged : record.events(StudyEvent.Charged.class)) {
      try {
        statements.add(
            Signed.ofBytes(charged.statement().toArray(), ChargeStatement::ofBytes).statement());
      } catch (MalformedEncoding e) {
        throw new IllegalArgumentException("a charge in the log is not readable", e);
      }
    }
    return new Charges(statements);
  }

  public List<ChargeStatement> all() {
    return statements;
  }

  List<ChargeReceipt> of(NodeId node) {
    return statements.stream()
        .filter(s -> s.node().equals(node))
        .map(ChargeStatement::receipt)
        .toList();
  }

  /** What the node's charges for this study added to its spend. */
  public Rho paidBy(NodeId node) {
    Rho sum = Rho.ZERO;
    for (ChargeReceipt receipt : of(node)) {
      sum = sum.plus(receipt.marginal());
    }
    return sum;
  }

  /** The node's whole spend after its last charge for this study; none where it paid nothing. */
  public Optional<Rho> spentBy(NodeId node) {
    return of(node).stream().map(ChargeReceipt::spent).reduce((first, last) -> last);
  }
}
