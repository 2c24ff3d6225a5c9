package org.althing.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.ReleaseSpec;

/** Small rosters and plans with fixed keys. */
final class Examples {
  private Examples() {}

  static SigningKey key(int i) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) (i + 1));
    return SigningKey.ofSeed(seed);
  }

  static NodeId node(int i) {
    return new NodeId("org-" + (char) ('a' + i));
  }

  static Roster roster(int nodes) {
    List<Roster.Member> members = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      members.add(new Roster.Member(node(i), key(i).verifyingKey()));
    }
    return new Roster(members, Quorum.defaultFor(nodes));
  }

  /** Four nodes, t = 3, c = 1, so two honest shares. */
  static Plan plan() {
    return planWithHoldout(20);
  }

  static Plan planWithHoldout(int percent) {
    return new Plan(
        Digest.of(new byte[] {1}),
        Digest.of(new byte[] {2}),
        roster(4),
        percent,
        1,
        List.of(
            release("profile", Partition.ALL, 13, 20_000_000_000L),
            release("counts", Partition.TRAIN, 12, 30_000_000_000L),
            release("scores", Partition.HOLDOUT, 1, 25_000_000_000L)));
  }

  private static ReleaseSpec release(
      String name, Partition partition, long l2Squared, long picoRho) {
    BlockDemand demand =
        new BlockDemand(name, 10, Bound.Exact.ofCounts(l2Squared), new Rho(picoRho));
    return new ReleaseSpec(name, partition, NoisePlan.calibrate(List.of(demand), 1, 2));
  }
}
