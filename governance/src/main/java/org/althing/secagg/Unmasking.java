package org.althing.secagg;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/**
 * Removes the masks from the survivors' sum: their self masks by reconstructed seeds, the masks
 * they share with the dropped by the seeds they sealed. No key of anybody is reconstructed.
 *
 * @param sum of the survivors' masked vectors
 * @param confirms whose headers were shown
 */
record Unmasking(
    Chair chair, Cohort cohort, Survivors survivors, MaskedSum sum, List<Confirm> confirms) {

  /** The checks of B4 on the coordinator's side. */
  Optional<Fault> faultOf(Unmask message) {
    return chair
        .scrutiny(survivors.headers().keySet()::contains)
        .faultOf(message)
        .or(() -> wrongContent(message));
  }

  private Optional<Fault> wrongContent(Unmask message) {
    if (!message.survivors().equals(survivors.digest())) {
      return Optional.of(
          Fault.of(
              Fault.Kind.OTHER_SURVIVORS,
              message.sender(),
              "it reveals shares for another survivor set"));
    }
    List<NodeId> of = message.shares().stream().map(RevealedShares::of).toList();
    boolean sealing =
        message.shares().stream()
            .allMatch(s -> s.sealingKey().isPresent() == !survivors.dropped().isEmpty());
    return of.equals(survivors.ids()) && sealing
        ? Optional.empty()
        : Optional.of(
            Fault.of(
                Fault.Kind.WRONG_CONTENT,
                message.sender(),
                "expected shares of exactly the %d survivors".formatted(survivors.ids().size())));
  }

  /** Completed, or aborted for now: more shares may still help. */
  CoordinatorRound outcome(List<Unmask> unmasks) {
    SharePool pool = new SharePool(chair, unmasks);
    MaskSweep sweep = new MaskSweep();
    for (NodeId of : survivors.ids()) {
      ReadyHeader committed = cohort.headerOf(of);
      Optional<Secret> seed =
          pool.reconstruct(
              of,
              RevealedShares::selfSeed,
              found -> RoundSeat.selfSeedDigest(found).equals(committed.selfSeed()));
      if (seed.isEmpty()) {
        return new CoordinatorRound.Aborted(badShares(pool, of, "self-mask seed"));
      }
      sweep.subtract(seed.get());
    }
    if (!survivors.dropped().isEmpty()) {
      Optional<Fault> fault = removeDropped(pool, sweep);
      if (fault.isPresent()) {
        return new CoordinatorRound.Aborted(fault.get());
      }
    }
    return completed(sweep, pool);
  }

  private Optional<Fault> removeDropped(SharePool pool, MaskSweep sweep) {
    for (Confirm confirm : confirms) {
      NodeId of = confirm.sender();
      ReadyHeader committed = cohort.headerOf(of);
      Optional<Secret> key =
          pool.reconstruct(
              of,
              shares -> shares.sealingKey().orElseThrow(),
              found -> RoundSeat.sealingKeyDigest(found).equals(committed.sealingKey()));
      if (key.isEmpty()) {
        return Optional.of(badShares(pool, of, "sealing key"));
      }
      Optional<byte[]> seeds =
          Sealing.open(
              key.get(), survivors.sealingHeader(of, chair.ctx()), confirm.sealedSeeds().toArray());
      if (seeds.isEmpty()) {
        return Optional.of(
            Fault.of(Fault.Kind.BAD_SEALED_SEEDS, of, "its sealed seeds do not open"));
      }
      removeMasks(of, seeds.get(), sweep);
    }
    return Optional.empty();
  }

  private void removeMasks(NodeId survivor, byte[] seeds, MaskSweep sweep) {
    int at = 0;
    for (NodeId dropped : survivors.dropped()) {
      Secret seed = Secret.taking(Arrays.copyOfRange(seeds, at, at + Secret.BYTES));
      at += Secret.BYTES;
      if (chair.roster().indexOf(survivor) < chair.roster().indexOf(dropped)) {
        sweep.subtract(seed);
      } else {
        sweep.add(seed);
      }
    }
  }

  private static Fault badShares(SharePool pool, NodeId of, String what) {
    String detail = "no threshold of shares gives the %s that %s committed to".formatted(what, of);
    return pool.dealerIsToBlame()
        ? Fault.of(Fault.Kind.BAD_SHARES, of, detail)
        : Fault.of(Fault.Kind.BAD_SHARES, detail + ": it lied, or one who answered");
  }

  private CoordinatorRound completed(MaskSweep sweep, SharePool pool) {
    long[] steps = sum.copy();
    sweep.over(steps);
    NoisyTotal total = new NoisyTotal(steps);
    return new CoordinatorRound.Completed(
        total,
        cohort.ids(),
        survivors.ids(),
        transcript(total),
        List.copyOf(new TreeSet<>(pool.inconsistent())));
  }

  /** Every seed met its commitment, so that the commitments stand for the seeds. */
  Digest transcript(NoisyTotal total) {
    List<Digest> selfSeeds =
        survivors.ids().stream().map(of -> cohort.headerOf(of).selfSeed()).toList();
    return new CanonicalWriter("round-transcript/v1")
        .putDigest(chair.ctx())
        .putDigest(cohort.digest())
        .putDigest(survivors.digest())
        .putList(confirms, (w, c) -> w.putDigest(Digest.of(c.header().signedBytes())))
        .putList(selfSeeds, CanonicalWriter::putDigest)
        .putDigest(total.digest())
        .digest();
  }
}
