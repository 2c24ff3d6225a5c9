package org.althing.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.althing.document.Federation.Organisation;
import org.althing.federation.NodeId;
import org.althing.policy.Budget;
import org.althing.policy.Policy;
import org.althing.policy.Request;
import org.althing.privacy.Rho;
import org.althing.sheet.PlanSheet;
import org.althing.study.Plan;
import org.althing.study.Planning;
import org.althing.study.Planning.Planned;
import org.althing.study.Planning.Unplannable;
import org.althing.study.Study;
import org.althing.study.StudyPlanner;

/** Plan sheets over a whole federation, whose every policy is at hand. */
public final class FederationPlan {
  private FederationPlan() {}

  /** The sheet with every budget untouched. */
  public static PlanSheet of(FederationFiles files, Study study, LocalDate today) {
    return of(files, study, today, Map.of());
  }

  /**
   * Compiles the study and asks every policy.
   *
   * @param left what each organisation's population has left, where that is known
   * @throws CommandFailure bad input, with every reason, where the study cannot be planned
   */
  public static PlanSheet of(
      FederationFiles files, Study study, LocalDate today, Map<NodeId, Rho> left) {
    Planning planning =
        StudyPlanner.compile(study, files.contract(), files.federation().rosterForPlanning());
    if (planning instanceof Unplannable unplannable) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "study "
              + study.id()
              + " cannot be planned: "
              + String.join("; ", unplannable.reasons()));
    }
    Planned planned = (Planned) planning;
    List<PlanSheet.Owner> owners = new ArrayList<>();
    long people = 0;
    for (Organisation organisation : files.federation().organisations()) {
      if (!planned.plan().roster().contains(organisation.id())) {
        continue;
      }
      people += organisation.people();
      owners.add(owner(files, organisation, new Asked(planned.plan(), study, today), left));
    }
    long declared = study.participation().people().orElse(people);
    return new PlanSheet(study, files.contract(), planned, owners, declared);
  }

  private record Asked(Plan plan, Study study, LocalDate today) {}

  private static PlanSheet.Owner owner(
      FederationFiles files, Organisation organisation, Asked asked, Map<NodeId, Rho> left) {
    Policy policy = files.policies().get(organisation.id());
    if (policy == null) {
      throw new IllegalStateException("no policy was read for " + organisation.id());
    }
    String population = organisation.population();
    Rho untouched = policy.budgetOf(population).map(Budget::total).orElse(Rho.ZERO);
    return PlanSheet.ask(
        policy,
        new Request(
            asked.plan(),
            asked.study(),
            files.contract(),
            population,
            left.getOrDefault(organisation.id(), untouched),
            asked.today()));
  }
}
