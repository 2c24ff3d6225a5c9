package org.althing.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.contract.Contract;
import org.althing.document.Federation.Organisation;
import org.althing.federation.NodeId;
import org.althing.model.features.FeasibilityIndex;
import org.althing.policy.Budget;
import org.althing.policy.Decision;
import org.althing.policy.Policy;
import org.althing.policy.Request;
import org.althing.privacy.Accountant;
import org.althing.privacy.Rho;
import org.althing.study.Plan;
import org.althing.study.Planning;
import org.althing.study.Planning.Planned;
import org.althing.study.Planning.Unplannable;
import org.althing.study.Refusal.Reason;
import org.althing.study.Study;
import org.althing.study.StudyPlanner;

/**
 * A study's plan as people are shown it before it runs: what leaves, what it costs each owner, and
 * what to expect. Made without data, without keys and without a network.
 *
 * @param people a public number of people over all participants
 */
public record PlanSheet(
    Study study, Contract contract, Planned planned, List<Owner> owners, long people) {

  public PlanSheet {
    owners = List.copyOf(owners);
  }

  /**
   * One organisation's side.
   *
   * @param budget none where its policy sets none for the population
   * @param left what the population could still reserve
   * @param objections why its policy would refuse; empty where it would admit
   */
  public record Owner(
      NodeId id, String population, Optional<Budget> budget, Rho left, List<Reason> objections) {
    public Owner {
      objections = List.copyOf(objections);
    }

    boolean admits() {
      return objections.isEmpty();
    }
  }

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
    Planning planning = StudyPlanner.compile(study, files.contract(), files.rosterForPlanning());
    if (planning instanceof Unplannable unplannable) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "study "
              + study.id()
              + " cannot be planned: "
              + String.join("; ", unplannable.reasons()));
    }
    Planned planned = (Planned) planning;
    List<Owner> owners = new ArrayList<>();
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

  private static Owner owner(
      FederationFiles files, Organisation organisation, Asked asked, Map<NodeId, Rho> left) {
    Policy policy = files.policies().get(organisation.id());
    if (policy == null) {
      throw new IllegalStateException("no policy was read for " + organisation.id());
    }
    String population = organisation.population();
    Optional<Budget> budget = policy.budgetOf(population);
    Rho leftHere = left.getOrDefault(organisation.id(), budget.map(Budget::total).orElse(Rho.ZERO));
    Decision decision =
        policy.decide(
            new Request(
                asked.plan(),
                asked.study(),
                files.contract(),
                population,
                leftHere,
                asked.today()));
    List<Reason> objections =
        decision instanceof Decision.Refused refused ? refused.reasons() : List.of();
    return new Owner(organisation.id(), population, budget, leftHere, objections);
  }

  Plan plan() {
    return planned.plan();
  }

  /** Whether every owner's policy would admit it. */
  public boolean admitted() {
    return owners.stream().allMatch(Owner::admits);
  }

  double delta() {
    return study.privacy().delta();
  }

  double epsilonOf(Rho rho) {
    return Accountant.epsilonFor(rho, delta());
  }

  Rho costOfReplacement() {
    return planned.programme().costOfReplacement(plan());
  }

  /** How many studies of the same cost still fit after this one. */
  long roomAfter(Owner owner) {
    Rho needed = plan().cost().plus(plan().reservation());
    if (owner.left().compareTo(needed) < 0) {
      return 0;
    }
    return 1 + owner.left().minus(needed).pico() / plan().cost().pico();
  }

  Optional<FeasibilityIndex> feasibility() {
    return planned.programme().feasibility(plan(), people);
  }

  /**
   * Half the width of the 95 % interval that the noise leaves a share of the records: of all in an
   * audit or in statistics, of the held-out in an evaluation; none without either.
   */
  Optional<Double> marginOfShares() {
    boolean all = !study.analysis().fitsModel();
    if (!all && plan().holdoutPercent() == 0) {
      return Optional.empty();
    }
    double records = all ? people : people * plan().holdoutPercent() / 100.0;
    // An accuracy is two of the histogram's counts over all of them.
    double counts = all ? 1 : 2;
    ReleaseSize last = ReleaseSize.of(plan(), plan().releases().size() - 1, 0);
    return Optional.of(1.96 * Math.sqrt(counts) * last.deviationOfSum() / Math.max(1, records));
  }
}
