package org.althing.wire;

import org.althing.secagg.Advertise;
import org.althing.secagg.AdvertiseBundle;
import org.althing.secagg.Bind;
import org.althing.secagg.BindBundle;
import org.althing.secagg.BindHeader;
import org.althing.secagg.Encapsulation;

/** The messages of a key set-up, field by field. */
final class SetupWire {
  private SetupWire() {}

  static org.althing.wire.v1.Advertise write(Advertise message) {
    return org.althing.wire.v1.Advertise.newBuilder()
        .setSender(message.sender().value())
        .setCtx(WireField.of(message.ctx()))
        .setAgreementKey(WireField.of(message.agreementKey()))
        .setEncapsulationKey(WireField.of(message.encapsulationKey()))
        .setSignature(WireField.of(message.signature()))
        .build();
  }

  static Advertise read(org.althing.wire.v1.Advertise message) {
    return new Advertise(
        WireField.node(message.getSender()),
        WireField.digest(message.getCtx()),
        WireField.bytes(message.getAgreementKey()),
        WireField.bytes(message.getEncapsulationKey()),
        WireField.bytes(message.getSignature()));
  }

  static org.althing.wire.v1.AdvertiseBundle write(AdvertiseBundle bundle) {
    return org.althing.wire.v1.AdvertiseBundle.newBuilder()
        .addAllAdvertised(bundle.advertised().stream().map(SetupWire::write).toList())
        .build();
  }

  static AdvertiseBundle read(org.althing.wire.v1.AdvertiseBundle bundle) {
    return new AdvertiseBundle(bundle.getAdvertisedList().stream().map(SetupWire::read).toList());
  }

  private static org.althing.wire.v1.Encapsulation write(Encapsulation ciphertext) {
    return org.althing.wire.v1.Encapsulation.newBuilder()
        .setFrom(ciphertext.from().value())
        .setTo(ciphertext.to().value())
        .setCiphertext(WireField.of(ciphertext.ciphertext()))
        .build();
  }

  private static Encapsulation read(org.althing.wire.v1.Encapsulation ciphertext) {
    return new Encapsulation(
        WireField.node(ciphertext.getFrom()),
        WireField.node(ciphertext.getTo()),
        WireField.bytes(ciphertext.getCiphertext()));
  }

  private static org.althing.wire.v1.BindHeader write(BindHeader header) {
    var out =
        org.althing.wire.v1.BindHeader.newBuilder()
            .setSender(header.sender().value())
            .setCtx(WireField.of(header.ctx()))
            .setKeys(WireField.of(header.keys()))
            .setSignature(WireField.of(header.signature()));
    for (BindHeader.ForPeer peer : header.sealed()) {
      out.addSealed(
          org.althing.wire.v1.BindHeader.ForPeer.newBuilder()
              .setTo(peer.to().value())
              .setCiphertext(WireField.of(peer.ciphertext())));
    }
    return out.build();
  }

  private static BindHeader read(org.althing.wire.v1.BindHeader header) {
    return new BindHeader(
        WireField.node(header.getSender()),
        WireField.digest(header.getCtx()),
        WireField.digest(header.getKeys()),
        header.getSealedList().stream()
            .map(
                peer ->
                    new BindHeader.ForPeer(
                        WireField.node(peer.getTo()), WireField.digest(peer.getCiphertext())))
            .toList(),
        WireField.bytes(header.getSignature()));
  }

  static org.althing.wire.v1.Bind write(Bind message) {
    return org.althing.wire.v1.Bind.newBuilder()
        .setHeader(write(message.header()))
        .addAllCiphertexts(message.ciphertexts().stream().map(SetupWire::write).toList())
        .build();
  }

  static Bind read(org.althing.wire.v1.Bind message) {
    return new Bind(
        read(message.getHeader()),
        message.getCiphertextsList().stream().map(SetupWire::read).toList());
  }

  static org.althing.wire.v1.BindBundle write(BindBundle bundle) {
    return org.althing.wire.v1.BindBundle.newBuilder()
        .addAllHeaders(bundle.headers().stream().map(SetupWire::write).toList())
        .addAllCiphertexts(bundle.ciphertexts().stream().map(SetupWire::write).toList())
        .build();
  }

  static BindBundle read(org.althing.wire.v1.BindBundle bundle) {
    return new BindBundle(
        bundle.getHeadersList().stream().map(SetupWire::read).toList(),
        bundle.getCiphertextsList().stream().map(SetupWire::read).toList());
  }
}
