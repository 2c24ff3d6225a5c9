package org.althing.secagg;

import java.util.List;
import java.util.stream.IntStream;

/** Test fixture: parts of a round that production code hides, to measure and to keep them small. */
public final class OpenedRounds {
  private OpenedRounds() {}

  /** Adds one mask per seed of 32 bytes. */
  public static void addMasks(long[] vector, List<byte[]> seeds) {
    MaskSweep sweep = new MaskSweep();
    seeds.forEach(seed -> sweep.add(Secret.copying(seed)));
    sweep.over(vector);
  }

  /** Shares 64 bytes among {@code nodes} so that {@code threshold} of them can open them. */
  public static long[][] share(int nodes, int threshold) {
    int width = SharePair.BYTES / Long.BYTES;
    long[] secret = new long[width];
    int[] points = IntStream.rangeClosed(1, nodes).toArray();
    return SecretSharing.share(secret, points, new long[(threshold - 1) * width]);
  }

  /**
   * A node that waits for the survivors and has let go of its masked vector, so that hundreds fit
   * into one process; it can do everything but say its input again.
   */
  public static NodeRound withoutVector(NodeRound node) {
    AwaitingSurvivors waiting = (AwaitingSurvivors) node;
    Input input = waiting.input();
    MaskedVector one = new MaskedVector(new long[1]);
    return new AwaitingSurvivors(
        waiting.seat(), waiting.cohort(), new Input(input.header(), one, input.attachment()));
  }
}
