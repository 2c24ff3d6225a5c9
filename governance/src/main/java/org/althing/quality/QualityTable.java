package org.althing.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.contract.QualityRule;
import org.althing.contract.RuleMeasure.MeanWords;
import org.althing.release.Estimate;
import org.althing.table.Verdict;

/** The noisy counts of all columns and what follows from them. */
final class QualityTable {
  /** Below this many deviations of its noise the number of rows divides nothing. */
  private static final double LEAST_DEVIATIONS = 2;

  private final List<ColumnCells> columns;
  private final List<RuleCounts> rowRules;
  private final double[] counts;
  private final double cellDeviation;
  private final Map<MeanWords, Estimate> words;
  private final Estimate rowCount;

  /**
   * @param words the words of the texts, as often as each measure counts them
   */
  QualityTable(
      List<ColumnCells> columns,
      List<RuleCounts> rowRules,
      double[] counts,
      double cellDeviation,
      Map<MeanWords, Estimate> words) {
    this.words = Map.copyOf(words);
    this.columns = columns;
    this.rowRules = rowRules;
    this.counts = counts;
    this.cellDeviation = cellDeviation;
    this.rowCount = averageTotal();
  }

  QualityFindings findings(List<QualityRule> rules) {
    RuleJudge judge = new RuleJudge(this);
    List<ColumnFindings> findings = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      findings.add(column(c));
    }
    return new QualityFindings(
        rowCount, cellDeviation, findings, rules.stream().map(judge::judge).toList());
  }

  Estimate rowCount() {
    return rowCount;
  }

  /** Whether something may be divided by a count. */
  static boolean isBase(Estimate count) {
    return count.standsAbove(LEAST_DEVIATIONS);
  }

  Optional<Integer> columnNamed(String name) {
    for (int c = 0; c < columns.size(); c++) {
      if (columns.get(c).column().name().equals(name)) {
        return Optional.of(c);
      }
    }
    return Optional.empty();
  }

  /** How many rows of a column have one of the verdicts. */
  Estimate faults(int column, List<Verdict> verdicts) {
    double sum = 0;
    for (Verdict verdict : verdicts) {
      sum += counts[offset(column) + ColumnCells.faultCell(verdict)];
    }
    return new Estimate(sum, cellDeviation * StrictMath.sqrt((double) verdicts.size()));
  }

  /** A part of the rows, and what it is a part of. */
  record Part(Estimate count, Estimate base, double covariance) {}

  /** What a rule about rows counted; nothing where one of its columns was not audited. */
  Optional<Part> matching(String ruleId) {
    int offset = offset(columns.size());
    for (RuleCounts rule : rowRules) {
      if (rule.ruleId().equals(ruleId)) {
        return Optional.of(part(rule, offset));
      }
      offset += rule.size();
    }
    return Optional.empty();
  }

  /** The words of a column's valid texts beside the number of these, noised independently. */
  Part words(MeanWords measure) {
    int c = columnNamed(measure.column()).orElseThrow();
    return new Part(
        Optional.ofNullable(words.get(measure)).orElseThrow(),
        values(c, columns.get(c).valueCells()),
        0);
  }

  private Part part(RuleCounts rule, int offset) {
    double matching = counts[offset + RuleCounts.MATCHING];
    Estimate count = new Estimate(matching, cellDeviation);
    if (rule.size() == 1) {
      return new Part(count, rowCount, 0);
    }
    double among = matching + counts[offset + RuleCounts.OTHERS];
    return new Part(
        count,
        new Estimate(among, cellDeviation * StrictMath.sqrt(2)),
        cellDeviation * cellDeviation);
  }

  /**
   * For k = 1, 2, …, how many valid values of a column fall in its first k cells, each a part of
   * all its valid values.
   */
  List<Part> cumulative(int column) {
    ColumnCells cells = columns.get(column);
    Estimate all = values(column, cells.valueCells());
    List<Part> parts = new ArrayList<>();
    for (int k = 1; k <= cells.valueCells(); k++) {
      parts.add(new Part(values(column, k), all, k * cellDeviation * cellDeviation));
    }
    return parts;
  }

  /** The valid values of a column in each of its cells, each a part of all of them. */
  List<Part> spread(int column) {
    ColumnCells cells = columns.get(column);
    Estimate all = values(column, cells.valueCells());
    int first = offset(column) + ColumnCells.firstValueCell();
    List<Part> parts = new ArrayList<>();
    for (int k = 0; k < cells.valueCells(); k++) {
      parts.add(
          new Part(
              new Estimate(counts[first + k], cellDeviation), all, cellDeviation * cellDeviation));
    }
    return parts;
  }

  /** The valid values in a column's first cells. */
  private Estimate values(int column, int cells) {
    int first = offset(column) + ColumnCells.firstValueCell();
    double sum = 0;
    for (int k = 0; k < cells; k++) {
      sum += counts[first + k];
    }
    return new Estimate(sum, cellDeviation * StrictMath.sqrt((double) cells));
  }

  /** The covariance of a count over {@code cells} cells of a column with the number of rows. */
  double covarianceWithRows(int column, int cells) {
    double weight = 1.0 / columns.get(column).size() / sumOfInverseSizes();
    return cells * weight * cellDeviation * cellDeviation;
  }

  /**
   * Every column's cells sum to the number of rows with noise in proportion to their number: the
   * average weighs by its inverse, as deviations from the first so that exact totals agree exactly.
   */
  private Estimate averageTotal() {
    double first = columnTotal(0);
    double weighted = 0;
    for (int c = 0; c < columns.size(); c++) {
      weighted += (columnTotal(c) - first) / columns.get(c).size();
    }
    double inverse = sumOfInverseSizes();
    return new Estimate(first + weighted / inverse, cellDeviation / StrictMath.sqrt(inverse));
  }

  private double sumOfInverseSizes() {
    double inverse = 0;
    for (ColumnCells column : columns) {
      inverse += 1.0 / column.size();
    }
    return inverse;
  }

  private double columnTotal(int column) {
    int offset = offset(column);
    double sum = 0;
    for (int i = 0; i < columns.get(column).size(); i++) {
      sum += counts[offset + i];
    }
    return sum;
  }

  private int offset(int column) {
    return columns.subList(0, column).stream().mapToInt(ColumnCells::size).sum();
  }

  private ColumnFindings column(int c) {
    ColumnCells cells = columns.get(c);
    List<ColumnFindings.FaultShare> faults = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      if (verdict != Verdict.OK) {
        faults.add(
            new ColumnFindings.FaultShare(verdict, share(c, ColumnCells.faultCell(verdict))));
      }
    }
    List<ColumnFindings.ValueShare> values = new ArrayList<>();
    for (int i = 0; i < cells.valueCells(); i++) {
      values.add(
          new ColumnFindings.ValueShare(
              cells.valueName(i), share(c, ColumnCells.firstValueCell() + i)));
    }
    return new ColumnFindings(cells.column().name(), faults, values);
  }

  private ColumnFindings.Share share(int column, int cell) {
    Estimate count = new Estimate(counts[offset(column) + cell], cellDeviation);
    Optional<Estimate> rate =
        isBase(rowCount)
            ? Optional.of(Estimate.ratio(count, rowCount, covarianceWithRows(column, 1)))
            : Optional.empty();
    return new ColumnFindings.Share(count, rate);
  }
}
