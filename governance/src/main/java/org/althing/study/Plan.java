package org.althing.study;

import java.util.List;
import java.util.function.Function;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.ReleaseSpec;

/**
 * A study compiled: exactly what will leave each node, in which order, with which noise and at
 * which cost.
 *
 * <p>Every node compiles the plan itself and compares digests; nothing in it depends on data.
 *
 * @param study digest of the study's text
 * @param contract digest of the contract's text
 * @param roster the members asked and their quorum
 */
public record Plan(
    Digest study,
    Digest contract,
    Roster roster,
    int holdoutPercent,
    int spareAttempts,
    List<ReleaseSpec> releases) {
  public static final int MOST_RELEASES = 100;

  public Plan {
    releases = List.copyOf(releases);
    if (releases.isEmpty() || releases.size() > MOST_RELEASES) {
      throw new IllegalArgumentException(
          "a plan has 1 to " + MOST_RELEASES + " releases, got " + releases.size());
    }
    for (ReleaseSpec release : releases) {
      if (release.noise().honestSurvivors() != roster.quorum().honestSurvivors()) {
        throw new IllegalArgumentException(
            "release %s is noised for %d honest survivors, the quorum guarantees %d"
                .formatted(
                    release.name(),
                    release.noise().honestSurvivors(),
                    roster.quorum().honestSurvivors()));
      }
    }
  }

  public Quorum quorum() {
    return roster.quorum();
  }

  /** ρ of the whole study for one privacy unit: ρ(ALL) + max(ρ(TRAIN), ρ(HOLDOUT)). */
  public Rho cost() {
    return composed(NoisePlan::rho);
  }

  /** The same if everybody else works with the coordinator: only the node's own noise protects. */
  public Rho costIfAllOthersCollude() {
    return composed(NoisePlan::rhoIfAllOthersCollude);
  }

  /**
   * What each node sets aside at admission: the cost, and the dearest release once more per spare
   * attempt.
   */
  public Rho reservation() {
    Rho dearest = Rho.ZERO;
    for (ReleaseSpec release : releases) {
      dearest = dearest.max(release.noise().rho());
    }
    return cost().plus(dearest.times(spareAttempts));
  }

  private Rho composed(Function<NoisePlan, Rho> cost) {
    Rho dearer = on(Partition.TRAIN, cost).max(on(Partition.HOLDOUT, cost));
    return on(Partition.ALL, cost).plus(dearer);
  }

  private Rho on(Partition partition, Function<NoisePlan, Rho> cost) {
    Rho sum = Rho.ZERO;
    for (ReleaseSpec release : releases) {
      if (release.partition() == partition) {
        sum = sum.plus(cost.apply(release.noise()));
      }
    }
    return sum;
  }

  /** Rounds of learning, without an evaluation. */
  public int trainingRounds() {
    return (int) releases.stream().filter(r -> r.partition() == Partition.TRAIN).count();
  }

  /** {@link Study#salt} of the study it was compiled from. */
  public Digest salt() {
    return Study.salt(study);
  }

  public byte[] toBytes() {
    return new CanonicalWriter("plan/v1")
        .putDigest(study)
        .putDigest(contract)
        .putDigest(roster.digest())
        .putInt(holdoutPercent)
        .putInt(spareAttempts)
        .putList(releases, (w, release) -> release.writeTo(w))
        .toBytes();
  }

  public Digest digest() {
    return Digest.of(toBytes());
  }
}
