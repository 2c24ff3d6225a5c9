package org.althing.node;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.node.outbox.SentMessage;
import org.althing.privacy.ChargeReceipt;
import org.althing.secagg.Advertise;
import org.althing.secagg.Bind;
import org.althing.secagg.Confirm;
import org.althing.secagg.Input;
import org.althing.secagg.Ready;
import org.althing.secagg.RevealedShares;
import org.althing.secagg.RoundMessage;
import org.althing.secagg.SetupMessage;
import org.althing.secagg.Unmask;
import org.althing.session.ToCoordinator;
import org.althing.study.Admission;
import org.althing.study.ChargeStatement;
import org.althing.study.Declaration;
import org.althing.study.Recollection;
import org.althing.study.Refusal;
import org.althing.study.Signed;
import org.althing.wire.MalformedMessage;
import org.althing.wire.SessionCodec;

/** A sent message in words, for the owner of the node that sent it. */
final class OutboxText {
  private static final String LONG = "masked vector, kept by its digest alone";

  private OutboxText() {}

  /** The message itself; none where it is kept by its digest, or is none of this version. */
  private static Optional<ToCoordinator> decode(SentMessage sent) {
    if (sent.content().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SessionCodec.readToCoordinator(sent.content().get().toArray()));
    } catch (MalformedMessage e) {
      return Optional.empty();
    }
  }

  /** The study that the message is about, if it is about one and its content is kept. */
  static Optional<Digest> plan(SentMessage sent) {
    return plan(decode(sent));
  }

  private static Optional<Digest> plan(Optional<ToCoordinator> read) {
    return read.filter(ToCoordinator.OfStudy.class::isInstance)
        .map(message -> ((ToCoordinator.OfStudy) message).plan());
  }

  /** One line without its end: number, time, study, kind, length, and where the log has it. */
  static String line(SentMessage sent, Receipts receipts) {
    return line(sent, decode(sent), receipts);
  }

  private static String line(SentMessage sent, Optional<ToCoordinator> read, Receipts receipts) {
    return "%6d  %-27s  %-8s  %-40s %,12d bytes  %s"
        .formatted(
            sent.number(),
            sent.at(),
            plan(read).map(Digest::brief).orElse("-"),
            read.map(OutboxText::kind).orElse(unread(sent)),
            sent.length(),
            receipts.of(sent, read));
  }

  /** Whether it should be in the log, and nothing shows that it is. */
  static boolean isUnreceipted(SentMessage sent, Receipts receipts) {
    return receipts.of(sent, decode(sent)).equals(Receipts.NONE);
  }

  private static String unread(SentMessage sent) {
    return sent.content().isEmpty() ? LONG : "not readable by this version";
  }

  private static String kind(ToCoordinator message) {
    if (message instanceof ToCoordinator.OfAttempt said) {
      return "%s, release %d, attempt %d"
          .formatted(
              said instanceof ToCoordinator.Round round
                  ? round.message().getClass().getSimpleName().toUpperCase(Locale.ROOT)
                  : said.getClass().getSimpleName(),
              said.release() + 1,
              said.attempt());
    }
    if (message instanceof ToCoordinator.Setup setup) {
      return "%s, epoch %d"
          .formatted(
              setup.message().getClass().getSimpleName().toUpperCase(Locale.ROOT), setup.epoch());
    }
    return message.getClass().getSimpleName();
  }

  /** Everything that is in the message, a line each. */
  static String whole(SentMessage sent, Receipts receipts) {
    Optional<ToCoordinator> read = decode(sent);
    List<String> lines = new ArrayList<>();
    lines.add(line(sent, read, receipts));
    lines.add("SHA-256 " + sent.digest().hex());
    read.ifPresentOrElse(message -> lines.addAll(parts(message)), () -> lines.add(unread(sent)));
    sent.statement().ifPresent(statement -> lines.addAll(charge(statement)));
    sent.content().ifPresent(bytes -> lines.add("the bytes: " + hex(bytes)));
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private static List<String> parts(ToCoordinator message) {
    if (message instanceof ToCoordinator.Hello hello) {
      return List.of(
          "a greeting: protocol %d, has witnessed %d entries of the log"
              .formatted(hello.protocol(), hello.witnessed()),
          "studies that are open here: " + briefs(hello.open()));
    }
    if (message instanceof ToCoordinator.Inquire inquire) {
      return List.of(
          "asks the others what they remember of this node's ledger, nonce "
              + inquire.nonce().brief());
    }
    if (message instanceof ToCoordinator.Recalled recalled) {
      return recollection(recalled);
    }
    if (message instanceof ToCoordinator.Declare declare) {
      return declaration(declare);
    }
    if (message instanceof ToCoordinator.Admitted admitted) {
      return admission(admitted);
    }
    if (message instanceof ToCoordinator.Refused refused) {
      return refusal(refused);
    }
    if (message instanceof ToCoordinator.Cosigned cosigned) {
      return List.of(
          "cosigns the log of %d entries".formatted(cosigned.size()), cosigned.line().strip());
    }
    if (message instanceof ToCoordinator.Complaint complaint) {
      return List.of(
          "complains"
              + complaint.about().map(node -> " about " + node).orElse("")
              + ": "
              + complaint.text());
    }
    if (message instanceof ToCoordinator.Setup setup) {
      return setup(setup.message());
    }
    if (message instanceof ToCoordinator.Charged charged) {
      return charge(charged.charge());
    }
    if (message instanceof ToCoordinator.Remembered) {
      return List.of("has written down what every member of the cohort was charged, signed");
    }
    return round(((ToCoordinator.Round) message).message());
  }

  private static List<String> setup(SetupMessage message) {
    if (message instanceof Advertise) {
      return List.of("two fresh public keys (X25519, ML-KEM-768), signed");
    }
    Bind bind = (Bind) message;
    return List.of(
        "the digest of the keys that were shown: " + bind.header().keys().brief(),
        "%d ciphertexts of ML-KEM-768, each for one member".formatted(bind.ciphertexts().size()));
  }

  private static List<String> round(RoundMessage message) {
    if (message instanceof Ready ready) {
      return List.of(
          "%d sealed boxes with shares of this attempt's self mask and sealing key"
              .formatted(ready.boxes().size()));
    }
    if (message instanceof Input input) {
      List<String> lines = new ArrayList<>();
      lines.add(
          "a masked vector of %,d numbers: random to whoever lacks the masks"
              .formatted(input.vector().length()));
      lines.addAll(charge(input.attachment()));
      return lines;
    }
    if (message instanceof Confirm confirm) {
      return List.of(
          "confirms the survivor set " + confirm.header().survivors().brief(),
          confirm.sealedSeeds().length() == 0
              ? "nobody was lost"
              : "sealed masks toward those who were lost");
    }
    Unmask unmask = (Unmask) message;
    return List.of(
        "shares of the self masks of "
            + unmask.shares().stream()
                .map(RevealedShares::of)
                .map(Object::toString)
                .collect(Collectors.joining(", ")));
  }

  private static List<String> charge(Bytes statement) {
    try {
      ChargeReceipt receipt =
          Signed.ofBytes(statement.toArray(), ChargeStatement::ofBytes).statement().receipt();
      return List.of(
          "charged rho %s, spent rho %s in all, ledger entry %d"
              .formatted(receipt.marginal(), receipt.spent(), receipt.sequence()));
    } catch (MalformedEncoding e) {
      return List.of("a charge that this version cannot read");
    }
  }

  private static List<String> recollection(ToCoordinator.Recalled recalled) {
    try {
      Recollection said =
          Signed.ofBytes(recalled.recollection().toArray(), Recollection::ofBytes).statement();
      return List.of(
          "tells %s what this node remembers of its ledger: %s"
              .formatted(
                  said.about(),
                  said.newest()
                      .map(c -> "entry " + c.statement().receipt().sequence())
                      .orElse("nothing")));
    } catch (MalformedEncoding e) {
      return List.of("a recollection that this version cannot read");
    }
  }

  private static List<String> declaration(ToCoordinator.Declare declare) {
    try {
      return List.of(
          DeclarationText.line(
              Signed.ofBytes(declare.declaration().toArray(), Declaration::ofBytes).statement()));
    } catch (MalformedEncoding e) {
      return List.of("a declaration that this version cannot read");
    }
  }

  private static List<String> admission(ToCoordinator.Admitted admitted) {
    try {
      Admission said =
          Signed.ofBytes(admitted.admission().toArray(), Admission::ofBytes).statement();
      return List.of(
          "admits the plan under policy %s; rho %s set aside"
              .formatted(said.policy().brief(), said.reserved()));
    } catch (MalformedEncoding e) {
      return List.of("an admission that this version cannot read");
    }
  }

  private static List<String> refusal(ToCoordinator.Refused refused) {
    try {
      return Signed.ofBytes(refused.refusal().toArray(), Refusal::ofBytes)
          .statement()
          .reasons()
          .stream()
          .map(reason -> "refuses the plan: " + reason)
          .toList();
    } catch (MalformedEncoding e) {
      return List.of("a refusal that this version cannot read");
    }
  }

  private static String briefs(List<Digest> plans) {
    return plans.isEmpty()
        ? "none"
        : plans.stream().map(Digest::brief).collect(Collectors.joining(", "));
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }
}
