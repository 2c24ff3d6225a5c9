package org.althing.study;

import java.util.List;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;

/**
 * A node's no to one plan, with every reason. Reasons speak of declarations and budgets, never of
 * what the data hold.
 */
public record Refusal(NodeId node, Digest plan, List<Reason> reasons) implements Statement {
  private static final String LABEL = "refusal/v1";

  /**
   * One reason.
   *
   * @param clause the path of the policy's clause, such as {@code budget.per-study}, or {@code
   *     plan} where the node's own plan differs
   * @param text what was asked and what is allowed
   */
  public record Reason(String clause, String text) {
    @Override
    public String toString() {
      return clause + ": " + text;
    }
  }

  public Refusal {
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a refusal has at least one reason");
    }
  }

  @Override
  public byte[] toBytes() {
    return new CanonicalWriter(LABEL)
        .putString(node.value())
        .putDigest(plan)
        .putList(reasons, (w, r) -> w.putString(r.clause()).putString(r.text()))
        .toBytes();
  }

  public static Refusal ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      Refusal refusal =
          new Refusal(
              new NodeId(in.getString()),
              in.getDigest(),
              in.getList(r -> new Reason(r.getString(), r.getString())));
      in.end();
      return refusal;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}
