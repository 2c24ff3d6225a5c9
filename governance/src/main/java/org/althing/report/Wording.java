package org.althing.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.althing.contract.QualityRule;
import org.althing.contract.RuleMeasure;
import org.althing.privacy.Partition;
import org.althing.release.Estimate;
import org.althing.release.Measure;
import org.althing.study.StudyEvent;
import org.althing.table.Verdict;

/** Values of the domain as readers of a report see them. */
public final class Wording {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

  private Wording() {}

  public static String time(long millis) {
    return TIME.format(
        Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
  }

  public static String count(Estimate count) {
    return Decimal.grouped(count.value()) + " \u00b1 " + Decimal.grouped(count.noiseDeviation());
  }

  /** A rate in per cent with its error. */
  public static String percent(Estimate rate) {
    return Decimal.percent(rate.value(), 1) + " \u00b1 " + error(rate.noiseDeviation());
  }

  static String error(double deviation) {
    return Decimal.percent(deviation, deviation < 0.001 ? 2 : 1);
  }

  /** A share as it can be: noise may have carried it below 0 or above 1. */
  static double cut(Measure share) {
    return Math.max(0, Math.min(1, share.value()));
  }

  static String share(Measure measure) {
    return Decimal.fixed(cut(measure), 3) + " \u00b1 " + Decimal.fixed(measure.totalDeviation(), 3);
  }

  /** At the beginning of a sentence. */
  static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  static String partition(Partition partition) {
    return switch (partition) {
      case ALL -> "all records";
      case TRAIN -> "training records";
      case HOLDOUT -> "held-out records";
    };
  }

  static String verdict(Verdict verdict) {
    return switch (verdict) {
      case OK -> "ok";
      case MISSING -> "missing";
      case SENTINEL -> "sentinel";
      case UNPARSABLE -> "unparsable";
      case OUT_OF_RANGE -> "out of range";
      case NOT_IN_SET -> "not in set";
    };
  }

  public static String rule(QualityRule rule) {
    String operator =
        switch (rule.operator()) {
          case MUST_BE_LESS_THAN -> " < ";
          case MUST_BE_LESS_OR_EQUAL_TO -> " \u2264 ";
          case MUST_BE_GREATER_THAN -> " > ";
          case MUST_BE_GREATER_OR_EQUAL_TO -> " \u2265 ";
        };
    return measure(rule.measure())
        + operator
        + Decimal.significant(rule.threshold(), 6)
        + unit(rule);
  }

  private static String unit(QualityRule rule) {
    if (rule.unit() != QualityRule.Unit.PERCENT) {
      return "";
    }
    return rule.measure() instanceof RuleMeasure.Groups ? " per 100 rows" : " %";
  }

  private static String measure(RuleMeasure measure) {
    if (measure instanceof RuleMeasure.Faults faults) {
      return faults.column()
          + switch (faults.kind()) {
            case NULL_VALUES -> ": missing values";
            case MISSING_VALUES -> ": missing or sentinel values";
            case INVALID_VALUES -> ": invalid values";
          };
    }
    if (measure instanceof RuleMeasure.Matching matching) {
      // In brackets: a bound follows, which would read as part of the condition.
      String among = matching.among().map(a -> " among rows where (" + a.sql() + ")").orElse("");
      return "rows where (" + matching.where().sql() + ")" + among;
    }
    if (measure instanceof RuleMeasure.Groups groups) {
      String equal = "groups of rows with equal " + String.join(", ", groups.equal());
      return equal + groups.label().map(label -> " and different " + label).orElse("");
    }
    if (measure instanceof RuleMeasure.Drift drift) {
      return drift.column()
          + switch (drift.distance()) {
            case L_INFINITY -> ": largest change of a share (L\u221e)";
            case KOLMOGOROV_SMIRNOV -> ": change of its distribution (binned KS)";
            case JENSEN_SHANNON -> ": change of its shares (Jensen-Shannon, bits)";
            case STABILITY_INDEX -> ": change of its shares (PSI)";
            case CHI_SQUARE -> ": change of its shares (\u03c7\u00b2 per row)";
          };
    }
    if (measure instanceof RuleMeasure.MeanWords words) {
      return "%s: mean number of words (at most %d of a text count)"
          .formatted(words.column(), words.most());
    }
    return "rows";
  }

  /** One line of the study's history. */
  static String event(StudyEvent event) {
    if (event instanceof StudyEvent.StudySubmitted submitted) {
      return "study submitted by " + submitted.lead();
    }
    if (event instanceof StudyEvent.NodeRefused refused) {
      return refused.node() + " refused: " + String.join("; ", refused.reasons());
    }
    if (event instanceof StudyEvent.EpochOpened opened) {
      return "keys agreed among " + opened.members().size() + " nodes";
    }
    if (event instanceof StudyEvent.RoundOpened opened) {
      return "release %d, attempt %d began".formatted(opened.release() + 1, opened.attempt());
    }
    if (event instanceof StudyEvent.Released released) {
      return "release %d: the sum over %d nodes became public"
          .formatted(released.release() + 1, released.survivors().size());
    }
    if (event instanceof StudyEvent.RoundAborted aborted) {
      return "release %d, attempt %d broke down: %s"
          .formatted(aborted.release() + 1, aborted.attempt(), aborted.reason());
    }
    if (event instanceof StudyEvent.StudyStopped stopped) {
      return "study stopped: " + stopped.reason();
    }
    return plainEvent(event);
  }

  private static String plainEvent(StudyEvent event) {
    if (event instanceof StudyEvent.NodeAdmitted) {
      return "a node admitted the plan";
    }
    if (event instanceof StudyEvent.Charged) {
      return "a node paid";
    }
    if (event instanceof StudyEvent.Witnessed) {
      return "nodes cosigned the log";
    }
    return event instanceof StudyEvent.StudyCompleted ? "study completed" : "report issued";
  }
}
