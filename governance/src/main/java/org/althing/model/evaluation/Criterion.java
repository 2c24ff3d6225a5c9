package org.althing.model.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.althing.release.Measure;

/** The figure on held-out records that one of several models is chosen by. */
public enum Criterion {
  /** The area under the curve; of several classes the mean over them. Larger is better. */
  AUC("auc", true),
  /** Larger is better. */
  ACCURACY("accuracy", true),
  /** Smaller is better. */
  LOG_LOSS("log-loss", false);

  private final String word;
  private final boolean largerIsBetter;

  Criterion(String word, boolean largerIsBetter) {
    this.word = word;
    this.largerIsBetter = largerIsBetter;
  }

  /** As study files write it. */
  public String word() {
    return word;
  }

  public boolean largerIsBetter() {
    return largerIsBetter;
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
