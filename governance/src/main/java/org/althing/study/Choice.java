package org.althing.study;

import java.util.List;
import java.util.Optional;
import org.althing.model.evaluation.Comparison;
import org.althing.model.evaluation.Criterion;
import org.althing.release.Measure;

/**
 * The candidates of a study, all of them released and paid for, and how one was chosen.
 *
 * @param candidates in the study's order
 * @param comparison of their figures, in the same order
 */
public record Choice(List<Candidate> candidates, Comparison comparison) {
  public Choice {
    candidates = List.copyOf(candidates);
  }

  /**
   * What one candidate came to.
   *
   * @param rounds releases it was learnt in
   */
  public record Candidate(String name, int rounds, StudyOutcome outcome) {
    /** A figure on held-out records, where it stands above the noise. */
    public Optional<Measure> figure(Criterion criterion) {
      return outcome
          .evaluation()
          .flatMap(criterion::of)
          .or(() -> outcome.classEvaluation().flatMap(criterion::of));
    }
  }

  /** The outcome of the best candidate, with the choice in it. */
  static StudyOutcome of(Criterion criterion, List<Candidate> candidates) {
    Comparison comparison =
        Comparison.of(criterion, candidates.stream().map(c -> c.figure(criterion)).toList());
    Choice choice = new Choice(candidates, comparison);
    return choice.chosen().outcome().chosenBy(choice);
  }

  /** The index of the candidate that was chosen. */
  public int best() {
    return comparison.best();
  }

  public Candidate chosen() {
    return candidates.get(best());
  }
}
