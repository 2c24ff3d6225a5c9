package org.althing.policy;

import java.time.Period;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How long a node keeps what is no evidence of anybody else's: what is older may be erased, and
 * whatever has no period is kept.
 */
public record Retention(Map<Kind, Period> periods) {
  public static final Retention NONE = new Retention(Map.of());

  /** What may be erased. Ledger, policies, witness and receipts never are. */
  public enum Kind {
    /** The messages that left, month by month; the newest month stays. */
    OUTBOX,
    /** What people said of studies and policies, in their names. */
    APPROVALS,
    /** The salts and payloads of commitments in the log. */
    SALTS;

    /** As policies write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Retention {
    Map<Kind, Period> checked = new EnumMap<>(Kind.class);
    periods.forEach(
        (kind, period) -> {
          if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException(kind.word() + ": a period is at least a day");
          }
          checked.put(kind, period);
        });
    periods = Collections.unmodifiableMap(checked);
  }
}
