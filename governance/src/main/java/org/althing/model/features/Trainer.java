package org.althing.model.features;

import java.util.List;
import java.util.Optional;
import org.althing.release.Procedure;
import org.althing.release.Release;

/**
 * How a model is learnt: a procedure whose releases come to one. A new kind of model is one more of
 * these, with the sensitivity argument of its sums in its Javadoc; plan, noise, charges, replay and
 * verification are the same for all.
 *
 * @param <M> the model
 */
public interface Trainer<M> extends Procedure<M> {
  /**
   * How far {@code records} training records would stand above the noise; none for a model whose
   * index has not been observed.
   */
  Optional<FeasibilityIndex> feasibility(long records);

  /**
   * What the noise of the releases leaves open of the weights of declared words; none where no text
   * declares words, or where a model has no weights.
   */
  default WordWeights words(List<Release> releases) {
    return WordWeights.NONE;
  }

  /**
   * By how much at most its releases cost more where one record is exchanged for another instead of
   * added: 2 for sums that are never negative, whose squared norm at most doubles; 4 for others.
   */
  int replacementFactor();
}
