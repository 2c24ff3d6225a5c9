package org.althing.secagg;

import java.util.Comparator;
import java.util.List;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;

/**
 * B4 UNMASK: shares of the survivors' secrets, and never of anybody else's.
 *
 * @param survivors digest of the survivor set this node confirmed
 * @param shares one entry per survivor, in order of their ids
 */
public record Unmask(
    NodeId sender, Digest ctx, Digest survivors, List<RevealedShares> shares, Bytes signature)
    implements Signed, RoundMessage {
  public Unmask {
    Signed.checkCount("revealed shares", shares);
    shares = shares.stream().sorted(Comparator.comparing(RevealedShares::of)).toList();
    Signed.checkSignature(signature);
  }

  @Override
  public byte[] signedBytes() {
    return Signed.writer("unmask/v1", sender, ctx)
        .putDigest(survivors)
        .putList(
            shares,
            (w, s) -> {
              w.putString(s.of().value()).putBytes(s.selfSeed().toArray());
              w.putBytes(s.sealingKey().orElse(Bytes.EMPTY).toArray());
            })
        .toBytes();
  }

  Unmask signed(SigningKey key) {
    return new Unmask(sender, ctx, survivors, shares, Bytes.of(key.sign(signedBytes())));
  }

  @Override
  public CoordinatorRound.Step deliverTo(CoordinatorRound round) {
    return round.on(this);
  }
}
