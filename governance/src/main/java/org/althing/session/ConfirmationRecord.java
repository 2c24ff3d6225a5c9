package org.althing.session;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.secagg.ConfirmHeader;
import org.althing.secagg.EpochTerms;
import org.althing.secagg.RoundTerms;
import org.althing.study.LogEntry;
import org.althing.study.Plan;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;

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

  /**
   * The same, and that what was confirmed is this very attempt: the context that was signed is the
   * one that the log's own entries (checkpoint, key set-up, round, releases before) determine, so
   * no confirmation of another attempt or study passes.
   */
  public static Optional<String> faultIn(
      StudyEvent.Released release, Plan plan, StudyRecord record) {
    Optional<String> fault = faultIn(release, plan.roster());
    if (fault.isPresent()) {
      return fault;
    }
    if (!membersOf(record, release).containsAll(release.survivors())) {
      return Optional.of("its survivors are not all members of the round");
    }
    if (historyOf(record, release.release(), release.attempt())
        .filter(history -> Witness.quorumCosigned(history, plan.roster()))
        .isEmpty()) {
      return Optional.of("its round was opened under no checkpoint that a quorum cosigned");
    }
    Optional<Digest> expected = contextOf(plan, record, release.release(), release.attempt());
    try {
      Digest signed = read(release.confirmations().get(0).toArray()).ctx();
      return expected.equals(Optional.of(signed))
          ? Optional.empty()
          : Optional.of("its confirmations are of another attempt than the log tells");
    } catch (MalformedEncoding e) {
      return Optional.of("a confirmation is malformed");
    }
  }

  /**
   * What every message of an attempt was bound to, from the log alone; nothing where the log knows
   * no such attempt.
   */
  public static Optional<Digest> contextOf(
      Plan plan, StudyRecord record, int release, int attempt) {
    List<StudyEvent.Released> before =
        record.releases().stream().filter(r -> r.release() < release).toList();
    return historyOf(record, release, attempt)
        .flatMap(
            history ->
                epochOf(record, release, attempt)
                    .map(
                        opened ->
                            new RoundTerms(
                                    new EpochTerms(plan.digest(), opened.epoch(), plan.roster()),
                                    opened.transcript(),
                                    release,
                                    attempt,
                                    PublicState.of(history, before),
                                    plan.releases().get(release).noise().shape().length())
                                .ctx()));
  }

  /** The cosigned checkpoint that the attempt was opened under: the last one before it. */
  private static Optional<SignedNote> historyOf(StudyRecord record, int release, int attempt) {
    Optional<SignedNote> newest = Optional.empty();
    for (LogEntry entry : record.entries()) {
      if (entry.event() instanceof StudyEvent.Witnessed witnessed) {
        newest = noteOf(witnessed);
      } else if (entry.event() instanceof StudyEvent.RoundOpened opened
          && opened.release() == release
          && opened.attempt() == attempt) {
        return newest;
      }
    }
    return Optional.empty();
  }

  private static Optional<SignedNote> noteOf(StudyEvent.Witnessed witnessed) {
    try {
      return Optional.of(SignedNote.parse(witnessed.note().getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedEncoding e) {
      return Optional.empty();
    }
  }

  /** The nodes that agreed on the keys of the attempt; none where the log knows no such attempt. */
  private static List<NodeId> membersOf(StudyRecord record, StudyEvent.Released release) {
    return epochOf(record, release.release(), release.attempt())
        .map(StudyEvent.EpochOpened::members)
        .orElse(List.of());
  }

  private static Optional<StudyEvent.EpochOpened> epochOf(
      StudyRecord record, int release, int attempt) {
    Optional<Integer> epoch =
        record.events(StudyEvent.RoundOpened.class).stream()
            .filter(r -> r.release() == release && r.attempt() == attempt)
            .map(StudyEvent.RoundOpened::epoch)
            .findFirst();
    return epoch.flatMap(
        number ->
            record.events(StudyEvent.EpochOpened.class).stream()
                .filter(e -> e.epoch() == number)
                .findFirst());
  }
}
