package org.althing.study;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.althing.cleaning.Recipe;
import org.althing.contract.Contract;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.release.Folds;
import org.althing.table.Column;

/**
 * A question put to the federation: immutable once submitted.
 *
 * @param id 1 to 63 lower-case letters, digits and inner hyphens, a letter first
 * @param lead who asks, as policies name them
 * @param contract id of the data contract the question speaks of
 * @param cleaning what is done to every organisation's records before they are analysed
 * @param holdoutPercent hundredths of the privacy units kept for evaluation, 0 to 50; 0 for a
 *     quality audit, for statistics, for clusters and with folds
 * @param folds for a cross-validation in place of a hold-out; of one model only
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
    Recipe cleaning,
    AnalysisChoice analysis,
    PrivacyTerms privacy,
    int holdoutPercent,
    Optional<Folds> folds,
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
          "the analysis %s counts every record: leave the hold-out out".formatted(analysis.word()));
    }
    if (folds.isPresent() && !(analysis instanceof AnalysisChoice.Model)) {
      throw new IllegalArgumentException(
          "folds are for one model, not for %s: leave the folds out".formatted(analysis.word()));
    }
    if (folds.isPresent() && holdoutPercent > 0) {
      throw new IllegalArgumentException(
          "with folds every record is evaluated: leave the hold-out out");
    }
    if (holdoutPercent == 0 && analysis instanceof AnalysisChoice.Candidates) {
      throw new IllegalArgumentException(
          "candidates are compared on held-out records: hold some out");
    }
    if (holdoutPercent == 0 && folds.isEmpty() && analysis.groups().isPresent()) {
      throw new IllegalArgumentException(
          "groups are counted among held-out records: hold some out, or leave the groups out");
    }
    if (analysis instanceof AnalysisChoice.Quality && cleaning.changesColumns()) {
      throw new IllegalArgumentException(
          "a quality audit judges values as they are: leave clip, bins and impute out of its cleaning");
    }
    if (deadline.compareTo(LEAST_DEADLINE) < 0 || deadline.compareTo(MOST_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "the deadline is 10 seconds to 90 days after submission, got " + deadline);
    }
  }

  /** Of so many units those that a model is learnt from; with folds, each of the models. */
  public long learntFrom(long units) {
    return folds
        .map(f -> units * (f.count() - 1) / f.count())
        .orElse(units * (100 - holdoutPercent) / 100);
  }

  /** Of so many units those that a model is evaluated on. */
  public double evaluatedOn(long units) {
    return folds.isPresent() ? units : units * holdoutPercent / 100.0;
  }

  /** Rounds of learning of its plan; with folds, of each of the models. */
  public int trainingRounds(Plan plan) {
    return folds.map(f -> (plan.releases().size() - 1) / f.count()).orElseGet(plan::trainingRounds);
  }

  /** The contract's columns it analyses: those it names, or all that may leave. */
  public List<String> columnsAnalysed(Contract of) {
    return analysis.columns().isEmpty()
        ? of.schema().columns().stream().map(Column::name).toList()
        : analysis.columns();
  }

  /** The contract's columns it reads, for the analysis or to choose and clean rows. */
  public List<String> columnsRead(Contract of) {
    return Stream.concat(columnsAnalysed(of).stream(), cleaning.columns(of).stream())
        .distinct()
        .toList();
  }

  /**
   * The public key of every choice of rows and of the split into training and held-out units:
   * follows from the study's text, so nobody can choose it after seeing data.
   */
  public Digest salt() {
    return salt(digest);
  }

  static Digest salt(Digest study) {
    return new CanonicalWriter("holdout-salt/v1").putDigest(study).digest();
  }

  private static void requireText(String what, String text, int most) {
    if (text.isBlank() || text.length() > most) {
      throw new IllegalArgumentException(
          "the " + what + " of a study has 1 to " + most + " characters");
    }
  }
}
