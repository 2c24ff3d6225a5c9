package org.althing.study;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;

/**
 * What happened in a study, one fact per entry of the log. Reports, recovery and verification are
 * folds of these and of nothing else; numbers too long for an entry are named by their digest.
 */
public sealed interface StudyEvent {
  /** The canonical bytes, read back by {@link #ofBytes}. */
  byte[] toBytes();

  /** A lead put a question to the federation: the documents as submitted, byte for byte. */
  record StudySubmitted(String lead, Bytes study, Bytes contract, Bytes roster, Digest plan)
      implements StudyEvent {
    static final String LABEL = "study-submitted/v1";

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL)
          .putString(lead)
          .putBytes(study.toArray())
          .putBytes(contract.toArray())
          .putBytes(roster.toArray())
          .putDigest(plan)
          .toBytes();
    }
  }

  /** A node signed its admission ({@link Admission}); all n together are the roster's signature. */
  record NodeAdmitted(Bytes admission) implements StudyEvent {
    static final String LABEL = "node-admitted/v1";

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL).putBytes(admission.toArray()).toBytes();
    }
  }

  /** A node refused, and signed it; the reasons are those its owner lets out. */
  record NodeRefused(Signed<Refusal> refusal) implements StudyEvent {
    static final String LABEL = "node-refused/v2";

    public NodeId node() {
      return refusal.statement().node();
    }

    public List<String> reasons() {
      return refusal.statement().reasons().stream().map(Refusal.Reason::toString).toList();
    }

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL).putBytes(refusal.toBytes()).toBytes();
    }
  }

  /**
   * The nodes in {@code members} agreed on pair keys; {@code transcript} is what they all signed.
   */
  record EpochOpened(int epoch, Digest transcript, List<NodeId> members) implements StudyEvent {
    static final String LABEL = "epoch-opened/v1";

    public EpochOpened {
      members = List.copyOf(members);
    }

    @Override
    public byte[] toBytes() {
      CanonicalWriter out = new CanonicalWriter(LABEL).putInt(epoch).putDigest(transcript);
      return writeNodes(out, members).toBytes();
    }
  }

  /** An attempt at a release began; written before any node hears of it. */
  record RoundOpened(int release, int attempt, int epoch) implements StudyEvent {
    static final String LABEL = "round-opened/v1";

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL).putInt(release).putInt(attempt).putInt(epoch).toBytes();
    }
  }

  /** A node's signed word that it paid ({@link ChargeStatement}), taken from its masked input. */
  record Charged(Bytes statement) implements StudyEvent {
    static final String LABEL = "charged/v1";

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL).putBytes(statement.toArray()).toBytes();
    }
  }

  /**
   * The noisy total of a round became public.
   *
   * @param total digest of the total ({@link StudyRecord#digestOfTotal})
   * @param transcript digest of the round's messages
   * @param confirmations the survivors' signed confirmations of {@code survivors}, canonical bytes
   */
  record Released(
      int release,
      int attempt,
      List<NodeId> survivors,
      Digest total,
      Digest transcript,
      List<Bytes> confirmations)
      implements StudyEvent {
    static final String LABEL = "released/v1";

    public Released {
      survivors = List.copyOf(survivors);
      confirmations = List.copyOf(confirmations);
    }

    @Override
    public byte[] toBytes() {
      CanonicalWriter out = new CanonicalWriter(LABEL).putInt(release).putInt(attempt);
      return writeNodes(out, survivors)
          .putDigest(total)
          .putDigest(transcript)
          .putList(confirmations, (w, each) -> w.putBytes(each.toArray()))
          .toBytes();
    }
  }

  /** An attempt ended without a release; what had been charged stays charged. */
  record RoundAborted(int release, int attempt, String reason) implements StudyEvent {
    static final String LABEL = "round-aborted/v1";

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL).putInt(release).putInt(attempt).putString(reason).toBytes();
    }
  }

  /** Nodes checked a checkpoint and cosigned it: the note with its signature lines. */
  record Witnessed(String note) implements StudyEvent {
    static final String LABEL = "witnessed/v1";

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL).putString(note).toBytes();
    }
  }

  /** Every release of the plan is out. */
  record StudyCompleted() implements StudyEvent {
    static final String LABEL = "study-completed/v1";

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL).toBytes();
    }
  }

  /** The study ended before its last release. */
  record StudyStopped(String reason) implements StudyEvent {
    static final String LABEL = "study-stopped/v1";

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL).putString(reason).toBytes();
    }
  }

  /**
   * A node told the federation something of itself, whatever the study ({@link Declaration}); never
   * an event of a study.
   */
  record NodeDeclared(Bytes declaration) implements StudyEvent {
    static final String LABEL = "node-declared/v1";

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL).putBytes(declaration.toArray()).toBytes();
    }
  }

  /** The files derived from the log, by name. */
  record ReportIssued(SortedMap<String, Digest> files) implements StudyEvent {
    static final String LABEL = "report-issued/v1";

    public ReportIssued {
      files = new TreeMap<>(files);
    }

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL)
          .putList(
              List.copyOf(files.entrySet()),
              (w, file) -> w.putString(file.getKey()).putDigest(file.getValue()))
          .toBytes();
    }
  }

  /** Reads one event; the result's bytes are again {@code bytes}. */
  static StudyEvent ofBytes(byte[] bytes) throws MalformedEncoding {
    String label = CanonicalReader.labelOf(bytes);
    CanonicalReader in = new CanonicalReader(bytes, label);
    StudyEvent event = read(label, in);
    in.end();
    return event;
  }

  private static StudyEvent read(String label, CanonicalReader in) throws MalformedEncoding {
    return switch (label) {
      case StudySubmitted.LABEL ->
          new StudySubmitted(in.getString(), bytes(in), bytes(in), bytes(in), in.getDigest());
      case NodeAdmitted.LABEL -> new NodeAdmitted(bytes(in));
      case NodeRefused.LABEL -> new NodeRefused(Signed.ofBytes(in.getBytes(), Refusal::ofBytes));
      case EpochOpened.LABEL ->
          new EpochOpened(in.getInt(), in.getDigest(), in.getList(StudyEvent::node));
      case RoundOpened.LABEL -> new RoundOpened(in.getInt(), in.getInt(), in.getInt());
      case Charged.LABEL -> new Charged(bytes(in));
      case Released.LABEL ->
          new Released(
              in.getInt(),
              in.getInt(),
              in.getList(StudyEvent::node),
              in.getDigest(),
              in.getDigest(),
              in.getList(StudyEvent::bytes));
      case RoundAborted.LABEL -> new RoundAborted(in.getInt(), in.getInt(), in.getString());
      case Witnessed.LABEL -> new Witnessed(in.getString());
      case StudyCompleted.LABEL -> new StudyCompleted();
      case StudyStopped.LABEL -> new StudyStopped(in.getString());
      case NodeDeclared.LABEL -> new NodeDeclared(bytes(in));
      case ReportIssued.LABEL -> readReportIssued(in);
      default -> throw in.malformed("no event of a study has such a label");
    };
  }

  private static Bytes bytes(CanonicalReader in) throws MalformedEncoding {
    return Bytes.of(in.getBytes());
  }

  private static ReportIssued readReportIssued(CanonicalReader in) throws MalformedEncoding {
    SortedMap<String, Digest> files = new TreeMap<>();
    String previous = "";
    for (var file : in.getList(r -> java.util.Map.entry(r.getString(), r.getDigest()))) {
      if (file.getKey().compareTo(previous) <= 0) {
        throw in.malformed("file names ascend strictly");
      }
      previous = file.getKey();
      files.put(file.getKey(), file.getValue());
    }
    return new ReportIssued(files);
  }

  private static NodeId node(CanonicalReader in) throws MalformedEncoding {
    try {
      return new NodeId(in.getString());
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }

  private static CanonicalWriter writeNodes(CanonicalWriter out, List<NodeId> nodes) {
    return out.putList(nodes, (w, node) -> w.putString(node.value()));
  }
}
