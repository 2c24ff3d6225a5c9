package org.althing.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.Optional;
import org.althing.encoding.Bytes;
import org.althing.secagg.CohortAnnounced;
import org.althing.secagg.Confirm;
import org.althing.secagg.ConfirmHeader;
import org.althing.secagg.ConfirmationsShown;
import org.althing.secagg.Input;
import org.althing.secagg.InputHeader;
import org.althing.secagg.MaskedVector;
import org.althing.secagg.Ready;
import org.althing.secagg.ReadyHeader;
import org.althing.secagg.RevealedShares;
import org.althing.secagg.ShareBox;
import org.althing.secagg.SurvivorsProposed;
import org.althing.secagg.Unmask;

/** The messages of an attempt at a release, field by field. */
final class RoundWire {
  private RoundWire() {}

  private static org.althing.wire.v1.ShareBox write(ShareBox box) {
    return org.althing.wire.v1.ShareBox.newBuilder()
        .setFrom(box.from().value())
        .setTo(box.to().value())
        .setSealed(WireField.of(box.sealed()))
        .build();
  }

  private static ShareBox read(org.althing.wire.v1.ShareBox box) {
    return new ShareBox(
        WireField.node(box.getFrom()),
        WireField.node(box.getTo()),
        WireField.bytes(box.getSealed()));
  }

  private static org.althing.wire.v1.ReadyHeader write(ReadyHeader header) {
    return org.althing.wire.v1.ReadyHeader.newBuilder()
        .setSender(header.sender().value())
        .setCtx(WireField.of(header.ctx()))
        .setSelfSeed(WireField.of(header.selfSeed()))
        .setSealingKey(WireField.of(header.sealingKey()))
        .setBoxes(WireField.of(header.boxes()))
        .setSignature(WireField.of(header.signature()))
        .build();
  }

  private static ReadyHeader read(org.althing.wire.v1.ReadyHeader header) {
    return new ReadyHeader(
        WireField.node(header.getSender()),
        WireField.digest(header.getCtx()),
        WireField.digest(header.getSelfSeed()),
        WireField.digest(header.getSealingKey()),
        WireField.digest(header.getBoxes()),
        WireField.bytes(header.getSignature()));
  }

  static org.althing.wire.v1.Ready write(Ready message) {
    return org.althing.wire.v1.Ready.newBuilder()
        .setHeader(write(message.header()))
        .addAllBoxes(message.boxes().stream().map(RoundWire::write).toList())
        .build();
  }

  static Ready read(org.althing.wire.v1.Ready message) {
    return new Ready(
        read(message.getHeader()), message.getBoxesList().stream().map(RoundWire::read).toList());
  }

  static org.althing.wire.v1.CohortAnnounced write(CohortAnnounced announced) {
    return org.althing.wire.v1.CohortAnnounced.newBuilder()
        .addAllHeaders(announced.headers().stream().map(RoundWire::write).toList())
        .addAllBoxes(announced.boxes().stream().map(RoundWire::write).toList())
        .build();
  }

  static CohortAnnounced read(org.althing.wire.v1.CohortAnnounced announced) {
    return new CohortAnnounced(
        announced.getHeadersList().stream().map(RoundWire::read).toList(),
        announced.getBoxesList().stream().map(RoundWire::read).toList());
  }

  private static org.althing.wire.v1.InputHeader write(InputHeader header) {
    return org.althing.wire.v1.InputHeader.newBuilder()
        .setSender(header.sender().value())
        .setCtx(WireField.of(header.ctx()))
        .setCohort(WireField.of(header.cohort()))
        .setVector(WireField.of(header.vector()))
        .setAttachment(WireField.of(header.attachment()))
        .setSignature(WireField.of(header.signature()))
        .build();
  }

  private static InputHeader read(org.althing.wire.v1.InputHeader header) {
    return new InputHeader(
        WireField.node(header.getSender()),
        WireField.digest(header.getCtx()),
        WireField.digest(header.getCohort()),
        WireField.digest(header.getVector()),
        WireField.digest(header.getAttachment()),
        WireField.bytes(header.getSignature()));
  }

  static org.althing.wire.v1.Input write(Input message) {
    return org.althing.wire.v1.Input.newBuilder()
        .setHeader(write(message.header()))
        // The array was made for this message: no second copy of a long vector.
        .setMaskedVector(UnsafeByteOperations.unsafeWrap(message.vector().toLittleEndian()))
        .setAttachment(WireField.of(message.attachment()))
        .build();
  }

  static Input read(org.althing.wire.v1.Input message) {
    return new Input(
        read(message.getHeader()),
        MaskedVector.ofLittleEndian(message.getMaskedVector().asReadOnlyByteBuffer()),
        WireField.bytes(message.getAttachment()));
  }

  static org.althing.wire.v1.SurvivorsProposed write(SurvivorsProposed proposed) {
    return org.althing.wire.v1.SurvivorsProposed.newBuilder()
        .addAllHeaders(proposed.headers().stream().map(RoundWire::write).toList())
        .build();
  }

  static SurvivorsProposed read(org.althing.wire.v1.SurvivorsProposed proposed) {
    return new SurvivorsProposed(proposed.getHeadersList().stream().map(RoundWire::read).toList());
  }

  private static org.althing.wire.v1.ConfirmHeader write(ConfirmHeader header) {
    return org.althing.wire.v1.ConfirmHeader.newBuilder()
        .setSender(header.sender().value())
        .setCtx(WireField.of(header.ctx()))
        .setCohort(WireField.of(header.cohort()))
        .setSurvivors(WireField.of(header.survivors()))
        .setSealedSeeds(WireField.of(header.sealedSeeds()))
        .setSignature(WireField.of(header.signature()))
        .build();
  }

  private static ConfirmHeader read(org.althing.wire.v1.ConfirmHeader header) {
    return new ConfirmHeader(
        WireField.node(header.getSender()),
        WireField.digest(header.getCtx()),
        WireField.digest(header.getCohort()),
        WireField.digest(header.getSurvivors()),
        WireField.digest(header.getSealedSeeds()),
        WireField.bytes(header.getSignature()));
  }

  static org.althing.wire.v1.Confirm write(Confirm message) {
    return org.althing.wire.v1.Confirm.newBuilder()
        .setHeader(write(message.header()))
        .setSealedSeeds(WireField.of(message.sealedSeeds()))
        .build();
  }

  static Confirm read(org.althing.wire.v1.Confirm message) {
    return new Confirm(read(message.getHeader()), WireField.bytes(message.getSealedSeeds()));
  }

  static org.althing.wire.v1.ConfirmationsShown write(ConfirmationsShown shown) {
    return org.althing.wire.v1.ConfirmationsShown.newBuilder()
        .addAllHeaders(shown.headers().stream().map(RoundWire::write).toList())
        .build();
  }

  static ConfirmationsShown read(org.althing.wire.v1.ConfirmationsShown shown) {
    return new ConfirmationsShown(shown.getHeadersList().stream().map(RoundWire::read).toList());
  }

  static org.althing.wire.v1.Unmask write(Unmask message) {
    var out =
        org.althing.wire.v1.Unmask.newBuilder()
            .setSender(message.sender().value())
            .setCtx(WireField.of(message.ctx()))
            .setSurvivors(WireField.of(message.survivors()))
            .setSignature(WireField.of(message.signature()));
    for (RevealedShares shares : message.shares()) {
      out.addShares(
          org.althing.wire.v1.RevealedShares.newBuilder()
              .setOf(shares.of().value())
              .setSelfSeed(WireField.of(shares.selfSeed()))
              .setSealingKey(WireField.of(shares.sealingKey().orElse(Bytes.EMPTY))));
    }
    return out.build();
  }

  static Unmask read(org.althing.wire.v1.Unmask message) {
    return new Unmask(
        WireField.node(message.getSender()),
        WireField.digest(message.getCtx()),
        WireField.digest(message.getSurvivors()),
        message.getSharesList().stream()
            .map(
                shares ->
                    new RevealedShares(
                        WireField.node(shares.getOf()),
                        WireField.bytes(shares.getSelfSeed()),
                        optional(shares.getSealingKey())))
            .toList(),
        WireField.bytes(message.getSignature()));
  }

  private static Optional<Bytes> optional(ByteString field) {
    return field.isEmpty() ? Optional.empty() : Optional.of(WireField.bytes(field));
  }
}
