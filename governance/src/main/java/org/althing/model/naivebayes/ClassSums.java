package org.althing.model.naivebayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Field;
import org.althing.model.features.Label;
import org.althing.model.features.LabelledQuery;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SparseRow;
import org.althing.model.features.Trainer;
import org.althing.model.features.WordWeights;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;

/**
 * Sums of records class by class over cells, numbers taken for normal, and the words of texts, in
 * one release (privacy §4).
 *
 * <p>The vector is a table of (class × coordinate) sums for all F fields. A labelled record adds,
 * in its class, 1 to one cell of each field with cells, two columns that interact being one such
 * field, so that class totals cost nothing more: each of these tables holds them; a vector of norm
 * at most 1 over the words of each free text; and of each number that stands with its square (x, x²
 * − 1), which has norm at most 1 because x² ≤ 1, or 1 at one more coordinate where it has no value.
 * Where there is a text, or no table to show how many records there are, it adds {@value
 * FeatureSpace#RECORD_STEPS}/256 to one more number. Its squared L2 norm is at most F, or F +
 * {@value FeatureSpace#RECORD_STEPS}²/256², however many classes there are; an unlabelled record
 * adds nothing.
 *
 * @param <M> the model
 */
abstract class ClassSums<M> implements Trainer<M> {
  private static final double RECORD_SHARE = FeatureSpace.RECORD_STEPS / 256.0;

  final FeatureSpace features;
  final Label label;
  private final Rho rho;

  ClassSums(FeatureSpace features, Label label, Rho rho) {
    LinearModel.requireApart(features, label);
    if (features.fields().stream().anyMatch(Field.Bounded.class::isInstance)) {
      throw new IllegalArgumentException(
          "naive Bayes counts cells: declare bins in the contract for every number among %s, or take it for normal"
              .formatted(features.columns()));
    }
    this.features = features;
    this.label = label;
    this.rho = rho;
  }

  @Override
  public List<ReleaseTemplate> releases() {
    long steps = features.stepsPerUnit();
    long records = recordSteps();
    Bound bound = new Bound.Exact(fields() * steps * steps + records * records, steps);
    return List.of(
        new ReleaseTemplate(
            "naive-bayes counts",
            Partition.TRAIN,
            List.of(new BlockDemand("class by cell", label.classes() * perClass(), bound, rho))));
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return new CountQuery(features.encoder(), label.reader(), perClass(), recordSteps());
  }

  /** What a record adds where records are counted, in steps of the space; 0 where they are not. */
  private long recordSteps() {
    return countsRecords() ? FeatureSpace.RECORD_STEPS * (features.stepsPerUnit() / 256) : 0;
  }

  private boolean countsRecords() {
    return features.hasWords() || features.fields().stream().noneMatch(Field::isOneHot);
  }

  /**
   * What each coordinate says of each class, up to what it says of all.
   *
   * @return [class][coordinate], the bias last
   */
  final double[][] weights(Release release) {
    double noise = release.noiseDeviation(0);
    List<CountTable> tables = tables(release);
    double[][] weights = new double[tables.size()][features.size()];
    int bias = features.size() - 1;
    int start = 0;
    for (Field field : features.fields()) {
      if (field instanceof Field.Squared) {
        List<NormalField> laws = laws(tables, start, noise);
        for (int k = 0; k < weights.length; k++) {
          weights[k][bias] += weigh(laws.get(k).shrunk(laws), weights[k], start);
        }
      } else if (field.isOneHot()) {
        for (int k = 0; k < weights.length; k++) {
          double[] logs = tables.get(k).logProbabilities(start, field.size(), noise);
          System.arraycopy(logs, 0, weights[k], start, logs.length);
        }
      } else {
        WordDiscriminant words = new WordDiscriminant(tables, start, field, noise);
        for (int k = 0; k < weights.length; k++) {
          weights[k][bias] += words.weigh(k, weights[k]);
        }
      }
      start += field.size();
    }
    double believed = tempering();
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < weights[k].length; i++) {
        weights[k][i] *= believed;
      }
      weights[k][bias] += StrictMath.log(tables.get(k).total() + Math.max(1, noise));
    }
    return weights;
  }

  /**
   * By how much what the fields say is believed: all of what one says alone, towards half of what
   * many say, because they repeat one another. By their number alone, so it costs nothing.
   */
  private double tempering() {
    return (1 + 1.0 / fields()) / 2;
  }

  private static List<NormalField> laws(List<CountTable> tables, int start, double noise) {
    return tables.stream().map(table -> table.normal(start, noise)).toList();
  }

  /**
   * Sets the weights of one number.
   *
   * @return what every record with a value adds, which stands in the bias
   */
  private static double weigh(NormalField law, double[] weights, int start) {
    weights[start] = law.linear();
    weights[start + 1] = law.square();
    // The coordinate is the square less 1.
    double constant = law.constant() + law.square();
    weights[start + 2] = law.missing() - constant;
    return constant;
  }

  /** The released sums of each class. */
  private List<CountTable> tables(Release release) {
    double[] sums = release.values(0);
    return IntStream.range(0, label.classes())
        .mapToObj(k -> table(Arrays.copyOfRange(sums, k * perClass(), (k + 1) * perClass())))
        .toList();
  }

  private CountTable table(double[] counts) {
    double[] sums = counts;
    if (countsRecords()) {
      sums[sums.length - 1] /= RECORD_SHARE;
    }
    return new CountTable(features, sums, 1 / (RECORD_SHARE * RECORD_SHARE));
  }

  /** Of the declared words; at the scale that was released. */
  @Override
  public final WordWeights words(List<Release> releases) {
    double noise = releases.get(0).noiseDeviation(0);
    List<CountTable> tables = tables(releases.get(0));
    List<double[]> sums = factors();
    List<List<WordWeights.Weight>> byScore = new ArrayList<>();
    sums.forEach(sum -> byScore.add(new ArrayList<>()));
    int[] words = features.declaredWords();
    int start = 0;
    int next = 0;
    for (Field field : features.fields()) {
      int end = start + field.size();
      if (next < words.length && words[next] < end) {
        WordDiscriminant evidence = new WordDiscriminant(tables, start, field, noise);
        for (; next < words.length && words[next] < end; next++) {
          for (int s = 0; s < sums.size(); s++) {
            byScore
                .get(s)
                .add(evidence.weight(words[next] - start, sums.get(s), words.length * sums.size()));
          }
        }
      }
      start = end;
    }
    List<String> names = features.coordinateNames();
    return new WordWeights(IntStream.of(words).mapToObj(names::get).toList(), byScore);
  }

  /** What each sum of a model takes of each class. */
  private List<double[]> factors() {
    if (label.isBinary()) {
      return List.of(new double[] {-tempering(), tempering()});
    }
    int classes = label.classes();
    return IntStream.range(0, classes)
        .mapToObj(
            own ->
                IntStream.range(0, classes)
                    .mapToDouble(k -> tempering() * ((k == own ? 1 : 0) - 1.0 / classes))
                    .toArray())
        .toList();
  }

  @Override
  public Optional<FeasibilityIndex> feasibility(long records) {
    return Optional.of(
        FeasibilityIndex.of(
            records, rho, StrictMath.sqrt((double) fields()), label.classes() * perClass()));
  }

  /** Counts are never negative, sums of numbers have both signs. */
  @Override
  public int replacementFactor() {
    return features.squared().isEmpty() ? 2 : 4;
  }

  private int fields() {
    return features.fieldCount();
  }

  /** Numbers of one class: all coordinates, but the bias only where records are counted. */
  private int perClass() {
    return countsRecords() ? features.size() : features.size() - 1;
  }

  /**
   * Counts records class by class.
   *
   * @param biasSteps what the bias adds, in steps of the space; 0 for a vector without it
   */
  private record CountQuery(
      FeatureSpace.RowEncoder encoder, Label.Reader label, int perClass, long biasSteps)
      implements LabelledQuery {
    @Override
    public void add(SparseRow record, int outcome, ContributionSum sum) {
      int entries = biasSteps == 0 ? record.count() - 1 : record.count();
      int[] index = new int[entries];
      long[] steps = new long[entries];
      int offset = outcome * perClass;
      long finer = sum.scale(0) / record.stepsPerUnit();
      for (int i = 0; i < entries; i++) {
        index[i] = record.index(i) + offset;
        steps[i] = record.steps(i) * finer;
      }
      if (biasSteps != 0) {
        steps[entries - 1] = biasSteps * finer;
      }
      sum.add(0, index, steps, entries);
    }
  }
}
