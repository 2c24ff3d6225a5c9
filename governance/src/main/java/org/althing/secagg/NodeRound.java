package org.althing.secagg;

import java.util.List;
import java.util.Optional;
import org.althing.encoding.Bytes;
import org.althing.federation.SigningKey;
import org.althing.privacy.NoisedSum;

/**
 * A node's part of one attempt at a release: B1 READY to B4 UNMASK (secure-aggregation protocol
 * §4.2).
 *
 * <p>An announcement of another state changes nothing and is ignored; one of this state with bad
 * content ends the attempt and erases its secrets; the same announcement again gives the same
 * answer, byte for byte; a different one where one was answered ends the attempt. So no attempt
 * ever yields two inputs or two confirmations, not even from a state kept by mistake.
 */
public sealed interface NodeRound
    permits AwaitingCohort,
        NodeRound.AwaitingNoisedSum,
        AwaitingSurvivors,
        AwaitingConfirmations,
        NodeRound.Finished,
        NodeRound.Aborted {
  Step on(CohortAnnounced announced);

  /**
   * Masks the noised sum; only {@link AwaitingNoisedSum} takes one.
   *
   * <p>The caller has burnt (release, attempt) and charged the ledger durably before: t others can
   * release the sum without this node.
   *
   * @param attachment at most {@value Input#MOST_ATTACHMENT_BYTES} bytes that travel with it
   */
  Step input(NoisedSum sum, byte[] attachment);

  Step on(SurvivorsProposed proposed);

  Step on(ConfirmationsShown shown);

  /** Gives the attempt up and erases its secrets. */
  Step abandon();

  /**
   * Starts with B1.
   *
   * @param entropy {@value Secret#BYTES} fresh bytes of the operating system's generator; the
   *     caller erases its copy
   */
  static Step begin(RoundTerms terms, SigningKey key, PairSecrets pairs, byte[] entropy) {
    if (!terms.keys().equals(pairs.keys()) || !terms.epoch().equals(pairs.epoch())) {
      throw new IllegalArgumentException("the terms speak of another key set-up than the secrets");
    }
    Optional<Fault> refused = pairs.begin(terms);
    return refused.isPresent()
        ? Step.to(new Aborted(refused.get()))
        : AwaitingCohort.begin(new RoundSeat(terms, key, pairs, entropy));
  }

  /**
   * @param send what to send, in order
   * @param ignored why nothing happened: the announcement belongs to another state
   */
  record Step(NodeRound next, List<RoundMessage> send, Optional<String> ignored) {
    static Step to(NodeRound next) {
      return new Step(next, List.of(), Optional.empty());
    }

    static Step to(NodeRound next, RoundMessage message) {
      return new Step(next, List.of(message), Optional.empty());
    }

    static Step ignored(NodeRound same, String why) {
      return new Step(same, List.of(), Optional.of(why));
    }
  }

  /** The cohort is sound and every box opened; the charge is awaited. Nothing of value has left. */
  record AwaitingNoisedSum(RoundSeat seat, SeatedCohort cohort) implements NodeRound {
    @Override
    public Step on(CohortAnnounced announced) {
      return cohort.repeats(announced)
          ? Step.to(this)
          : seat.aborted(Fault.of(Fault.Kind.SECOND_ANNOUNCEMENT, "two different cohorts"));
    }

    @Override
    public Step input(NoisedSum sum, byte[] attachment) {
      seat.requireFor(sum);
      Input input = seat.maskedInput(cohort, sum, Bytes.of(attachment));
      return Step.to(new AwaitingSurvivors(seat, cohort, input), input);
    }

    @Override
    public Step on(SurvivorsProposed proposed) {
      return Step.ignored(this, "survivors before this node's input");
    }

    @Override
    public Step on(ConfirmationsShown shown) {
      return Step.ignored(this, "confirmations before this node's input");
    }

    @Override
    public Step abandon() {
      return seat.abandoned("before this node's input");
    }
  }

  /** The end: shares were revealed for the confirmed set; everything else is erased. */
  record Finished(ConfirmationsShown answered, Unmask answer) implements NodeRound {
    @Override
    public Step on(CohortAnnounced announced) {
      return ended();
    }

    @Override
    public Step input(NoisedSum sum, byte[] attachment) {
      return ended();
    }

    @Override
    public Step on(SurvivorsProposed proposed) {
      return ended();
    }

    @Override
    public Step on(ConfirmationsShown shown) {
      return shown.equals(answered) ? Step.to(this, answer) : ended();
    }

    @Override
    public Step abandon() {
      return ended();
    }

    private Step ended() {
      return Step.ignored(this, "the attempt is finished");
    }
  }

  /** The other end: nothing is kept and nothing more is sent. */
  record Aborted(Fault reason) implements NodeRound {
    @Override
    public Step on(CohortAnnounced announced) {
      return ended();
    }

    @Override
    public Step input(NoisedSum sum, byte[] attachment) {
      return ended();
    }

    @Override
    public Step on(SurvivorsProposed proposed) {
      return ended();
    }

    @Override
    public Step on(ConfirmationsShown shown) {
      return ended();
    }

    @Override
    public Step abandon() {
      return ended();
    }

    private Step ended() {
      return Step.ignored(this, "the attempt was aborted");
    }
  }
}
