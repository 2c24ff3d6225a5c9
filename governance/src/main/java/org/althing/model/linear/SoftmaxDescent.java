package org.althing.model.linear;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.SoftmaxModel;
import org.althing.model.features.WordWeights;
import org.althing.privacy.Bound;
import org.althing.privacy.Rho;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;

/**
 * Logistic regression of K classes over more coordinates than a matrix of second moments can pay
 * for, such as the words of texts: as {@link CentredDescent} has it for two, every class with its
 * own steps.
 *
 * <p>Bounds of one record with F fields: Σx and N as there; the gradient counts the bias for ½, so
 * that it measures at most √2·√(F + ¼), and √(1 − 1/K)·√(F + ¼) at weights zero (argument at {@link
 * SoftmaxRounds}).
 */
public final class SoftmaxDescent extends SoftmaxRounds {
  /**
   * @param label with classes of its own
   * @param rho what all releases together may cost
   * @param rounds gradients to release, 1 to {@value Rounds#MOST_ROUNDS}
   */
  public SoftmaxDescent(FeatureSpace features, Label label, Rho rho, int rounds) {
    super(features, label, rho, rounds);
  }

  @Override
  double mostNorm() {
    return CentredDescent.mostNorm(features);
  }

  @Override
  public List<ReleaseTemplate> releases() {
    Bound atZero = new Bound.Rounded(atZero() * mostNorm(), mostEntries());
    Bound later = new Bound.Rounded(mostGradient(), mostEntries());
    return Stream.concat(
            Stream.of(
                release("means", CentredDescent.sums(features, rhoOfFirst())),
                release("round 1", gradient(atZero))),
            gradients(2, later))
        .toList();
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return index == 0
        ? new MeansQuery(features.encoder(), label.reader(), FeatureSpace.RECORD_STEPS)
        : gradientQuery(before, CentredDescent.BIAS);
  }

  @Override
  public SoftmaxModel conclude(List<Release> releases) {
    return modelAfter(releases);
  }

  @Override
  SoftmaxModel modelAfter(List<Release> before) {
    double[][] weights =
        Arrays.stream(stepsAfter(before)).map(CentredSteps::weights).toArray(double[][]::new);
    return new SoftmaxModel(features, label, weights);
  }

  /** Of the declared words; against what the same steps would come to without noise. */
  @Override
  public WordWeights words(List<Release> releases) {
    return words(Arrays.asList(stepsAfter(releases)), MOST_CURVATURE);
  }

  private CentredSteps[] stepsAfter(List<Release> before) {
    Centre centre = Centre.of(features, before.get(0), MOST_CURVATURE);
    CentredSteps[] steps = new CentredSteps[classes()];
    Arrays.setAll(steps, k -> new CentredSteps(centre, 0));
    for (int t = 1; t < before.size(); t++) {
      double[][] gradients = gradients(before.get(t), 0);
      double noise = noise(before.get(t), 0);
      for (int k = 0; k < steps.length; k++) {
        steps[k].take(gradients[k], noise);
      }
    }
    return steps;
  }
}
