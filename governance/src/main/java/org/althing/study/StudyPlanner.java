package org.althing.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.ContractColumn.Use;
import org.althing.federation.Roster;
import org.althing.model.evaluation.Groups;
import org.althing.model.features.Interaction;
import org.althing.model.features.Label;
import org.althing.privacy.NoisePlan;
import org.althing.release.ReleaseSpec;
import org.althing.release.ReleaseTemplate;
import org.althing.statistics.Request;
import org.althing.study.Planning.Planned;
import org.althing.study.Planning.Unplannable;
import org.althing.table.Domain;

/** Compiles studies. The same three documents give every node the same plan, to the byte. */
public final class StudyPlanner {
  private StudyPlanner() {}

  /**
   * What the study comes to among the members of {@code federation} that it asks.
   *
   * <p>The study's ε at its δ, as ρ rounded down, is what it may cost without retries. A model's
   * training and its evaluation may each cost all of it, because a unit is on one side of the
   * split.
   */
  public static Planning compile(Study study, Contract contract, Roster federation) {
    List<String> reasons = new ArrayList<>(misfits(study, contract));
    Optional<Roster> roster = roster(study, federation, reasons);
    if (!reasons.isEmpty() || roster.isEmpty()) {
      return new Unplannable(reasons);
    }
    try {
      Programme programme = Programme.of(study, study.cleaning().appliedTo(contract));
      long rows = contract.unit().maxRows() * study.cleaning().stability();
      if (rows > NoisePlan.MOST_ROWS) {
        return new Unplannable(List.of(tooManyRows(rows)));
      }
      Plan plan =
          new Plan(
              study.digest(),
              contract.digest(),
              roster.get(),
              study.holdoutPercent(),
              study.privacy().spareAttempts(),
              specs(programme, (int) rows, roster.get()));
      return new Planned(plan, programme);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return new Unplannable(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static String tooManyRows(long rows) {
    return "with this cleaning one unit can change %d rows, at most %d are provided for: leave out steps that let others' rows in (distinct, strata)"
        .formatted(rows, NoisePlan.MOST_ROWS);
  }

  private static List<ReleaseSpec> specs(Programme programme, int rowsPerUnit, Roster roster) {
    int honest = roster.quorum().honestSurvivors();
    List<ReleaseSpec> specs = new ArrayList<>();
    for (ReleaseTemplate template : programme.releases()) {
      NoisePlan noise = NoisePlan.calibrate(template.blocks(), rowsPerUnit, honest);
      specs.add(new ReleaseSpec(template.name(), template.partition(), noise));
    }
    return specs;
  }

  private static Optional<Roster> roster(Study study, Roster federation, List<String> reasons) {
    try {
      return Optional.of(study.participation().of(federation));
    } catch (IllegalArgumentException e) {
      reasons.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Why the study cannot be asked of data under this contract: every reason, none where it can. */
  public static List<String> misfits(Study study, Contract agreed) {
    List<String> reasons = new ArrayList<>();
    if (!study.contract().equals(agreed.id())) {
      reasons.add(
          "the study speaks of contract %s, this is contract %s"
              .formatted(study.contract(), agreed.id()));
    }
    for (String name : named(study, agreed)) {
      usable(name, agreed).ifPresent(reasons::add);
    }
    reasons.addAll(study.cleaning().misfits(agreed));
    return reasons.isEmpty() ? misfitsOf(study, study.cleaning().appliedTo(agreed)) : reasons;
  }

  /** Of a study whose columns and cleaning fit, under the contract as the cleaning leaves it. */
  private static List<String> misfitsOf(Study study, Contract contract) {
    List<String> reasons = new ArrayList<>();
    if (study.analysis() instanceof AnalysisChoice.Model model) {
      label(model.label(), contract).ifPresent(reasons::add);
      reasons.addAll(misfits(model, contract));
    }
    if (study.analysis() instanceof AnalysisChoice.Candidates choice) {
      label(choice.label(), contract).ifPresent(reasons::add);
      for (AnalysisChoice.Candidate candidate : choice.candidates()) {
        misfits(candidate.model(), contract)
            .forEach(r -> reasons.add("candidate %s: %s".formatted(candidate.name(), r)));
      }
    }
    reasons.addAll(Interaction.misfits(study.analysis().interactions(), contract.schema()));
    study
        .analysis()
        .groups()
        .flatMap(name -> Groups.misfit(contract.schema(), name))
        .ifPresent(reasons::add);
    if (study.analysis() instanceof AnalysisChoice.Clustering choice) {
      choice.columns().forEach(n -> number(n, "clusters", contract).ifPresent(reasons::add));
    }
    if (study.analysis() instanceof AnalysisChoice.Quality choice) {
      choice.label().flatMap(name -> usable(name, contract)).ifPresent(reasons::add);
    }
    if (study.analysis() instanceof AnalysisChoice.Statistics choice) {
      reasons.addAll(misfits(choice.request(), contract));
    }
    return reasons;
  }

  /** Of a model whose columns may all leave in sums. */
  private static List<String> misfits(AnalysisChoice.Model model, Contract contract) {
    List<String> reasons = new ArrayList<>();
    List<String> normal =
        model instanceof AnalysisChoice.NaiveBayes bayes ? bayes.normal() : List.of();
    for (String feature : model.features()) {
      if (normal.contains(feature)) {
        number(feature, "normal numbers", contract).ifPresent(reasons::add);
      } else {
        unread(feature, contract)
            .or(() -> cellsOrWords(model, feature, contract))
            .ifPresent(reasons::add);
      }
    }
    return reasons;
  }

  private static Optional<String> cellsOrWords(
      AnalysisChoice.Model model, String feature, Contract contract) {
    return model instanceof AnalysisChoice.Linear
            || domain(feature, contract) instanceof Domain.Words
        ? Optional.empty()
        : binned(feature, model.name(), contract);
  }

  /**
   * All columns the study reads or names; of statistics over all columns also those it singles out.
   */
  private static List<String> named(Study study, Contract contract) {
    List<String> names = new ArrayList<>(study.columnsAnalysed(contract));
    if (study.analysis() instanceof AnalysisChoice.Statistics choice) {
      names.addAll(choice.request().singledOut());
    }
    return names.stream().distinct().toList();
  }

  private static List<String> misfits(Request request, Contract contract) {
    List<String> reasons = new ArrayList<>();
    request.quantiles().forEach(n -> number(n, "quantiles", contract).ifPresent(reasons::add));
    request
        .correlations()
        .forEach(n -> number(n, "correlations", contract).ifPresent(reasons::add));
    request.tables().stream()
        .flatMap(pair -> Stream.of(pair.rows(), pair.columns()))
        .distinct()
        .forEach(name -> binned(name, "a cross table", contract).ifPresent(reasons::add));
    return reasons;
  }

  private static Optional<String> number(String name, String what, Contract contract) {
    return domain(name, contract) instanceof Domain.Numbers
        ? Optional.empty()
        : Optional.of(
            "column %s is no number with a declared range, which %s need: take it out there"
                .formatted(name, what));
  }

  private static Optional<String> usable(String name, Contract contract) {
    Optional<ContractColumn> column = contract.column(name);
    if (column.isEmpty()) {
      return Optional.of(
          "column %s is not in contract %s, which has %s"
              .formatted(name, contract.id(), String.join(", ", federated(contract))));
    }
    if (column.get().use() != Use.FEDERATED) {
      return Optional.of(
          "column %s may not leave its node, not even in a sum: the contract says so"
              .formatted(name));
    }
    return Optional.empty();
  }

  private static List<String> federated(Contract contract) {
    return contract.columns().stream()
        .filter(c -> c.use() == Use.FEDERATED)
        .map(c -> c.column().name())
        .toList();
  }

  private static Optional<String> unread(String name, Contract contract) {
    if (domain(name, contract) instanceof Domain.Formed) {
      return Optional.of(
          "column %s holds texts of a form, which no model reads: leave it out".formatted(name));
    }
    return domain(name, contract) instanceof Domain.Dates
        ? Optional.of("column %s holds dates, which no model reads: leave it out".formatted(name))
        : Optional.empty();
  }

  private static Optional<String> binned(String name, String what, Contract contract) {
    return domain(name, contract).cells() > 0
        ? Optional.empty()
        : Optional.of(
            "column %s is a number without bins, which %s needs: declare them in the contract"
                .formatted(name, what));
  }

  private static Optional<String> label(AnalysisChoice.Label label, Contract contract) {
    Domain domain = domain(label.column(), contract);
    List<String> cells = IntStream.range(0, domain.cells()).mapToObj(domain::cellName).toList();
    return Label.misfit(label.column(), cells, label.positive());
  }

  private static Domain domain(String name, Contract contract) {
    return contract.schema().column(name).domain();
  }
}
