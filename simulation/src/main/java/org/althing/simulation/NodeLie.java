package org.althing.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.althing.audit.Cosignature;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.secagg.Confirm;
import org.althing.secagg.Input;
import org.althing.secagg.Ready;
import org.althing.secagg.Resigned;
import org.althing.secagg.RevealedShares;
import org.althing.secagg.RoundMessage;
import org.althing.secagg.ShareBox;
import org.althing.secagg.Unmask;
import org.althing.session.ToCoordinator;
import org.althing.study.Admission;
import org.althing.study.ChargeStatement;
import org.althing.study.Remembrance;
import org.althing.study.Signed;
import org.jspecify.annotations.Nullable;

/**
 * What a lying member does, with its own keys: what is said is well signed wherever a signature is
 * the liar's to give. Which of it is found out is written in the threat model.
 */
enum NodeLie {
  DEAD_BOXES("share boxes that nobody can open", Ending.WITHOUT) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Ready ready
          ? List.of(Resigned.boxes(ready, Liar::dead, liar.key()))
          : List.of(honest);
    }
  },
  OTHER_SEED("a commitment to another seed than the one shared", Ending.WITHOUT) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Ready ready
          ? List.of(Resigned.selfSeed(ready, NOWHERE, liar.key()))
          : List.of(honest);
    }
  },
  TWO_READY("two different READY messages", Ending.COMPLETED) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Ready ready
          ? List.of(ready, Resigned.boxes(ready, Liar::dead, liar.key()))
          : List.of(honest);
    }
  },
  TWO_INPUTS("two different masked vectors", Ending.COMPLETED) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Input input
          ? List.of(input, Resigned.moved(input, 1, liar.key()))
          : List.of(honest);
    }
  },
  OUT_OF_RANGE("a vector far outside what it may hold", Ending.COMPLETED) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Input input
          ? List.of(Resigned.moved(input, 1L << 50, liar.key()))
          : List.of(honest);
    }
  },
  UNSIGNED_VECTOR("another vector than the one signed", Ending.WITHOUT) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Input input
          ? List.of(
              new Input(input.header(), Resigned.moved(input.vector(), 1), input.attachment()))
          : List.of(honest);
    }
  },
  SHORT_VECTOR("a vector that is too short", Ending.WITHOUT) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Input input
          ? List.of(Resigned.shortened(input, liar.key()))
          : List.of(honest);
    }
  },
  FALSE_CHARGE("a statement of another charge", Ending.WITHOUT) {
    @Override
    ToCoordinator outsideRounds(Liar liar, ToCoordinator honest) {
      return honest instanceof ToCoordinator.Charged charged ? liar.cheap(charged) : honest;
    }
  },
  OTHER_CHARGE("a vector under another charge than the one shown", Ending.WITHOUT) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Input input
          ? List.of(
              Resigned.attachment(input, liar.withCheapCharge(input.attachment()), liar.key()))
          : List.of(honest);
    }
  },
  NO_CHARGE("silence instead of its charge", Ending.WITHOUT) {
    @Override
    List<ToCoordinator> instead(Liar liar, ToCoordinator honest) {
      return honest instanceof ToCoordinator.Charged ? List.of() : List.of(honest);
    }
  },
  FALSE_REMEMBRANCE("its word on other charges than those shown", Ending.WITHOUT) {
    @Override
    ToCoordinator outsideRounds(Liar liar, ToCoordinator honest) {
      return honest instanceof ToCoordinator.Remembered said ? liar.ofOthers(said) : honest;
    }
  },
  NO_REMEMBRANCE("silence on what the others were charged", Ending.WITHOUT) {
    @Override
    List<ToCoordinator> instead(Liar liar, ToCoordinator honest) {
      return honest instanceof ToCoordinator.Remembered ? List.of() : List.of(honest);
    }
  },
  NO_INPUT("silence instead of its input", Ending.WITHOUT) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Input ? List.of() : List.of(honest);
    }
  },
  OTHER_CONFIRMATION("a confirmation of a set nobody proposed", Ending.COMPLETED) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Confirm confirm
          ? List.of(Resigned.survivors(confirm, NOWHERE, liar.key()))
          : List.of(honest);
    }
  },
  TWO_CONFIRMATIONS("confirmations of two sets", Ending.COMPLETED) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Confirm confirm
          ? List.of(confirm, Resigned.survivors(confirm, NOWHERE, liar.key()))
          : List.of(honest);
    }
  },
  FALSE_SHARES("shares that are not the ones it was given", Ending.COMPLETED) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Unmask unmask
          ? List.of(Resigned.shares(unmask, Liar::zeros, liar.key()))
          : List.of(honest);
    }
  },
  NO_SHARES("silence instead of its shares", Ending.COMPLETED) {
    @Override
    List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
      return honest instanceof Unmask ? List.of() : List.of(honest);
    }
  },
  SMALL_RESERVATION("an admission that sets nothing aside", Ending.STOPPED) {
    @Override
    ToCoordinator outsideRounds(Liar liar, ToCoordinator honest) {
      return honest instanceof ToCoordinator.Admitted admitted
          ? liar.withoutReservation(admitted)
          : honest;
    }
  },
  BOASTFUL_GREETING("a greeting that claims to have witnessed more than there is", Ending.STOPPED) {
    @Override
    ToCoordinator outsideRounds(Liar liar, ToCoordinator honest) {
      return honest instanceof ToCoordinator.Hello hello
          ? new ToCoordinator.Hello(hello.protocol(), Long.MAX_VALUE, hello.open())
          : honest;
    }
  },
  FALSE_COSIGNATURE("a cosignature of another checkpoint", Ending.WITHOUT) {
    @Override
    ToCoordinator outsideRounds(Liar liar, ToCoordinator honest) {
      return honest instanceof ToCoordinator.Cosigned cosigned
          ? liar.cosigning("other text\n", cosigned)
          : honest;
    }
  },
  COMPLAINTS("a complaint with everything it says", Ending.COMPLETED) {
    @Override
    List<ToCoordinator> beside(ToCoordinator honest) {
      return honest instanceof ToCoordinator.Round round
          ? List.of(
              ToCoordinator.Complaint.of(
                  round.plan(), Optional.of(new NodeId("org-a")), "I do not like it"))
          : List.of();
    }
  };

  private static final Digest NOWHERE = Digest.of(new byte[] {9});

  private final String what;
  private final Ending ending;

  NodeLie(String what, Ending ending) {
    this.what = what;
    this.ending = ending;
  }

  List<? extends RoundMessage> tell(Liar liar, RoundMessage honest) {
    return List.of(honest);
  }

  ToCoordinator outsideRounds(Liar liar, ToCoordinator honest) {
    return honest;
  }

  /** What it says where the honest node says something outside the rounds. */
  List<ToCoordinator> instead(Liar liar, ToCoordinator honest) {
    return List.of(outsideRounds(liar, honest));
  }

  List<ToCoordinator> beside(ToCoordinator honest) {
    return List.of();
  }

  /** What is done, in words. */
  String what() {
    return what;
  }

  /** How the study of {@link LieTable} ends. */
  Ending ending() {
    return ending;
  }

  /** The lie as member number {@code node} tells it. */
  Deceit by(int node) {
    return new Liar(this, node);
  }

  /** A member that tells one lie; what it can make. */
  static final class Liar implements Deceit {
    private final NodeLie lie;
    private final int node;
    private @Nullable World world;

    private Liar(NodeLie lie, int node) {
      this.lie = lie;
      this.node = node;
    }

    @Override
    public void enter(World entered) {
      world = entered;
    }

    @Override
    public Set<Integer> lyingNodes() {
      return Set.of(node);
    }

    @Override
    public List<ToCoordinator> toCoordinator(NodeId from, ToCoordinator honest) {
      if (!id().equals(from)) {
        return List.of(honest);
      }
      List<ToCoordinator> said = new ArrayList<>();
      if (honest instanceof ToCoordinator.Round round) {
        for (RoundMessage message : lie.tell(this, round.message())) {
          said.add(
              new ToCoordinator.Round(round.plan(), round.release(), round.attempt(), message));
        }
      } else {
        said.addAll(lie.instead(this, honest));
      }
      said.addAll(lie.beside(honest));
      return said;
    }

    private World world() {
      World entered = world;
      if (entered == null) {
        throw new IllegalStateException("nobody can lie outside a world");
      }
      return entered;
    }

    private NodeId id() {
      return world().nodes().get(node).id();
    }

    private SigningKey key() {
      return world().key(node);
    }

    private static ShareBox dead(ShareBox box) {
      byte[] sealed = box.sealed().toArray();
      sealed[0] ^= 1;
      return new ShareBox(box.from(), box.to(), Bytes.of(sealed));
    }

    private static RevealedShares zeros(RevealedShares shares) {
      Bytes zero = Bytes.of(new byte[32]);
      return new RevealedShares(shares.of(), zero, shares.sealingKey().map(key -> zero));
    }

    private ToCoordinator cheap(ToCoordinator.Charged charged) {
      return new ToCoordinator.Charged(
          charged.plan(), charged.release(), charged.attempt(), withCheapCharge(charged.charge()));
    }

    private Bytes withCheapCharge(Bytes charge) {
      try {
        ChargeStatement honest =
            Signed.ofBytes(charge.toArray(), ChargeStatement::ofBytes).statement();
        ChargeReceipt r = honest.receipt();
        ChargeReceipt cheap =
            new ChargeReceipt(r.release(), r.ledger(), new Rho(1), new Rho(1), r.spent());
        return Bytes.of(Signed.by(key(), new ChargeStatement(honest.node(), cheap)).toBytes());
      } catch (MalformedEncoding e) {
        throw new IllegalStateException("an honest node states its charge", e);
      }
    }

    private ToCoordinator ofOthers(ToCoordinator.Remembered said) {
      ReleaseId id = new ReleaseId(said.plan(), said.release(), said.attempt());
      return new ToCoordinator.Remembered(
          said.plan(),
          said.release(),
          said.attempt(),
          Bytes.of(Signed.by(key(), new Remembrance(id(), id, NOWHERE)).toBytes()));
    }

    private ToCoordinator withoutReservation(ToCoordinator.Admitted admitted) {
      try {
        Admission honest =
            Signed.ofBytes(admitted.admission().toArray(), Admission::ofBytes).statement();
        Admission small =
            new Admission(honest.node(), honest.plan(), honest.roster(), honest.policy(), Rho.ZERO);
        return new ToCoordinator.Admitted(
            admitted.plan(), Bytes.of(Signed.by(key(), small).toBytes()));
      } catch (MalformedEncoding e) {
        throw new IllegalStateException("an honest admission can be read", e);
      }
    }

    private ToCoordinator cosigning(String text, ToCoordinator.Cosigned cosigned) {
      return new ToCoordinator.Cosigned(
          cosigned.plan(),
          cosigned.size(),
          Cosignature.sign(text, id().value(), key(), 1).line().toText());
    }
  }
}
