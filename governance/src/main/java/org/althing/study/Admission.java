package org.althing.study;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.privacy.Rho;

/**
 * A node's consent to one plan among one roster: its policy allows it and the whole cost is set
 * aside. The signed admissions of all members together are the roster's signature.
 *
 * @param plan digest of the plan the node compiled itself
 * @param policy digest of the policy that decided
 * @param reserved ρ set aside in the node's ledger, spare attempts included
 */
public record Admission(NodeId node, Digest plan, Digest roster, Digest policy, Rho reserved)
    implements Statement {
  private static final String LABEL = "admission/v1";

  @Override
  public byte[] toBytes() {
    return new CanonicalWriter(LABEL)
        .putString(node.value())
        .putDigest(plan)
        .putDigest(roster)
        .putDigest(policy)
        .putLong(reserved.pico())
        .toBytes();
  }

  public static Admission ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      Admission admission =
          new Admission(
              new NodeId(in.getString()),
              in.getDigest(),
              in.getDigest(),
              in.getDigest(),
              new Rho(in.getLong()));
      in.end();
      return admission;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }

  /**
   * Whether {@code admissions} are the consent of every member of the plan's roster, once each, to
   * this very plan; otherwise the first fault.
   */
  public static Optional<String> faultIn(List<Signed<Admission>> admissions, Plan plan) {
    Digest digest = plan.digest();
    for (Signed<Admission> signed : admissions) {
      Optional<String> fault = faultOf(signed, plan, digest);
      if (fault.isPresent()) {
        return fault;
      }
    }
    List<NodeId> consented = admissions.stream().map(a -> a.statement().node()).distinct().toList();
    if (consented.size() != admissions.size()) {
      return Optional.of("a node is listed twice");
    }
    String absent =
        plan.roster().ids().stream()
            .filter(id -> !consented.contains(id))
            .map(NodeId::value)
            .collect(Collectors.joining(", "));
    return absent.isEmpty() ? Optional.empty() : Optional.of("no admission of " + absent);
  }

  /**
   * Whether one admission is a member's signed consent to this very plan; otherwise what is not.
   */
  public static Optional<String> faultOf(Signed<Admission> signed, Plan plan) {
    return faultOf(signed, plan, plan.digest());
  }

  private static Optional<String> faultOf(Signed<Admission> signed, Plan plan, Digest digest) {
    Admission admission = signed.statement();
    if (!admission.plan().equals(digest) || !admission.roster().equals(plan.roster().digest())) {
      return Optional.of(admission.node() + " admitted another plan or another roster");
    }
    if (admission.reserved().compareTo(plan.reservation()) < 0) {
      return Optional.of(admission.node() + " set aside less than the plan may cost");
    }
    return signed.verifies(plan.roster())
        ? Optional.empty()
        : Optional.of("the signature of " + admission.node() + " does not verify");
  }
}
