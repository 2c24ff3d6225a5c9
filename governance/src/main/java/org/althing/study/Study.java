package org.althing.study;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.althing.contract.Contract;
import org.althing.encoding.Digest;
import org.althing.table.Column;

/**
 * A question put to the federation: immutable once submitted.
 *
 * @param id 1 to 63 lower-case letters, digits and inner hyphens, a letter first
 * @param lead who asks, as policies name them
 * @param contract id of the data contract the question speaks of
 * @param holdoutPercent hundredths of the privacy units kept for evaluation, 0 to 50; 0 for a
 *     quality audit and for statistics
 * @param deadline how long after its submission the study may take
 * @param digest of the text the study was read from, so that two parties can tell whether they hold
 *     the same study
 */
public record Study(
    String id,
    String title,
    String purpose,
    String lead,
    String contract,
    AnalysisChoice analysis,
    PrivacyTerms privacy,
    int holdoutPercent,
    Participation participation,
    Duration deadline,
    Digest digest) {
  public static final int DEFAULT_HOLDOUT_PERCENT = 20;
  public static final int MOST_HOLDOUT_PERCENT = 50;
  public static final Duration DEFAULT_DEADLINE = Duration.ofHours(6);
  private static final Pattern ID = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Duration LEAST_DEADLINE = Duration.ofSeconds(10);
  private static final Duration MOST_DEADLINE = Duration.ofDays(90);

  public Study {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a study id is 1 to 63 lower-case letters, digits and inner hyphens, a letter first");
    }
    requireText("title", title, 200);
    requireText("purpose", purpose, 2000);
    requireText("lead", lead, 100);
    requireText("contract", contract, 200);
    if (holdoutPercent < 0 || holdoutPercent > MOST_HOLDOUT_PERCENT) {
      throw new IllegalArgumentException(
          "the hold-out is 0 to " + MOST_HOLDOUT_PERCENT + " per cent, got " + holdoutPercent);
    }
    if (holdoutPercent > 0 && !analysis.fitsModel()) {
      throw new IllegalArgumentException(
          (analysis instanceof AnalysisChoice.Quality
                  ? "a quality audit counts"
                  : "statistics count")
              + " every record: leave the hold-out out");
    }
    if (deadline.compareTo(LEAST_DEADLINE) < 0 || deadline.compareTo(MOST_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "the deadline is 10 seconds to 90 days after submission, got " + deadline);
    }
  }

  /** The contract's columns this study reads: those it names, or all that may leave. */
  public List<String> columnsRead(Contract of) {
    return analysis.columns().isEmpty()
        ? of.schema().columns().stream().map(Column::name).toList()
        : analysis.columns();
  }

  private static void requireText(String what, String text, int most) {
    if (text.isBlank() || text.length() > most) {
      throw new IllegalArgumentException(
          "the " + what + " of a study has 1 to " + most + " characters");
    }
  }
}
