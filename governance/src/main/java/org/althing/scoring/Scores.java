package org.althing.scoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.althing.cleaning.TextRows;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.ContractColumn;
import org.althing.contract.SourceFormat;
import org.althing.encoding.Digest;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.report.Json;
import org.althing.report.ModelFile;
import org.althing.table.Domain;

/** The answer to a {@link ScoreRequest}, as JSON; the same bits as scoring a file has. */
public final class Scores {
  public static final String SCHEMA = "althing/scores/v1";

  private Scores() {}

  /**
   * Classes and their probabilities, in the order of the rows.
   *
   * @param digest of the model's file, which the answer names
   */
  public static byte[] of(ScoreRequest.Accepted request, Digest digest) {
    ModelFile model = request.model();
    List<String> columns = model.model().features().columnsRead();
    RowScorer scorer = new RowScorer(model, plain(model), columns);
    ObjectNode root = Json.object().put("schema", SCHEMA);
    root.put("study", model.study()).put("model", digest.hex());
    root.put("label", model.model().label().column());
    List<String> classes = classes(model.model().label());
    ArrayNode names = root.putArray("classes");
    classes.forEach(names::add);
    List<ObjectNode> scores = new ArrayList<>();
    TextRows rows =
        TextRows.of(request.rows().stream().map(row -> row.toArray(String[]::new)).toList());
    for (int first = 0; first < rows.rows(); first += RowScorer.MOST_ROWS) {
      int count = Math.min(RowScorer.MOST_ROWS, rows.rows() - first);
      scorer.score(rows, first, count);
      for (int row = 0; row < count; row++) {
        scores.add(score(scorer.scores(row), classes));
      }
    }
    if (request.single()) {
      root.set("score", scores.get(0));
    } else {
      root.putArray("scores").addAll(scores);
    }
    return Json.line(root);
  }

  private static ObjectNode score(double[] scores, List<String> classes) {
    return scores.length == 1 ? ofTwo(scores[0], classes) : ofSeveral(scores, classes);
  }

  private static ObjectNode ofSeveral(double[] scores, List<String> classes) {
    ObjectNode score = Json.object().put("class", classes.get(SoftmaxModel.largest(scores)));
    ArrayNode probabilities = score.putArray("probabilities");
    for (double probability : SoftmaxModel.probabilities(scores)) {
      probabilities.add(probability);
    }
    return score;
  }

  private static ObjectNode ofTwo(double logit, List<String> classes) {
    double positive = LinearModel.probabilityOf(logit);
    ObjectNode score = Json.object().put("class", classes.get(positive >= 0.5 ? 1 : 0));
    ArrayNode probabilities = score.putArray("probabilities");
    probabilities.add(1 - positive).add(positive);
    return score.put("log_odds", logit);
  }

  /** The values that count as negative, then those that count as positive; or every class. */
  static List<String> classes(Label label) {
    if (!label.isBinary()) {
      return label.classNames();
    }
    Domain domain = label.schema().column(label.column()).domain();
    String negative =
        IntStream.range(0, domain.cells())
            .mapToObj(domain::cellName)
            .filter(name -> !label.positive().contains(name))
            .collect(Collectors.joining(" or "));
    return List.of(negative, String.join(" or ", label.positive()));
  }

  /** Columns by the contract's names, in its codes and units; no label. */
  private static Binding plain(ModelFile model) {
    List<BoundColumn> columns = new ArrayList<>();
    for (ContractColumn column : model.columns()) {
      String name = column.column().name();
      boolean read = model.model().features().columnsRead().contains(name);
      columns.add(
          read
              ? BoundColumn.same(name)
              : new BoundColumn(name, Optional.empty(), List.of(), Map.of(), 1, 0));
    }
    return new Binding(model.study(), "1", SourceFormat.COMMA_UTF8, columns, model.contract());
  }
}
