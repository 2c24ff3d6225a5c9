package org.althing.wire;

import java.util.Optional;
import org.althing.encoding.*;
import org.althing.federation.NodeId;
import org.althing.secagg.*;
import org.althing.secagg.Bytes;

/** Temporary canonical codec. */
final class SecaggCodec {
  private SecaggCodec() {}

  static CanonicalWriter w(String l) {
    return new CanonicalWriter(l);
  }

  static void n(CanonicalWriter w, NodeId n) {
    w.putString(n.value());
  }

  static NodeId n(CanonicalReader r) throws MalformedEncoding {
    return new NodeId(r.getString());
  }

  static Bytes b(CanonicalReader r) throws MalformedEncoding {
    return Bytes.of(r.getBytes());
  }

  static void adv(CanonicalWriter w, Advertise a) {
    n(w, a.sender());
    w.putDigest(a.ctx())
        .putBytes(a.agreementKey().toArray())
        .putBytes(a.encapsulationKey().toArray())
        .putBytes(a.signature().toArray());
  }

  static Advertise adv(CanonicalReader r) throws MalformedEncoding {
    return new Advertise(n(r), r.getDigest(), b(r), b(r), b(r));
  }

  static void bh(CanonicalWriter w, BindHeader h) {
    n(w, h.sender());
    w.putDigest(h.ctx())
        .putDigest(h.keys())
        .putList(
            h.sealed(),
            (x, s) -> {
              n(x, s.to());
              x.putDigest(s.ciphertext());
            })
        .putBytes(h.signature().toArray());
  }

  static BindHeader bh(CanonicalReader r) throws MalformedEncoding {
    return new BindHeader(
        n(r),
        r.getDigest(),
        r.getDigest(),
        r.getList(x -> new BindHeader.ForPeer(n(x), x.getDigest())),
        b(r));
  }

  static void en(CanonicalWriter w, Encapsulation e) {
    n(w, e.from());
    n(w, e.to());
    w.putBytes(e.ciphertext().toArray());
  }

  static Encapsulation en(CanonicalReader r) throws MalformedEncoding {
    return new Encapsulation(n(r), n(r), b(r));
  }

  static void rh(CanonicalWriter w, ReadyHeader h) {
    n(w, h.sender());
    w.putDigest(h.ctx())
        .putDigest(h.selfSeed())
        .putDigest(h.sealingKey())
        .putDigest(h.boxes())
        .putBytes(h.signature().toArray());
  }

  static ReadyHeader rh(CanonicalReader r) throws MalformedEncoding {
    return new ReadyHeader(n(r), r.getDigest(), r.getDigest(), r.getDigest(), r.getDigest(), b(r));
  }

  static void bx(CanonicalWriter w, ShareBox e) {
    n(w, e.from());
    n(w, e.to());
    w.putBytes(e.sealed().toArray());
  }

  static ShareBox bx(CanonicalReader r) throws MalformedEncoding {
    return new ShareBox(n(r), n(r), b(r));
  }

  static void ih(CanonicalWriter w, InputHeader h) {
    n(w, h.sender());
    w.putDigest(h.ctx())
        .putDigest(h.cohort())
        .putDigest(h.vector())
        .putDigest(h.attachment())
        .putBytes(h.signature().toArray());
  }

  static InputHeader ih(CanonicalReader r) throws MalformedEncoding {
    return new InputHeader(n(r), r.getDigest(), r.getDigest(), r.getDigest(), r.getDigest(), b(r));
  }

  static void ch(CanonicalWriter w, ConfirmHeader h) {
    n(w, h.sender());
    w.putDigest(h.ctx())
        .putDigest(h.cohort())
        .putDigest(h.survivors())
        .putDigest(h.sealedSeeds())
        .putBytes(h.signature().toArray());
  }

  static ConfirmHeader ch(CanonicalReader r) throws MalformedEncoding {
    return new ConfirmHeader(
        n(r), r.getDigest(), r.getDigest(), r.getDigest(), r.getDigest(), b(r));
  }

  static byte[] encode(SetupMessage m) {
    if (m instanceof Advertise a) {
      var w = w("A1");
      adv(w, a);
      return w.toBytes();
    }
    Bind bind = (Bind) m;
    var w = w("A2");
    bh(w, bind.header());
    return w.putList(bind.ciphertexts(), SecaggCodec::en).toBytes();
  }

  static byte[] encode(SetupAnnouncement m) {
    if (m instanceof AdvertiseBundle a) {
      return w("AB1").putList(a.advertised(), SecaggCodec::adv).toBytes();
    }
    BindBundle x = (BindBundle) m;
    return w("AB2")
        .putList(x.headers(), SecaggCodec::bh)
        .putList(x.ciphertexts(), SecaggCodec::en)
        .toBytes();
  }

  static byte[] encode(RoundMessage m) {
    if (m instanceof Ready r) {
      var w = w("B1");
      rh(w, r.header());
      return w.putList(r.boxes(), SecaggCodec::bx).toBytes();
    }
    if (m instanceof Input i) {
      var w = w("B2");
      ih(w, i.header());
      return w.putBytes(i.vector().toLittleEndian()).putBytes(i.attachment().toArray()).toBytes();
    }
    if (m instanceof Confirm c) {
      var w = w("B3");
      ch(w, c.header());
      return w.putBytes(c.sealedSeeds().toArray()).toBytes();
    }
    Unmask u = (Unmask) m;
    var w = w("B4");
    n(w, u.sender());
    w.putDigest(u.ctx())
        .putDigest(u.survivors())
        .putList(
            u.shares(),
            (x, s) -> {
              n(x, s.of());
              x.putBytes(s.selfSeed().toArray())
                  .putBytes(s.sealingKey().orElse(Bytes.EMPTY).toArray());
            });
    return w.putBytes(u.signature().toArray()).toBytes();
  }

  static byte[] encode(RoundAnnouncement m) {
    if (m instanceof CohortAnnounced c) {
      return w("C1")
          .putList(c.headers(), SecaggCodec::rh)
          .putList(c.boxes(), SecaggCodec::bx)
          .toBytes();
    }
    if (m instanceof SurvivorsProposed s) {
      return w("C2").putList(s.headers(), SecaggCodec::ih).toBytes();
    }
    return w("C3").putList(((ConfirmationsShown) m).headers(), SecaggCodec::ch).toBytes();
  }

  static SetupMessage decodeSetupMessage(byte[] b) throws MalformedMessage {
    try {
      String l = CanonicalReader.labelOf(b);
      var r = new CanonicalReader(b, l);
      return l.equals("A1") ? adv(r) : new Bind(bh(r), r.getList(SecaggCodec::en));
    } catch (MalformedEncoding | IllegalArgumentException e) {
      throw new MalformedMessage(String.valueOf(e.getMessage()));
    }
  }

  static SetupAnnouncement decodeSetupAnnouncement(byte[] b) throws MalformedMessage {
    try {
      String l = CanonicalReader.labelOf(b);
      var r = new CanonicalReader(b, l);
      return l.equals("AB1")
          ? new AdvertiseBundle(r.getList(SecaggCodec::adv))
          : new BindBundle(r.getList(SecaggCodec::bh), r.getList(SecaggCodec::en));
    } catch (MalformedEncoding | IllegalArgumentException e) {
      throw new MalformedMessage(String.valueOf(e.getMessage()));
    }
  }

  static RoundMessage decodeRoundMessage(byte[] b) throws MalformedMessage {
    try {
      String l = CanonicalReader.labelOf(b);
      var r = new CanonicalReader(b, l);
      return switch (l) {
        case "B1" -> new Ready(rh(r), r.getList(SecaggCodec::bx));
        case "B2" -> new Input(ih(r), MaskedVector.ofLittleEndian(r.getBytes()), b(r));
        case "B3" -> new Confirm(ch(r), b(r));
        default ->
            new Unmask(
                n(r),
                r.getDigest(),
                r.getDigest(),
                r.getList(
                    x -> {
                      NodeId of = n(x);
                      Bytes self = b(x);
                      Bytes k = b(x);
                      return new RevealedShares(
                          of, self, k.length() == 0 ? Optional.empty() : Optional.of(k));
                    }),
                b(r));
      };
    } catch (MalformedEncoding | IllegalArgumentException e) {
      throw new MalformedMessage(String.valueOf(e.getMessage()));
    }
  }

  static RoundAnnouncement decodeRoundAnnouncement(byte[] b) throws MalformedMessage {
    try {
      String l = CanonicalReader.labelOf(b);
      var r = new CanonicalReader(b, l);
      return switch (l) {
        case "C1" -> new CohortAnnounced(r.getList(SecaggCodec::rh), r.getList(SecaggCodec::bx));
        case "C2" -> new SurvivorsProposed(r.getList(SecaggCodec::ih));
        default -> new ConfirmationsShown(r.getList(SecaggCodec::ch));
      };
    } catch (MalformedEncoding | IllegalArgumentException e) {
      throw new MalformedMessage(String.valueOf(e.getMessage()));
    }
  }
}
