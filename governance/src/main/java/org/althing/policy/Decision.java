package org.althing.policy;

import java.util.List;
import org.althing.encoding.Digest;
import org.althing.study.Ground;
import org.althing.study.Refusal.Reason;

/** An owner's answer to a request. */
public sealed interface Decision {
  /**
   * Every clause allows it.
   *
   * @param policy digest of the policy that decided
   */
  record Admitted(Digest policy) implements Decision {}

  /** At least one clause does not; all of them speak. */
  record Refused(List<Reason> reasons) implements Decision {
    public Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a refusal has at least one reason");
      }
    }
  }

  /** The answer where no policy was ever written: no. */
  static Decision withoutPolicy() {
    return new Refused(List.of(Ground.NO_POLICY.of("policy")));
  }
}
