package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.althing.contract.Contract;
import org.althing.model.features.FeasibilityIndex;
import org.althing.release.Release;
import org.althing.study.AnalysisChoice;
import org.althing.study.Plan;
import org.althing.study.Planning;
import org.althing.study.Study;
import org.althing.study.StudyEvent;
import org.althing.study.StudyOutcome;
import org.althing.study.StudyRecord;

/**
 * One study as its log tells it, with what follows from its releases: everything that a result, a
 * model file and a report are rendered from, and nothing else.
 *
 * @param contract as it was agreed
 * @param record the entries up to and without {@link StudyEvent.ReportIssued}
 * @param releases in the order of the plan; fewer than planned where the study stopped
 * @param feasibility what was to be expected of a model by public numbers alone; none where nothing
 *     is foretold
 */
public record Findings(
    Study study,
    Contract contract,
    Plan plan,
    StudyRecord record,
    List<Release> releases,
    StudyOutcome outcome,
    Optional<FeasibilityIndex> feasibility) {

  public Findings {
    releases = List.copyOf(releases);
    if (record.report().isPresent()) {
      throw new IllegalArgumentException("a report is rendered from the entries before its issue");
    }
    if (!record.study().equals(plan.digest())) {
      throw new IllegalArgumentException("the log entries are of another study");
    }
  }

  /**
   * The findings of a study whose documents were compiled to {@code planned}.
   *
   * @param totals in the order of the record's {@link StudyEvent.Released}
   * @throws IllegalArgumentException where a total is not the one that was logged
   */
  public static Findings of(
      Study study,
      Contract contract,
      Planning.Planned planned,
      StudyRecord record,
      List<long[]> totals) {
    List<Release> releases = releases(planned.plan(), record, totals);
    boolean whole = record.completed() && releases.size() == planned.plan().releases().size();
    StudyOutcome outcome = whole ? planned.programme().conclude(releases) : StudyOutcome.none();
    OptionalLong people = study.participation().people();
    return new Findings(
        study,
        contract,
        planned.plan(),
        record,
        releases,
        outcome,
        people.isPresent()
            ? planned.programme().feasibility(planned.plan(), people.getAsLong())
            : Optional.empty());
  }

  /** The analysis that the outcome is of: of a study with candidates the model that was chosen. */
  public AnalysisChoice answered() {
    return outcome
        .choice()
        .flatMap(choice -> study.analysis().candidate(choice.chosen().name()))
        .map(model -> (AnalysisChoice) model)
        .orElse(study.analysis());
  }

  /** In how many rounds the outcome's model was learnt. */
  public int rounds() {
    return outcome.choice().map(c -> c.chosen().rounds()).orElse(study.trainingRounds(plan));
  }

  /** The contract as the study's cleaning left it, which is what was analysed. */
  public Contract cleanedContract() {
    return study.cleaning().appliedTo(contract);
  }

  /**
   * The totals of a record as releases.
   *
   * @param totals in the order of the record's {@link StudyEvent.Released}
   * @throws IllegalArgumentException where a total is not the one that was logged
   */
  private static List<Release> releases(Plan plan, StudyRecord record, List<long[]> totals) {
    List<StudyEvent.Released> logged = record.releases();
    if (logged.size() != totals.size()) {
      throw new IllegalArgumentException(
          "the log has %d releases, got %d totals".formatted(logged.size(), totals.size()));
    }
    List<Release> releases = new ArrayList<>();
    for (int i = 0; i < totals.size(); i++) {
      StudyEvent.Released released = logged.get(i);
      if (released.release() != i || i >= plan.releases().size()) {
        throw new IllegalArgumentException("release %d of the log is not the plan's".formatted(i));
      }
      if (!StudyRecord.digestOfTotal(totals.get(i)).equals(released.total())) {
        throw new IllegalArgumentException("total %d is not the one that was logged".formatted(i));
      }
      releases.add(new Release(plan.releases().get(i), totals.get(i), released.survivors().size()));
    }
    return releases;
  }
}
