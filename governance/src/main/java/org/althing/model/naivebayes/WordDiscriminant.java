package org.althing.model.naivebayes;

import java.util.List;
import org.althing.model.features.Field;
import org.althing.model.features.WordWeights;
import org.althing.table.Domain;
import org.althing.table.Language;

/**
 * What the words of a free text say of each class: Fisher's linear discriminant, with how common a
 * word is for its variance.
 *
 * <p>A word weighs (p − q)/(q + s), where p is its share of the words of the class and q of all
 * words: log(p/q) to first order, but with the noise in p neither cut off at 0 nor bent, so that
 * noise says nothing on average. s keeps what the noise leaves no saying about small. Where the
 * scores of a class lie and how far its texts scatter about that follows from the same sums, less
 * what their noise adds to itself there; it gives the constant and the scale. Words of one text
 * repeat one another, which sums of single words do not show: {@link #repeats} is set by language.
 */
final class WordDiscriminant {
  /** The least deviation that is smoothed for; a text gives each of its words less than 1. */
  private static final double LEAST_NOISE = 0.1;

  /** s, in standard deviations of the noise in p. */
  private static final double SMOOTHING = 3;

  /** Keeps texts in order where noise leaves no distance between the classes. */
  private static final double LEAST_SCALE = 0.1;

  private final List<CountTable> tables;
  private final int start;
  private final double noise;
  private final double repeats;

  /** Of each word among the words of all classes. */
  private final double[] shares;

  private final double words;
  private final double texts;
  private final List<OfClass> classes;
  private final double scale;

  /**
   * @param tables of all classes
   * @param start where the field's coordinates start
   * @param noise standard deviation of the noise on a sum
   */
  WordDiscriminant(List<CountTable> tables, int start, Field field, double noise) {
    this.tables = tables;
    this.start = start;
    this.noise = noise;
    this.repeats = repeats((Domain.Words) field.columns().get(0).domain());
    double allWords = 0;
    double allTexts = 0;
    for (CountTable table : tables) {
      allWords += table.tableTotal(start, field.size());
      allTexts += table.total();
    }
    this.words = Math.max(1, allWords);
    this.texts = Math.max(1, allTexts);
    this.shares = shares(field.size());
    this.classes = tables.stream().map(OfClass::new).toList();
    this.scale = scale();
  }

  /** How often a text says each thing: characters come with the pairs that they are in. */
  private static double repeats(Domain.Words domain) {
    return domain.language() == Language.ENGLISH ? 1.5 : 2.5;
  }

  private double[] shares(int size) {
    double[] all = new double[size];
    for (CountTable table : tables) {
      double[] sums = table.row(start, size);
      for (int i = 0; i < size; i++) {
        all[i] += sums[i] / words;
      }
    }
    for (int i = 0; i < size; i++) {
      all[i] = Math.max(0, all[i]);
    }
    return all;
  }

  /** How far the classes lie from all texts, over the variance of the score of one text. */
  private double scale() {
    double distance = 0;
    double variance = 0;
    for (int k = 0; k < classes.size(); k++) {
      OfClass of = classes.get(k);
      distance += tables.get(k).total() * (of.own - of.all);
      variance += tables.get(k).total() * of.variance;
    }
    return variance > 0 ? Math.max(LEAST_SCALE, distance / variance) : 0;
  }

  /**
   * Sets the weights of the words for one class.
   *
   * @return what every record adds, which stands in the bias
   */
  double weigh(int k, double[] weights) {
    OfClass of = classes.get(k);
    for (int i = 0; i < shares.length; i++) {
      weights[start + i] = scale * of.weights[i];
    }
    return -scale * (of.own + of.all) / 2;
  }

  /**
   * The weight of a word in a sum over the classes, with what the noise on its own sums leaves open
   * of it; the scale and what all words of a class make together move all words alike and are taken
   * as released.
   *
   * <p>What each class's sum can do to the weight on either side is put together by its squares
   * (Zou and Donner 2008): classes share no noise.
   *
   * @param factors what the sum takes of each class
   * @param together how many weights are looked at
   */
  WordWeights.Weight weight(int word, double[] factors, int together) {
    double[] sums = tables.stream().mapToDouble(t -> t.row(start + word, 1)[0]).toArray();
    double released = weight(sums, factors);
    return WordWeights.weight(released, z -> released + reach(sums, factors, z), together);
  }

  private double weight(double[] sums, double[] factors) {
    double share = 0;
    for (double sum : sums) {
      share += sum / words;
    }
    share = Math.max(0, share);
    double weight = 0;
    for (int k = 0; k < sums.length; k++) {
      weight += factors[k] * scale * classes.get(k).weight(sums[k], share);
    }
    return weight;
  }

  private double reach(double[] sums, double[] factors, double z) {
    double released = weight(sums, factors);
    double squares = 0;
    for (int k = 0; k < sums.length; k++) {
      double most = 0;
      for (int side = -1; side <= 1; side += 2) {
        double[] moved = sums.clone();
        moved[k] += side * z * noise;
        double by = (weight(moved, factors) - released) * Math.signum(z);
        most = Math.max(most, by);
      }
      squares += most * most;
    }
    return StrictMath.copySign(StrictMath.sqrt(squares), z);
  }

  /** The discriminant of one class before it is scaled. */
  private final class OfClass {
    private final double[] weights = new double[shares.length];

    /** The mean score of the texts of the class. */
    private final double own;

    /** The mean score of all texts. */
    private final double all;

    /** Of the score of one text. */
    private final double variance;

    private final double ownWords;
    private final double smoothing;

    OfClass(CountTable table) {
      double[] sums = table.row(start, shares.length);
      ownWords = Math.max(1, table.tableTotal(start, shares.length));
      double ownTexts = Math.max(Math.max(1, noise), table.total());
      smoothing = SMOOTHING * Math.max(LEAST_NOISE, noise) / ownWords;
      double toOwn = 0;
      double toAll = 0;
      double squares = 0;
      double perNoise = 0;
      double squaresPerNoise = 0;
      double common = 0;
      for (int i = 0; i < shares.length; i++) {
        double divisor = shares[i] + smoothing;
        weights[i] = weight(sums[i], shares[i]);
        toOwn += weights[i] * sums[i];
        toAll += weights[i] * shares[i];
        squares += weights[i] * weights[i] * shares[i];
        perNoise += 1 / divisor;
        squaresPerNoise += shares[i] / (divisor * divisor);
        common += shares[i];
      }
      // A word's noise is in its weight and in the means that the weight is applied to.
      double itself = noise * noise * perNoise;
      own = (toOwn - itself * (1 / ownWords - 1 / words)) / ownTexts;
      all = (toAll * words - itself * (1 / ownWords - tables.size() / words)) / texts;
      // Noise comes anew with each word; only what words say is said more than once.
      double deviation = noise * (1 / ownWords - 1 / words);
      double ofNoise = Math.min(squares, squaresPerNoise * deviation * deviation);
      variance = common > 0 ? (ofNoise + repeats * (squares - ofNoise)) / common : 0;
    }

    double weight(double sum, double share) {
      return (sum / ownWords - share) / (share + smoothing);
    }
  }
}
