package org.althing.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.althing.cleaning.Cleaner;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.PrivacyUnit;
import org.althing.encoding.Digest;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.report.ModelFile;
import org.althing.table.RecordBatch;

/**
 * Scores of the rows of one file, computed here and nowhere else; with the true outcome where the
 * row has one.
 */
record Scoring(List<Double> probabilities, List<Optional<Integer>> outcomes) {
  Scoring {
    probabilities = List.copyOf(probabilities);
    outcomes = List.copyOf(outcomes);
  }

  private static final byte[] NO_SPLIT = new byte[Digest.BYTES];
  private static final int BATCH = 4096;

  /** Cleans and scores every row, in its order. */
  static Scoring of(ModelFile file, DelimitedText.Rows data, Binding binding) {
    // Every row counts for itself here: nobody's privacy is at stake with one's own file.
    Contract contract =
        new Contract(
            file.study(),
            "1",
            file.title(),
            "rows",
            file.columns(),
            new PrivacyUnit("row", Optional.empty(), 1),
            List.of(),
            file.contract());
    Cleaner cleaner = new Cleaner(contract, binding, NO_SPLIT);
    List<String[]> rows = project(data, cleaner.localNames());
    rows.forEach(cleaner::see);
    cleaner.startPass();
    LinearModel.Scorer scorer = file.model().scorer();
    Label.Reader label = file.model().label().reader();
    List<Double> probabilities = new ArrayList<>();
    List<Optional<Integer>> outcomes = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += BATCH) {
      RecordBatch batch = cleaner.clean(rows.subList(from, Math.min(rows.size(), from + BATCH)));
      for (int r = 0; r < batch.rows(); r++) {
        probabilities.add(scorer.probability(batch, r));
        outcomes.add(
            label.isLabelled(batch, r) ? Optional.of(label.outcome(batch, r)) : Optional.empty());
      }
    }
    return new Scoring(probabilities, outcomes);
  }

  /** A binding that takes every column by the contract's name, the label only where it is there. */
  static Binding byName(ModelFile file, DelimitedText.Rows data, Binding given) {
    Set<String> features = new HashSet<>(file.model().features().columns());
    List<BoundColumn> columns = new ArrayList<>();
    for (var column : file.columns()) {
      String name = column.column().name();
      BoundColumn bound =
          given.columns().stream()
              .filter(c -> c.column().equals(name))
              .findFirst()
              .orElse(BoundColumn.same(name));
      boolean there = bound.localName().map(data.names()::contains).orElse(false);
      if (!there && bound.localName().isPresent() && features.contains(name)) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            // Not the file's names: where it has none, its first line is a row of data.
            "the model needs a column %s, none of the file's %d columns has that name: rename one, or give --contract and --binding"
                .formatted(bound.localName().get(), data.names().size()));
      }
      columns.add(there ? bound : absent(bound));
    }
    return new Binding(
        given.contractId(), given.contractVersion(), given.format(), columns, given.digest());
  }

  private static BoundColumn absent(BoundColumn bound) {
    return new BoundColumn(
        bound.column(),
        Optional.empty(),
        bound.missingCodes(),
        bound.codes(),
        bound.factor(),
        bound.offset());
  }

  private static List<String[]> project(DelimitedText.Rows data, List<String> names) {
    int[] source = names.stream().mapToInt(data.names()::indexOf).toArray();
    List<String[]> rows = new ArrayList<>(data.rows().size());
    for (List<String> row : data.rows()) {
      rows.add(IntStream.of(source).mapToObj(row::get).toArray(String[]::new));
    }
    return rows;
  }

  /**
   * How well the scores fit the rows that have a label.
   *
   * @param auc the chance that a positive row scores above a negative one, ties counting half
   * @param logLoss mean of -ln of the probability given to what was true
   */
  record Fit(int rows, double accuracy, Optional<Double> auc, double logLoss) {}

  /** Absent where no row has a label. */
  Optional<Fit> fit() {
    List<Integer> labelled =
        IntStream.range(0, probabilities.size())
            .filter(i -> outcomes.get(i).isPresent())
            .boxed()
            .toList();
    if (labelled.isEmpty()) {
      return Optional.empty();
    }
    int right = 0;
    double loss = 0;
    for (int i : labelled) {
      int outcome = outcomes.get(i).orElseThrow();
      double probability = probabilities.get(i);
      right += (probability >= 0.5 ? 1 : 0) == outcome ? 1 : 0;
      double given = outcome == 1 ? probability : 1 - probability;
      loss -= StrictMath.log(Math.max(given, Double.MIN_NORMAL));
    }
    int n = labelled.size();
    return Optional.of(new Fit(n, (double) right / n, auc(labelled), loss / n));
  }

  /** By ranks, ties sharing their mean rank (Mann and Whitney 1947). */
  private Optional<Double> auc(List<Integer> labelled) {
    List<Integer> order =
        labelled.stream().sorted(Comparator.comparingDouble(probabilities::get)).toList();
    double rankSum = 0;
    long positives = 0;
    for (int start = 0; start < order.size(); ) {
      int end = start;
      double score = probabilities.get(order.get(start));
      while (end < order.size() && probabilities.get(order.get(end)) == score) {
        end++;
      }
      double rank = (start + 1 + end) / 2.0;
      for (int i = start; i < end; i++) {
        int outcome = outcomes.get(order.get(i)).orElseThrow();
        rankSum += outcome * rank;
        positives += outcome;
      }
      start = end;
    }
    long negatives = order.size() - positives;
    if (positives == 0 || negatives == 0) {
      return Optional.empty();
    }
    double least = positives * (positives + 1) / 2.0;
    return Optional.of((rankSum - least) / ((double) positives * negatives));
  }
}
