package org.althing.secagg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.privacy.NoisedSum;
import org.althing.privacy.NoisedSums;

/** A roster with its keys, a key set-up carried out on it, and inputs; everything from one seed. */
public final class Federation {
  public final Roster roster;
  public final EpochTerms epoch;
  public final Map<NodeId, SigningKey> keys = new LinkedHashMap<>();
  private final Random random;

  private Federation(Quorum quorum, long seed) {
    random = new Random(seed);
    List<Roster.Member> members = new ArrayList<>();
    for (int i = 0; i < quorum.nodes(); i++) {
      SigningKey key = SigningKey.ofSeed(bytes(32));
      NodeId id = new NodeId("node-%03d".formatted(i + 1));
      keys.put(id, key);
      members.add(new Roster.Member(id, key.verifyingKey()));
    }
    roster = new Roster(members, quorum);
    epoch = new EpochTerms(Digest.of(new byte[] {1}), 1, roster);
  }

  public static Federation of(int nodes, long seed) {
    return new Federation(Quorum.defaultFor(nodes), seed);
  }

  public static Federation of(Quorum quorum, long seed) {
    return new Federation(quorum, seed);
  }

  public byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  public List<NodeId> ids() {
    return roster.ids();
  }

  public NodeId id(int index) {
    return roster.ids().get(index);
  }

  public SigningKey key(NodeId id) {
    return keys.get(id);
  }

  public long[] vector(int length) {
    return IntStream.range(0, length).mapToLong(i -> random.nextLong()).toArray();
  }

  /** Everybody's pair secrets, from a set-up in which everybody answers. */
  public Map<NodeId, PairSecrets> keyed() {
    return keyed(new ArrayList<>(), new ArrayList<>());
  }

  Map<NodeId, PairSecrets> keyed(List<SetupMessage> said, List<SetupAnnouncement> announced) {
    SetupPlay play = new SetupPlay(this, epoch).run();
    said.addAll(play.delivered);
    play.announced.forEach(outgoing -> announced.add(outgoing.announcement()));
    return play.keyed();
  }

  public RoundTerms terms(Digest keySet, int release, int attempt, int length) {
    return new RoundTerms(
        epoch, keySet, release, attempt, Digest.of(new byte[] {2, (byte) release}), length);
  }

  public static NoisedSum paid(RoundTerms terms, long[] steps) {
    return NoisedSums.of(terms.releaseId(), steps);
  }

  public static long[] sum(List<long[]> vectors) {
    long[] sum = new long[vectors.get(0).length];
    vectors.forEach(v -> Arrays.setAll(sum, i -> sum[i] + v[i]));
    return sum;
  }
}
