package org.althing.secagg;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.SigningKey;

/**
 * Test fixture: messages as their own sender could change them, every digest and signature true.
 */
public final class Resigned {
  private Resigned() {}

  public static Ready boxes(Ready ready, UnaryOperator<ShareBox> change, SigningKey key) {
    List<ShareBox> boxes = ready.boxes().stream().map(change).toList();
    ReadyHeader h = ready.header();
    return new Ready(
        new ReadyHeader(
                h.sender(),
                h.ctx(),
                h.selfSeed(),
                h.sealingKey(),
                Ready.digestOf(boxes),
                Signed.UNSIGNED)
            .signed(key),
        boxes);
  }

  /** Commits to another self seed than the one whose shares are in the boxes. */
  public static Ready selfSeed(Ready ready, Digest other, SigningKey key) {
    ReadyHeader h = ready.header();
    return new Ready(
        new ReadyHeader(h.sender(), h.ctx(), other, h.sealingKey(), h.boxes(), Signed.UNSIGNED)
            .signed(key),
        ready.boxes());
  }

  /** The first coordinate moved by {@code steps}. */
  public static Input moved(Input input, long steps, SigningKey key) {
    return vector(input, moved(input.vector(), steps), key);
  }

  public static MaskedVector moved(MaskedVector vector, long steps) {
    long[] words = Longs.of(vector.toLittleEndian());
    words[0] += steps;
    return new MaskedVector(words);
  }

  public static Input shortened(Input input, SigningKey key) {
    long[] words = Longs.of(input.vector().toLittleEndian());
    return vector(input, new MaskedVector(Arrays.copyOf(words, words.length - 1)), key);
  }

  private static Input vector(Input input, MaskedVector vector, SigningKey key) {
    return signed(input, vector, input.attachment(), key);
  }

  public static Input attachment(Input input, Bytes attachment, SigningKey key) {
    return signed(input, input.vector(), attachment, key);
  }

  private static Input signed(Input input, MaskedVector vector, Bytes attachment, SigningKey key) {
    InputHeader h = input.header();
    return new Input(
        new InputHeader(
                h.sender(),
                h.ctx(),
                h.cohort(),
                vector.digest(),
                Input.digestOf(attachment),
                Signed.UNSIGNED)
            .signed(key),
        vector,
        attachment);
  }

  public static Confirm survivors(Confirm confirm, Digest survivors, SigningKey key) {
    ConfirmHeader h = confirm.header();
    return new Confirm(
        new ConfirmHeader(
                h.sender(), h.ctx(), h.cohort(), survivors, h.sealedSeeds(), Signed.UNSIGNED)
            .signed(key),
        confirm.sealedSeeds());
  }

  public static Unmask shares(Unmask unmask, UnaryOperator<RevealedShares> change, SigningKey key) {
    return new Unmask(
            unmask.sender(),
            unmask.ctx(),
            unmask.survivors(),
            unmask.shares().stream().map(change).toList(),
            Signed.UNSIGNED)
        .signed(key);
  }
}
