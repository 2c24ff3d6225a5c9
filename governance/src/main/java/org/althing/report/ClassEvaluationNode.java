package org.althing.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.althing.model.evaluation.ClassPerformance;
import org.althing.release.Estimate;

/** How a model of several classes did, in {@code result.json}; what is not known is left out. */
final class ClassEvaluationNode {
  private ClassEvaluationNode() {}

  static void write(ObjectNode node, ClassPerformance performance) {
    ResultFile.estimate(node.putObject("records"), performance.records());
    performance.accuracy().ifPresent(m -> ResultFile.measure(node.putObject("accuracy"), m));
    performance
        .commonestClass()
        .ifPresent(m -> ResultFile.measure(node.putObject("commonest_class_accuracy"), m));
    figures(node, "macro_", performance.macro());
    ResultFile.probabilities(node, performance.probabilities());
    ArrayNode classes = node.putArray("classes");
    for (ClassPerformance.OneClass each : performance.classes()) {
      ObjectNode one = classes.addObject().put("class", each.name());
      ResultFile.estimate(one.putObject("records"), each.records());
      each.share().ifPresent(m -> ResultFile.measure(one.putObject("share"), m));
      figures(one, "", each.figures());
    }
    ArrayNode confusion = node.putArray("confusion");
    for (List<Estimate> row : performance.confusion()) {
      ArrayNode counts = confusion.addArray();
      row.forEach(count -> ResultFile.estimate(counts.addObject(), count));
    }
  }

  private static void figures(ObjectNode node, String prefix, ClassPerformance.Figures figures) {
    figures.precision().ifPresent(m -> ResultFile.measure(node.putObject(prefix + "precision"), m));
    figures.recall().ifPresent(m -> ResultFile.measure(node.putObject(prefix + "recall"), m));
    figures.f1().ifPresent(m -> ResultFile.measure(node.putObject(prefix + "f1"), m));
    figures.auc().ifPresent(m -> ResultFile.measure(node.putObject(prefix + "auc"), m));
  }
}
