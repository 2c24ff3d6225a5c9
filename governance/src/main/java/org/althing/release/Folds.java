package org.althing.release;

import java.util.List;
import java.util.stream.IntStream;
import org.althing.privacy.Partition;

/**
 * The privacy units divided into K parts for cross-validation, by the keyed hash that a hold-out is
 * chosen by: a unit is in one part for the whole study.
 *
 * <p>Each of K procedures learns from the records outside its own fold, so a record is in K−1 of
 * them, and each record is evaluated by what its own fold's procedure came to. All releases are of
 * {@link Partition#ALL}: ledgers know no folds and charge each record all K.
 *
 * @param count K, {@value #LEAST} to {@value #MOST}
 */
public record Folds(int count) {
  public static final int LEAST = 3;
  public static final int MOST = 10;
  private static final int HUNDREDTHS = 100;

  public Folds {
    if (count < LEAST || count > MOST) {
      throw new IllegalArgumentException(
          "the folds are %d to %d, got %d".formatted(LEAST, MOST, count));
    }
  }

  /**
   * The fold of a unit, 0 to K−1; folds differ by a hundredth of the units at most.
   *
   * @param hundredth 0 to 99
   */
  public int of(int hundredth) {
    return hundredth * count / HUNDREDTHS;
  }

  /** The same procedure over the records outside one fold. */
  public <R> Procedure<R> outside(int fold, Procedure<R> procedure) {
    return new Procedure<>() {
      @Override
      public List<ReleaseTemplate> releases() {
        String name = "fold %d: ".formatted(fold + 1);
        return procedure.releases().stream().map(r -> overAll(name + r.name(), r)).toList();
      }

      @Override
      public SumQuery query(int index, List<Release> before) {
        SumQuery asked = procedure.query(index, before);
        return batch -> {
          SumQuery.Contributions all = asked.over(batch);
          return (row, sum) -> {
            if (of(batch.hundredth(row)) != fold) {
              all.add(row, sum);
            }
          };
        };
      }

      @Override
      public R conclude(List<Release> releases) {
        return procedure.conclude(releases);
      }
    };
  }

  /**
   * One release in which each record is asked what its own fold's procedure asks.
   *
   * @param ownOf a procedure of one release for each fold, alike in shape and bounds
   * @return concludes as the first does
   */
  public <R> Procedure<R> joined(List<Procedure<R>> ownOf) {
    if (ownOf.size() != count) {
      throw new IllegalArgumentException(
          "expected a procedure for each of %d folds, got %d".formatted(count, ownOf.size()));
    }
    return new Procedure<>() {
      @Override
      public List<ReleaseTemplate> releases() {
        return overAll(ownOf.get(0).releases());
      }

      @Override
      public SumQuery query(int index, List<Release> before) {
        List<SumQuery> asked =
            IntStream.range(0, count).mapToObj(f -> ownOf.get(f).query(index, before)).toList();
        return batch -> {
          List<SumQuery.Contributions> own = asked.stream().map(q -> q.over(batch)).toList();
          return (row, sum) -> own.get(of(batch.hundredth(row))).add(row, sum);
        };
      }

      @Override
      public R conclude(List<Release> releases) {
        return ownOf.get(0).conclude(releases);
      }
    };
  }

  /** The same releases, of every record. */
  public static List<ReleaseTemplate> overAll(List<ReleaseTemplate> releases) {
    return releases.stream().map(r -> overAll(r.name(), r)).toList();
  }

  private static ReleaseTemplate overAll(String name, ReleaseTemplate release) {
    return new ReleaseTemplate(name, Partition.ALL, release.blocks());
  }
}
