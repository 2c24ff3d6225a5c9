package org.althing.model.naivebayes;

import java.util.ArrayList;
import java.util.List;
import org.althing.model.features.Classifier;
import org.althing.model.features.Field;
import org.althing.release.Estimate;
import org.althing.release.Release;
import org.althing.table.Column;

/**
 * What a naive Bayes study released of one column with cells, or of two that interact: records by
 * cell and class, each with its noise.
 *
 * @param columns one or two
 * @param counts [cell][class], the last cell of what is missing or other
 */
public record ClassTable(List<String> columns, List<List<Estimate>> counts) {
  public ClassTable {
    columns = List.copyOf(columns);
    counts = counts.stream().map(List::copyOf).toList();
  }

  /**
   * All tables of a model, in the order of its coordinates; words and numbers taken for normal have
   * none.
   *
   * @param release the one that the model follows from
   */
  public static List<ClassTable> of(Classifier model, Release release) {
    double[] sums = release.values(0);
    double noise = release.noiseDeviation(0);
    int classes = model.label().classes();
    int perClass = sums.length / classes;
    List<ClassTable> tables = new ArrayList<>();
    int start = 0;
    for (Field field : model.features().fields()) {
      if (field.isOneHot()) {
        List<List<Estimate>> counts = new ArrayList<>();
        for (int cell = start; cell < start + field.size(); cell++) {
          List<Estimate> byClass = new ArrayList<>();
          for (int k = 0; k < classes; k++) {
            byClass.add(new Estimate(sums[k * perClass + cell], noise));
          }
          counts.add(byClass);
        }
        tables.add(new ClassTable(field.columns().stream().map(Column::name).toList(), counts));
      }
      start += field.size();
    }
    return List.copyOf(tables);
  }
}
