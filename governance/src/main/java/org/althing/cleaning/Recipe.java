package org.althing.cleaning;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;

/**
 * What a study does to every organisation's records before it analyses them: a pure function of the
 * records, the contract and the study's public salt.
 *
 * @param steps those of columns first, then those of rows; each in the order given
 */
public record Recipe(List<Step> steps) {
  public static final int MOST_STEPS = 32;
  public static final Recipe NONE = new Recipe(List.of());

  public Recipe {
    steps = List.copyOf(steps);
    if (steps.size() > MOST_STEPS) {
      throw new IllegalArgumentException("a recipe has at most " + MOST_STEPS + " steps");
    }
    boolean rows = false;
    for (Step step : steps) {
      if (rows && step instanceof Step.OfColumn) {
        throw new IllegalArgumentException(
            step.word() + " comes after a step about rows: name the steps about columns first");
      }
      rows = rows || step instanceof Step.OfRows;
    }
  }

  /**
   * How many rows can differ after cleaning for each that differs before: the product of the steps'
   * factors, at most 2^{@value #MOST_STEPS}.
   */
  public long stability() {
    long product = 1;
    for (Step step : steps) {
      product *= step.stability();
    }
    return product;
  }

  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Whether a column's values, and not only the choice of rows, are changed. */
  public boolean changesColumns() {
    return steps.stream().anyMatch(Step.OfColumn.class::isInstance);
  }

  /** The columns that it cuts into bins of its own. */
  public Set<String> cut() {
    return steps.stream()
        .filter(Step.Bins.class::isInstance)
        .map(step -> ((Step.Bins) step).column())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The contract's columns it looks at, each once. */
  public List<String> columns(Contract contract) {
    return steps.stream().flatMap(step -> step.columns(contract)).distinct().toList();
  }

  /** What it does, a line for each step. */
  public List<String> inWords() {
    return steps.stream().map(Step::inWords).toList();
  }

  /** Why it cannot be applied under this contract; none where it can. */
  public List<String> misfits(Contract contract) {
    List<String> reasons = new ArrayList<>();
    for (String name : columns(contract)) {
      if (contract.column(name).isEmpty()
          || contract.column(name).orElseThrow().use() != ContractColumn.Use.FEDERATED) {
        reasons.add(
            "cleaning names %s, which is no column of contract %s that may leave in a sum"
                .formatted(name, contract.id()));
      }
    }
    if (!reasons.isEmpty()) {
      return reasons;
    }
    try {
      Contract cleaned = appliedTo(contract);
      cleaned.columns().stream()
          .filter(c -> c.repair().fill().isPresent())
          .forEach(c -> new ColumnCleaner(c, BoundColumn.same(c.column().name())));
      sieves(cleaned);
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of("cleaning: " + e.getMessage());
    }
  }

  /**
   * The contract as the analysis sees it: with the domains and repairs that the steps about columns
   * leave. Its digest remains that of the agreed text.
   *
   * @throws IllegalArgumentException where a step does not fit
   */
  public Contract appliedTo(Contract contract) {
    if (!changesColumns()) {
      return contract;
    }
    List<ContractColumn> columns = contract.columns().stream().map(this::appliedTo).toList();
    return new Contract(
        contract.id(),
        contract.version(),
        contract.name(),
        contract.table(),
        columns,
        contract.unit(),
        contract.rules(),
        contract.digest());
  }

  private ContractColumn appliedTo(ContractColumn column) {
    ContractColumn changed = column;
    for (Step step : steps) {
      if (step instanceof Step.OfColumn of && of.changed().contains(column.column().name())) {
        changed = of.applied(changed);
      }
    }
    return changed;
  }

  /** The steps about rows, in order, as they have seen no row. */
  List<RowSieve> sieves(Contract cleaned) {
    List<RowSieve> sieves = new ArrayList<>();
    rowSteps().forEach(step -> sieves.add(step.on(cleaned)));
    return sieves;
  }

  /** The steps about rows, in order. */
  public Stream<Step.OfRows> rowSteps() {
    return steps.stream().filter(Step.OfRows.class::isInstance).map(Step.OfRows.class::cast);
  }
}
