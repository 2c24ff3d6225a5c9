package org.althing.model.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.althing.release.Measure;

/** The figure on held-out records that one of several models is chosen by. */
public enum Criterion {
  /** The area under the curve; of several classes the mean over them. Larger is better. */
  AUC("auc", "AUC", true, 1),
  /** Larger is better. */
  ACCURACY("accuracy", "accuracy", true, 1),
  /** Smaller is better. */
  LOG_LOSS("log-loss", "log-loss", false, Double.MAX_VALUE);

  private final String word;
  private final String inWords;
  private final boolean largerIsBetter;
  private final double most;

  Criterion(String word, String inWords, boolean largerIsBetter, double most) {
    this.word = word;
    this.inWords = inWords;
    this.largerIsBetter = largerIsBetter;
    this.most = most;
  }

  /** As study files write it. */
  public String word() {
    return word;
  }

  /** In a sentence. */
  public String inWords() {
    return inWords;
  }

  public boolean largerIsBetter() {
    return largerIsBetter;
  }

  /** The largest that it can be; the least is 0. */
  public double most() {
    return most;
  }

  /** The words of all. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Criterion::word).toList();
  }

  /**
   * @param word one of {@link #words}
   */
  public static Criterion ofWord(String word) {
    return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst().orElseThrow();
  }

  /** The figure, where it stands above the noise. */
  public Optional<Measure> of(Performance performance) {
    return switch (this) {
      case AUC -> performance.rates().auc();
      case ACCURACY -> performance.rates().accuracy();
      case LOG_LOSS -> performance.probabilities().logLoss();
    };
  }

  /** The same of several classes. */
  public Optional<Measure> of(ClassPerformance performance) {
    return switch (this) {
      case AUC -> performance.macro().auc();
      case ACCURACY -> performance.accuracy();
      case LOG_LOSS -> performance.probabilities().logLoss();
    };
  }
}
