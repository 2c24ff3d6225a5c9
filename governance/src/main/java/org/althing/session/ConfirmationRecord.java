package org.althing.session;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.secagg.ConfirmHeader;
import org.althing.study.StudyEvent;

/** The survivors' signed confirmations as the log keeps them. */
public final class ConfirmationRecord {
  private static final String LABEL = "confirmation-record/v1";

  private ConfirmationRecord() {}

  /** The canonical bytes of one confirmation, as {@link StudyEvent.Released} holds them. */
  public static byte[] write(ConfirmHeader header) {
    return new CanonicalWriter(LABEL)
        .putString(header.sender().value())
        .putDigest(header.ctx())
        .putDigest(header.cohort())
        .putDigest(header.survivors())
        .putDigest(header.sealedSeeds())
        .putBytes(header.signature().toArray())
        .toBytes();
  }

  static ConfirmHeader read(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      ConfirmHeader header =
          new ConfirmHeader(
              new NodeId(in.getString()),
              in.getDigest(),
              in.getDigest(),
              in.getDigest(),
              in.getDigest(),
              Bytes.of(in.getBytes()));
      in.end();
      return header;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }

  /**
   * Whether at least t survivors confirmed one survivor set, each once and under its own signature,
   * and the survivors are members and enough; otherwise the first fault.
   */
  public static Optional<String> faultIn(StudyEvent.Released release, Roster roster) {
    Set<NodeId> survivors = new HashSet<>(release.survivors());
    if (survivors.size() != release.survivors().size()
        || survivors.size() < roster.quorum().leastConfirmed()
        || !roster.ids().containsAll(survivors)) {
      return Optional.of("its survivors are not enough members of the roster");
    }
    Set<NodeId> confirmed = new HashSet<>();
    Set<List<?>> sets = new HashSet<>();
    try {
      for (Bytes bytes : release.confirmations()) {
        ConfirmHeader header = read(bytes.toArray());
        boolean signed =
            roster.keyOf(header.sender()).map(header::signedBy).orElse(false)
                && survivors.contains(header.sender());
        if (!signed || !confirmed.add(header.sender())) {
          return Optional.of("a confirmation is not a survivor's own");
        }
        sets.add(List.of(header.ctx(), header.cohort(), header.survivors()));
      }
    } catch (MalformedEncoding e) {
      return Optional.of("a confirmation is malformed");
    }
    if (sets.size() != 1 || confirmed.size() < roster.quorum().threshold()) {
      return Optional.of(
          "%d survivors confirmed %d sets, the quorum needs %d of one"
              .formatted(confirmed.size(), sets.size(), roster.quorum().threshold()));
    }
    return Optional.empty();
  }
}
