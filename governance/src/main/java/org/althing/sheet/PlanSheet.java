package org.althing.sheet;

import java.util.List;
import java.util.Optional;
import org.althing.approval.ApprovalRule;
import org.althing.contract.Contract;
import org.althing.federation.NodeId;
import org.althing.model.evaluation.Groups;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeasibilityIndex.Band;
import org.althing.model.features.Label;
import org.althing.policy.Budget;
import org.althing.policy.Decision;
import org.althing.policy.Policy;
import org.althing.policy.Request;
import org.althing.privacy.Accountant;
import org.althing.privacy.Rho;
import org.althing.study.Plan;
import org.althing.study.Planning.Planned;
import org.althing.study.Programme;
import org.althing.study.Refusal.Reason;
import org.althing.study.Study;

/**
 * A study's plan as people are shown it before it runs: what leaves, what it costs each owner, and
 * what to expect. Made without data, without keys and without a network.
 *
 * @param people a public number of people over all participants
 */
public record PlanSheet(
    Study study, Contract contract, Planned planned, List<Owner> owners, long people) {

  /** Above it there is no privacy to speak of: ε beyond 100. */
  private static final double MOST_RHO = 60;

  public PlanSheet {
    owners = List.copyOf(owners);
  }

  /**
   * One organisation's side.
   *
   * @param budget none where its policy sets none for the population
   * @param left what the population could still reserve
   * @param objections why its policy would refuse; empty where it would admit
   * @param approvals which people it asks besides
   */
  public record Owner(
      NodeId id,
      String population,
      Optional<Budget> budget,
      Rho left,
      List<Reason> objections,
      ApprovalRule approvals) {
    public Owner {
      objections = List.copyOf(objections);
    }

    public boolean admits() {
      return objections.isEmpty();
    }
  }

  /** Asks an owner's policy. */
  public static Owner ask(Policy policy, Request request) {
    Decision decision = policy.decide(request);
    return new Owner(
        policy.org(),
        request.population(),
        policy.budgetOf(request.population()),
        request.left(),
        decision instanceof Decision.Refused refused ? refused.reasons() : List.of(),
        policy.approvals());
  }

  public Plan plan() {
    return planned.plan();
  }

  /** Whether every owner's policy would admit it. */
  public boolean admitted() {
    return owners.stream().allMatch(Owner::admits);
  }

  public double delta() {
    return study.privacy().delta();
  }

  public double epsilonOf(Rho rho) {
    return Accountant.epsilonFor(rho, delta());
  }

  public Rho costOfReplacement() {
    return planned.programme().costOfReplacement(plan());
  }

  /** How many studies of the same cost still fit after this one. */
  public long roomAfter(Owner owner) {
    Rho needed = plan().cost().plus(plan().reservation());
    if (owner.left().compareTo(needed) < 0) {
      return 0;
    }
    return 1 + owner.left().minus(needed).pico() / plan().cost().pico();
  }

  /** What to expect where each unit has one row, which is the least. */
  public Optional<FeasibilityIndex> feasibility() {
    return planned.programme().feasibility(plan(), people);
  }

  /** The most rows of a unit that count; how many they have is known to nobody in public. */
  public int rowsOfUnit() {
    return contract.unit().maxRows();
  }

  /** What to expect where each unit has as many rows as count. */
  public Optional<FeasibilityIndex> feasibilityOfAllRows() {
    return feasibility().map(s -> s.ofRecords(rowsOfUnit()));
  }

  /** What might be expected of the same study at another budget. */
  public record AtBudget(double epsilon, FeasibilityIndex index) {}

  /** Of some budgets, ascending; none where nothing is foretold. */
  public List<AtBudget> atOtherBudgets() {
    if (people <= 0) {
      return List.of();
    }
    Rho own = Accountant.rhoFor(study.privacy().epsilon(), delta());
    return feasibility().stream()
        .flatMap(
            s ->
                FeasibilityIndex.BUDGETS.stream()
                    .filter(epsilon -> epsilon != study.privacy().epsilon())
                    .map(
                        epsilon ->
                            new AtBudget(epsilon, s.at(Accountant.rhoFor(epsilon, delta()), own))))
        .toList();
  }

  /** What to expect of each candidate; nothing where there are none. */
  public List<Programme.Expectation> candidates() {
    return planned.programme().candidates(plan(), people);
  }

  /** Whether the model will be no better than guessing, as far as public numbers tell. */
  public boolean isHopeless() {
    return people > 0
        && feasibilityOfAllRows().filter(s -> s.band() == Band.NO_BETTER_THAN_GUESSING).isPresent();
  }

  /**
   * What would make a model good, each by itself.
   *
   * @param people over all participants
   * @param organisations of the size of the present ones, that many more
   * @param epsilon at the study's δ
   */
  public record Remedy(long people, long organisations, double epsilon) {}

  /**
   * Nothing where the model will be good, or where nothing is foretold. The index grows with the
   * people and with the root of ρ; what a larger budget changes in the shape of the sums is left
   * out of account, so this is a rough guide.
   */
  public Optional<Remedy> remedy() {
    if (people <= 0) {
      return Optional.empty();
    }
    return feasibility()
        .filter(s -> s.value() > 0 && s.timesToGood() > 1)
        .map(s -> remedy(s.timesToGood()));
  }

  private Remedy remedy(double times) {
    int members = plan().quorum().nodes();
    Rho asked = Accountant.rhoFor(study.privacy().epsilon(), delta());
    double rho = asked.toDouble() * times * times;
    return new Remedy(
        (long) Math.ceil(people * times),
        (long) Math.ceil(members * (times - 1)),
        rho < MOST_RHO ? epsilonOf(Rho.roundedUp(rho)) : Double.POSITIVE_INFINITY);
  }

  /**
   * Half the width of the 95 % interval that the noise leaves a share of the records: of all in an
   * audit or in statistics, of the held-out in an evaluation; none without either. Where each unit
   * has one row; of more it is as many times less.
   */
  public Optional<Double> marginOfShares() {
    boolean all = !study.analysis().fitsModel();
    if (!all && plan().holdoutPercent() == 0 && study.folds().isEmpty()) {
      return Optional.empty();
    }
    double records = all ? people : study.evaluatedOn(people);
    // An accuracy is one count for each class, summed over the groups, over all of them.
    int classes = planned.programme().label().map(Label::classes).orElse(1);
    double counts = all ? 1 : classes * groups().map(Groups::count).orElse(1);
    return Optional.of(margin(counts, records));
  }

  /** Whether the label has a class for each of its values. */
  public boolean tellsClasses() {
    return planned.programme().label().filter(label -> !label.isBinary()).isPresent();
  }

  /** The groups the evaluation counts apart. */
  public Optional<Groups> groups() {
    return planned.programme().groups();
  }

  /** The same margin of an accuracy in one group, if the held-out fell evenly into the declared. */
  public Optional<Double> marginInGroup() {
    double records = study.evaluatedOn(people);
    int classes = planned.programme().label().map(Label::classes).orElse(1);
    return groups().map(groups -> margin(classes, records / groups.declared()));
  }

  private double margin(double counts, double records) {
    ReleaseSize last = ReleaseSize.of(plan(), plan().releases().size() - 1, 0);
    return 1.96 * Math.sqrt(counts) * last.deviationOfSum() / Math.max(1, records);
  }
}
