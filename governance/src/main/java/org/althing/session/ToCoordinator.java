package org.althing.session;

import java.util.List;
import java.util.Optional;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.secagg.RoundMessage;
import org.althing.secagg.SetupMessage;

/**
 * What a node says to the coordinator; besides {@link Round}'s masked vector nothing in it depends
 * on data.
 */
public sealed interface ToCoordinator {
  int PROTOCOL = 5;

  /** A message about one study. */
  sealed interface OfStudy extends ToCoordinator {
    /** The study it is about. */
    Digest plan();
  }

  /** A message about one attempt at a release. */
  sealed interface OfAttempt extends OfStudy {
    int release();

    int attempt();
  }

  /**
   * The first message of a session.
   *
   * @param witnessed size of the largest checkpoint the node has cosigned
   * @param open studies for which the node still holds a reservation or asks its people
   */
  record Hello(int protocol, long witnessed, List<Digest> open) implements ToCoordinator {
    public static final int MOST_OPEN = 1000;

    public Hello {
      open = List.copyOf(open);
    }
  }

  /**
   * What do the other members remember of this node's ledger? To be passed on to all of them, those
   * included that come later.
   *
   * @param nonce drawn for this session
   */
  record Inquire(Digest nonce) implements ToCoordinator {}

  /**
   * The answer to {@link ToNode.Inquired}.
   *
   * @param recollection a signed {@link org.althing.study.Recollection}
   */
  record Recalled(NodeId to, Bytes recollection) implements ToCoordinator {}

  /**
   * Something the node tells the whole federation of itself, for the log.
   *
   * @param declaration a signed {@link org.althing.study.Declaration}
   */
  record Declare(Bytes declaration) implements ToCoordinator {}

  /** A signed {@link org.althing.study.Admission}. */
  record Admitted(Digest plan, Bytes admission) implements OfStudy {}

  /** A signed {@link org.althing.study.Refusal}. */
  record Refused(Digest plan, Bytes refusal) implements OfStudy {}

  record Setup(Digest plan, int epoch, SetupMessage message) implements OfStudy {}

  /**
   * An attempt at a release stands in the node's ledger; no noise is drawn for it yet.
   *
   * @param charge a signed {@link org.althing.study.ChargeStatement}
   */
  record Charged(Digest plan, int release, int attempt, Bytes charge) implements OfAttempt {}

  /**
   * The node has written down the charges that it was shown.
   *
   * @param remembrance a signed {@link org.althing.study.Remembrance}
   */
  record Remembered(Digest plan, int release, int attempt, Bytes remembrance)
      implements OfAttempt {}

  record Round(Digest plan, int release, int attempt, RoundMessage message) implements OfAttempt {}

  /**
   * @param line the signature line to add to the checkpoint of {@code size} entries
   */
  record Cosigned(Digest plan, long size, String line) implements OfStudy {}

  /**
   * The node will not go on with what it was sent.
   *
   * @param about the member whose message was at fault, where that is known
   * @param text what and why, without anything that depends on data
   */
  record Complaint(Digest plan, Optional<NodeId> about, String text) implements OfStudy {
    public static final int MOST_CHARACTERS = 1000;

    public Complaint {
      if (text.length() > MOST_CHARACTERS) {
        throw new IllegalArgumentException("a complaint has at most 1000 characters");
      }
    }

    /** A complaint in as much of {@code text} as one may hold. */
    public static Complaint of(Digest plan, Optional<NodeId> about, String text) {
      return new Complaint(
          plan, about, text.substring(0, Math.min(text.length(), MOST_CHARACTERS)));
    }
  }
}
