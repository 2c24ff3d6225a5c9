package org.althing.release;

import java.util.List;
import java.util.function.Function;

/**
 * A fixed sequence of releases and what follows from them, all of it a deterministic function of
 * the releases: strict floating point, fixed order of summation, so that every node and every
 * verifier computes the same bits.
 *
 * @param <R> the result: a model, a quality audit, an evaluation
 */
public interface Procedure<R> {
  /** The releases in order, the same for every node whatever the data. */
  List<ReleaseTemplate> releases();

  /**
   * The query of release {@code index}; its public state (weights) follows from the releases before
   * it.
   */
  SumQuery query(int index, List<Release> before);

  /** The result of all releases. */
  R conclude(List<Release> releases);

  /** The same releases, read in another way: whatever is computed from them is free. */
  default <S> Procedure<S> read(Function<List<Release>, S> reading) {
    Procedure<R> same = this;
    return new Procedure<>() {
      @Override
      public List<ReleaseTemplate> releases() {
        return same.releases();
      }

      @Override
      public SumQuery query(int index, List<Release> before) {
        return same.query(index, before);
      }

      @Override
      public S conclude(List<Release> releases) {
        return reading.apply(releases);
      }
    };
  }
}
