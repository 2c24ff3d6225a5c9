package org.althing.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.model.features.Classifier;
import org.althing.model.naivebayes.ClassTable;
import org.althing.release.Estimate;
import org.althing.report.Findings;
import org.althing.statistics.Association;
import org.althing.statistics.CrossTable;
import org.althing.statistics.StatisticsFindings;
import org.althing.study.AnalysisChoice;

/**
 * The tables of one label that a study released, each of one column or of two that interact, by
 * cell and class.
 *
 * @param label in words
 */
record LabelTables(String label, List<ClassTable> tables) {
  /** What the columns of one table together tell of the label. */
  record Ranked(List<String> columns, Association association) {}

  /**
   * @param folder as messages call it
   * @param label the label's column; of a naive Bayes study its own where none is named
   */
  static LabelTables of(Findings found, Path folder, Optional<String> label) {
    Optional<StatisticsFindings> statistics = found.outcome().statistics();
    if (statistics.isPresent()) {
      return ofStatistics(statistics.get(), folder, label);
    }
    Optional<Classifier> model = found.outcome().model();
    if (model.isPresent() && found.study().analysis() instanceof AnalysisChoice.NaiveBayes) {
      return ofModel(model.get(), found, folder, label);
    }
    throw new CommandFailure(
        ExitCode.BAD_INPUT,
        folder
            + " holds no tables of a label: give a finished study of statistics whose tables name the label, or of naive Bayes");
  }

  private static LabelTables ofModel(
      Classifier model, Findings found, Path folder, Optional<String> label) {
    String own = model.label().column();
    if (label.isPresent() && !label.get().equals(own)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s foretells %s, it released no table of %s: leave --label out, or give a study of statistics"
              .formatted(folder, own, label.get()));
    }
    return new LabelTables(model.label().inWords(), ClassTable.of(model, found.releases().get(0)));
  }

  private static LabelTables ofStatistics(
      StatisticsFindings statistics, Path folder, Optional<String> label) {
    String column =
        label.orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.BAD_INPUT,
                    folder + " holds statistics, which have no label: name one with --label"));
    List<ClassTable> tables =
        statistics.tables().stream()
            .filter(table -> table.rows().equals(column) || table.columns().equals(column))
            .map(table -> ofLabel(table, column))
            .toList();
    if (tables.isEmpty()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s released no cross table with %s: ask for tables [column, %s] in a study of statistics"
              .formatted(folder, column, column));
    }
    return new LabelTables(column + ", every value a class", tables);
  }

  /** Without the records whose label is not known, of which a model learns nothing. */
  private static ClassTable ofLabel(CrossTable table, String label) {
    boolean across = table.columns().equals(label);
    int cells = (across ? table.rowNames() : table.columnNames()).size();
    int classes = (across ? table.columnNames() : table.rowNames()).size() - 1;
    List<List<Estimate>> counts = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      int at = cell;
      counts.add(
          IntStream.range(0, classes)
              .mapToObj(k -> across ? table.counts().get(at).get(k) : table.counts().get(k).get(at))
              .toList());
    }
    return new ClassTable(List.of(across ? table.rows() : table.columns()), counts);
  }

  /** Whatever tells most first. */
  List<Ranked> ranked() {
    List<Ranked> ranked = new ArrayList<>();
    for (ClassTable table : tables) {
      double[][] counts =
          table.counts().stream()
              .map(cell -> cell.stream().mapToDouble(Estimate::value).toArray())
              .toArray(double[][]::new);
      double noise = table.counts().get(0).get(0).noiseDeviation();
      ranked.add(new Ranked(table.columns(), Association.of(counts, noise, tables.size())));
    }
    ranked.sort(Comparator.comparingDouble((Ranked each) -> -each.association().information()));
    return ranked;
  }
}
