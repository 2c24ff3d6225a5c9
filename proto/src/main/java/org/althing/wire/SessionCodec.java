package org.althing.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.InclusionProof;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.secagg.Input;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;

/**
 * A session's messages to and from bytes, totally: any bytes give a message or {@link
 * MalformedMessage}, and nothing is read that the sender did not have to mean (fields unknown or
 * given twice are refused, so no side channel rides along).
 */
public final class SessionCodec {
  private static final int MOST_TEXT = 100_000;

  private SessionCodec() {}

  public static byte[] write(ToNode message) {
    var out = org.althing.wire.v1.ToNode.newBuilder();
    if (message instanceof ToNode.OfStudy about) {
      out.setPlan(ByteString.copyFrom(about.plan().bytes()));
    }
    if (message instanceof ToNode.Welcome welcome) {
      out.setWelcome(
          org.althing.wire.v1.Welcome.newBuilder()
              .setCheckpoint(text(welcome.checkpoint()))
              .setConsistency(welcome.consistency().toText()));
    } else if (message instanceof ToNode.Inquired inquired) {
      out.setInquired(
          org.althing.wire.v1.Inquired.newBuilder()
              .setBy(inquired.by().value())
              .setNonce(ByteString.copyFrom(inquired.nonce().bytes())));
    } else if (message instanceof ToNode.Recalled recalled) {
      out.setRecalled(
          org.althing.wire.v1.Recalled.newBuilder().setRecollection(wire(recalled.recollection())));
    } else if (message instanceof ToNode.Declared declared) {
      out.setDeclared(
          org.althing.wire.v1.Declared.newBuilder()
              .setCheckpoint(text(declared.checkpoint()))
              .setConsistency(declared.consistency().toText())
              .setLogged(wire(declared.logged())));
    } else if (message instanceof ToNode.Offer offer) {
      out.setOffer(
          org.althing.wire.v1.Offer.newBuilder()
              .setStudy(wire(offer.study()))
              .setContract(wire(offer.contract()))
              .setRoster(wire(offer.roster())));
    } else if (message instanceof ToNode.RosterSealed sealed) {
      out.setRosterSealed(
          org.althing.wire.v1.RosterSealed.newBuilder()
              .addAllAdmissions(sealed.admissions().stream().map(SessionCodec::wire).toList()));
    } else if (message instanceof ToNode.LogShown shown) {
      out.setLogShown(
          org.althing.wire.v1.LogShown.newBuilder()
              .setCheckpoint(text(shown.checkpoint()))
              .setConsistency(shown.consistency().toText())
              .setSubmission(wire(shown.submission())));
    } else if (message instanceof ToNode.SetupOpened opened) {
      out.setSetupOpened(org.althing.wire.v1.SetupOpened.newBuilder().setEpoch(opened.epoch()));
    } else if (message instanceof ToNode.Setup setup) {
      out.setSetup(
          org.althing.wire.v1.SetupAnnounced.newBuilder()
              .setEpoch(setup.epoch())
              .setAnnouncement(ByteString.copyFrom(SecaggCodec.encode(setup.announcement()))));
    } else if (message instanceof ToNode.RoundOpened opened) {
      out.setRoundOpened(
          org.althing.wire.v1.RoundOpened.newBuilder()
              .setEpoch(opened.epoch())
              .setRelease(opened.release())
              .setAttempt(opened.attempt())
              .setHistory(text(opened.history())));
    } else if (message instanceof ToNode.ChargesShown shown) {
      out.setChargesShown(
          org.althing.wire.v1.ChargesShown.newBuilder()
              .setRelease(shown.release())
              .setAttempt(shown.attempt())
              .addAllCharges(shown.charges().stream().map(SessionCodec::wire).toList()));
    } else if (message instanceof ToNode.ChargesRemembered said) {
      out.setChargesRemembered(
          org.althing.wire.v1.ChargesRemembered.newBuilder()
              .setRelease(said.release())
              .setAttempt(said.attempt())
              .setCheckpoint(text(said.checkpoint()))
              .setConsistency(said.consistency().toText())
              .setCharge(wire(said.charge()))
              .addAllRemembrances(said.remembrances().stream().map(SessionCodec::wire).toList()));
    } else if (message instanceof ToNode.Round round) {
      out.setRound(
          org.althing.wire.v1.RoundAnnounced.newBuilder()
              .setRelease(round.release())
              .setAttempt(round.attempt())
              .setAnnouncement(ByteString.copyFrom(SecaggCodec.encode(round.announcement()))));
    } else if (message instanceof ToNode.RoundAborted aborted) {
      out.setRoundAborted(
          org.althing.wire.v1.RoundAborted.newBuilder()
              .setRelease(aborted.release())
              .setAttempt(aborted.attempt())
              .setReason(aborted.reason()));
    } else if (message instanceof ToNode.Published published) {
      out.setPublished(
          org.althing.wire.v1.Published.newBuilder()
              .setEntry(wire(published.entry()))
              .setTotal(wire(published.total()))
              .setCheckpoint(text(published.checkpoint()))
              .setInclusion(published.inclusion().toText())
              .setConsistency(published.consistency().toText()));
    } else if (message instanceof ToNode.Ended ended) {
      out.setEnded(
          org.althing.wire.v1.Ended.newBuilder()
              .setOutcome(ended.outcome())
              .setCheckpoint(text(ended.checkpoint()))
              .setConsistency(ended.consistency().toText())
              .addAllOwn(ended.own().stream().map(SessionCodec::wire).toList()));
    }
    return out.build().toByteArray();
  }

  public static ToNode readToNode(byte[] bytes) throws MalformedMessage {
    WireStrictness.require(org.althing.wire.v1.ToNode.getDescriptor(), bytes);
    try {
      var in = org.althing.wire.v1.ToNode.parseFrom(bytes);
      if (in.hasWelcome() || in.hasInquired() || in.hasRecalled() || in.hasDeclared()) {
        return aboutNoStudy(in);
      }
      Digest plan = digest(in.getPlan());
      return switch (in.getBodyCase()) {
        case OFFER ->
            new ToNode.Offer(
                plan,
                domain(in.getOffer().getStudy()),
                domain(in.getOffer().getContract()),
                domain(in.getOffer().getRoster()));
        case ROSTER_SEALED -> {
          bound("admissions", in.getRosterSealed().getAdmissionsCount(), Quorum.MOST_NODES);
          yield new ToNode.RosterSealed(
              plan,
              in.getRosterSealed().getAdmissionsList().stream().map(SessionCodec::domain).toList());
        }
        case LOG_SHOWN ->
            new ToNode.LogShown(
                plan,
                note(in.getLogShown().getCheckpoint()),
                ConsistencyProof.parse(in.getLogShown().getConsistency()),
                logged(in.getLogShown().getSubmission()));
        case SETUP_OPENED -> new ToNode.SetupOpened(plan, in.getSetupOpened().getEpoch());
        case SETUP ->
            new ToNode.Setup(
                plan,
                in.getSetup().getEpoch(),
                SecaggCodec.decodeSetupAnnouncement(in.getSetup().getAnnouncement().toByteArray()));
        case ROUND_OPENED ->
            new ToNode.RoundOpened(
                plan,
                in.getRoundOpened().getEpoch(),
                in.getRoundOpened().getRelease(),
                in.getRoundOpened().getAttempt(),
                note(in.getRoundOpened().getHistory()));
        case ROUND ->
            new ToNode.Round(
                plan,
                in.getRound().getRelease(),
                in.getRound().getAttempt(),
                SecaggCodec.decodeRoundAnnouncement(in.getRound().getAnnouncement().toByteArray()));
        case CHARGES_SHOWN -> {
          var shown = in.getChargesShown();
          bound("charges", shown.getChargesCount(), Quorum.MOST_NODES);
          yield new ToNode.ChargesShown(
              plan,
              shown.getRelease(),
              shown.getAttempt(),
              shown.getChargesList().stream().map(SessionCodec::domain).toList());
        }
        case CHARGES_REMEMBERED -> {
          var said = in.getChargesRemembered();
          bound("remembrances", said.getRemembrancesCount(), Quorum.MOST_NODES);
          yield new ToNode.ChargesRemembered(
              plan,
              said.getRelease(),
              said.getAttempt(),
              note(said.getCheckpoint()),
              ConsistencyProof.parse(said.getConsistency()),
              logged(said.getCharge()),
              said.getRemembrancesList().stream().map(SessionCodec::domain).toList());
        }
        case ROUND_ABORTED -> {
          var aborted = in.getRoundAborted();
          bound("characters of a reason", aborted.getReason().length(), MOST_TEXT);
          yield new ToNode.RoundAborted(
              plan, aborted.getRelease(), aborted.getAttempt(), aborted.getReason());
        }
        case PUBLISHED -> published(plan, in.getPublished());
        case ENDED -> {
          bound("characters of an outcome", in.getEnded().getOutcome().length(), MOST_TEXT);
          bound("entries of its own", in.getEnded().getOwnCount(), ToNode.Ended.MOST_OWN);
          List<ToNode.Logged> own = new ArrayList<>();
          for (org.althing.wire.v1.Logged each : in.getEnded().getOwnList()) {
            own.add(logged(each));
          }
          yield new ToNode.Ended(
              plan,
              in.getEnded().getOutcome(),
              note(in.getEnded().getCheckpoint()),
              ConsistencyProof.parse(in.getEnded().getConsistency()),
              own);
        }
        case WELCOME, INQUIRED, RECALLED, DECLARED, BODY_NOT_SET ->
            throw new MalformedMessage("a message without a body");
      };
    } catch (InvalidProtocolBufferException | MalformedEncoding | IllegalArgumentException e) {
      throw new MalformedMessage(String.valueOf(e.getMessage()));
    }
  }

  private static ToNode aboutNoStudy(org.althing.wire.v1.ToNode in)
      throws MalformedMessage, MalformedEncoding {
    if (!in.getPlan().isEmpty()) {
      throw new MalformedMessage("a message that is about no study names one");
    }
    if (in.hasInquired()) {
      return new ToNode.Inquired(
          new NodeId(in.getInquired().getBy()), digest(in.getInquired().getNonce()));
    }
    if (in.hasRecalled()) {
      return new ToNode.Recalled(domain(in.getRecalled().getRecollection()));
    }
    if (in.hasDeclared()) {
      return new ToNode.Declared(
          note(in.getDeclared().getCheckpoint()),
          ConsistencyProof.parse(in.getDeclared().getConsistency()),
          logged(in.getDeclared().getLogged()));
    }
    return new ToNode.Welcome(
        note(in.getWelcome().getCheckpoint()),
        ConsistencyProof.parse(in.getWelcome().getConsistency()));
  }

  private static ToNode.Logged logged(org.althing.wire.v1.Logged in) throws MalformedEncoding {
    return new ToNode.Logged(domain(in.getEntry()), InclusionProof.parse(in.getInclusion()));
  }

  private static org.althing.wire.v1.Logged wire(ToNode.Logged logged) {
    return org.althing.wire.v1.Logged.newBuilder()
        .setEntry(wire(logged.entry()))
        .setInclusion(logged.inclusion().toText())
        .build();
  }

  private static ToNode.Published published(Digest plan, org.althing.wire.v1.Published in)
      throws MalformedEncoding {
    return new ToNode.Published(
        plan,
        domain(in.getEntry()),
        domain(in.getTotal()),
        note(in.getCheckpoint()),
        InclusionProof.parse(in.getInclusion()),
        ConsistencyProof.parse(in.getConsistency()));
  }

  public static byte[] write(ToCoordinator message) {
    var out = org.althing.wire.v1.ToCoordinator.newBuilder();
    if (message instanceof ToCoordinator.Hello hello) {
      out.setHello(
          org.althing.wire.v1.Hello.newBuilder()
              .setProtocol(hello.protocol())
              .setWitnessed(hello.witnessed())
              .addAllOpen(hello.open().stream().map(d -> ByteString.copyFrom(d.bytes())).toList()));
    } else if (message instanceof ToCoordinator.Inquire inquire) {
      out.setInquire(
          org.althing.wire.v1.Inquire.newBuilder()
              .setNonce(ByteString.copyFrom(inquire.nonce().bytes())));
    } else if (message instanceof ToCoordinator.Recalled recalled) {
      out.setRecollected(
          org.althing.wire.v1.Recollected.newBuilder()
              .setTo(recalled.to().value())
              .setRecollection(wire(recalled.recollection())));
    } else if (message instanceof ToCoordinator.Declare declare) {
      out.setDeclare(
          org.althing.wire.v1.Declare.newBuilder().setDeclaration(wire(declare.declaration())));
    } else if (message instanceof ToCoordinator.Admitted admitted) {
      out.setAdmitted(
          org.althing.wire.v1.Answer.newBuilder()
              .setPlan(ByteString.copyFrom(admitted.plan().bytes()))
              .setStatement(wire(admitted.admission())));
    } else if (message instanceof ToCoordinator.Refused refused) {
      out.setRefused(
          org.althing.wire.v1.Answer.newBuilder()
              .setPlan(ByteString.copyFrom(refused.plan().bytes()))
              .setStatement(wire(refused.refusal())));
    } else if (message instanceof ToCoordinator.Setup setup) {
      out.setSetup(
          org.althing.wire.v1.SetupSaid.newBuilder()
              .setPlan(ByteString.copyFrom(setup.plan().bytes()))
              .setEpoch(setup.epoch())
              .setMessage(ByteString.copyFrom(SecaggCodec.encode(setup.message()))));
    } else if (message instanceof ToCoordinator.Round round) {
      out.setRound(
          org.althing.wire.v1.RoundSaid.newBuilder()
              .setPlan(ByteString.copyFrom(round.plan().bytes()))
              .setRelease(round.release())
              .setAttempt(round.attempt())
              .setMessage(ByteString.copyFrom(SecaggCodec.encode(round.message()))));
    } else if (message instanceof ToCoordinator.Charged charged) {
      out.setCharged(
          org.althing.wire.v1.Charged.newBuilder()
              .setPlan(ByteString.copyFrom(charged.plan().bytes()))
              .setRelease(charged.release())
              .setAttempt(charged.attempt())
              .setCharge(wire(charged.charge())));
    } else if (message instanceof ToCoordinator.Remembered remembered) {
      out.setRemembered(
          org.althing.wire.v1.Remembered.newBuilder()
              .setPlan(ByteString.copyFrom(remembered.plan().bytes()))
              .setRelease(remembered.release())
              .setAttempt(remembered.attempt())
              .setRemembrance(wire(remembered.remembrance())));
    } else if (message instanceof ToCoordinator.Cosigned cosigned) {
      out.setCosigned(
          org.althing.wire.v1.Cosigned.newBuilder()
              .setPlan(ByteString.copyFrom(cosigned.plan().bytes()))
              .setSize(cosigned.size())
              .setLine(cosigned.line()));
    } else if (message instanceof ToCoordinator.Complaint complaint) {
      out.setComplaint(
          org.althing.wire.v1.Complaint.newBuilder()
              .setPlan(ByteString.copyFrom(complaint.plan().bytes()))
              .setAbout(complaint.about().map(NodeId::value).orElse(""))
              .setText(complaint.text()));
    }
    return out.build().toByteArray();
  }

  public static ToCoordinator readToCoordinator(byte[] bytes) throws MalformedMessage {
    WireStrictness.require(org.althing.wire.v1.ToCoordinator.getDescriptor(), bytes);
    try {
      var in = org.althing.wire.v1.ToCoordinator.parseFrom(bytes);
      return switch (in.getBodyCase()) {
        case HELLO -> {
          var hello = in.getHello();
          bound("open studies", hello.getOpenCount(), ToCoordinator.Hello.MOST_OPEN);
          if (hello.getWitnessed() < 0) {
            throw new MalformedMessage("a log has at most 2^63 - 1 entries");
          }
          yield new ToCoordinator.Hello(
              hello.getProtocol(),
              hello.getWitnessed(),
              hello.getOpenList().stream().map(SessionCodec::digest).toList());
        }
        case INQUIRE -> new ToCoordinator.Inquire(digest(in.getInquire().getNonce()));
        case RECOLLECTED -> {
          var said = in.getRecollected();
          bound("bytes of a recollection", said.getRecollection().size(), MOST_TEXT);
          yield new ToCoordinator.Recalled(
              new NodeId(said.getTo()), domain(said.getRecollection()));
        }
        case DECLARE -> {
          bound("bytes of a declaration", in.getDeclare().getDeclaration().size(), MOST_TEXT);
          yield new ToCoordinator.Declare(domain(in.getDeclare().getDeclaration()));
        }
        case ADMITTED ->
            new ToCoordinator.Admitted(
                digest(in.getAdmitted().getPlan()), domain(in.getAdmitted().getStatement()));
        case REFUSED ->
            new ToCoordinator.Refused(
                digest(in.getRefused().getPlan()), domain(in.getRefused().getStatement()));
        case SETUP ->
            new ToCoordinator.Setup(
                digest(in.getSetup().getPlan()),
                in.getSetup().getEpoch(),
                SecaggCodec.decodeSetupMessage(in.getSetup().getMessage().toByteArray()));
        case ROUND ->
            new ToCoordinator.Round(
                digest(in.getRound().getPlan()),
                in.getRound().getRelease(),
                in.getRound().getAttempt(),
                SecaggCodec.decodeRoundMessage(in.getRound().getMessage().toByteArray()));
        case CHARGED -> {
          var said = in.getCharged();
          bound("bytes of a charge", said.getCharge().size(), Input.MOST_ATTACHMENT_BYTES);
          yield new ToCoordinator.Charged(
              digest(said.getPlan()),
              said.getRelease(),
              said.getAttempt(),
              domain(said.getCharge()));
        }
        case REMEMBERED -> {
          var said = in.getRemembered();
          bound("bytes of a remembrance", said.getRemembrance().size(), MOST_TEXT);
          yield new ToCoordinator.Remembered(
              digest(said.getPlan()),
              said.getRelease(),
              said.getAttempt(),
              domain(said.getRemembrance()));
        }
        case COSIGNED -> {
          bound("characters of a line", in.getCosigned().getLine().length(), MOST_TEXT);
          yield new ToCoordinator.Cosigned(
              digest(in.getCosigned().getPlan()),
              in.getCosigned().getSize(),
              in.getCosigned().getLine());
        }
        case COMPLAINT ->
            new ToCoordinator.Complaint(
                digest(in.getComplaint().getPlan()),
                Optional.of(in.getComplaint().getAbout())
                    .filter(about -> !about.isEmpty())
                    .map(NodeId::new),
                in.getComplaint().getText());
        case BODY_NOT_SET -> throw new MalformedMessage("a message without a body");
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new MalformedMessage(String.valueOf(e.getMessage()));
    }
  }

  private static void bound(String what, int count, int most) throws MalformedMessage {
    if (count > most) {
      throw new MalformedMessage("%s: at most %d, got %d".formatted(what, most, count));
    }
  }

  private static ByteString wire(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }

  private static Bytes domain(ByteString bytes) {
    return Bytes.of(bytes.toByteArray());
  }

  private static Digest digest(ByteString bytes) {
    return Digest.ofBytes(bytes.toByteArray());
  }

  private static String text(SignedNote note) {
    return new String(note.toBytes(), StandardCharsets.UTF_8);
  }

  private static SignedNote note(String text) throws MalformedEncoding {
    return SignedNote.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
