package org.althing.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import org.althing.secagg.Advertise;
import org.althing.secagg.AdvertiseBundle;
import org.althing.secagg.Bind;
import org.althing.secagg.BindBundle;
import org.althing.secagg.CohortAnnounced;
import org.althing.secagg.Confirm;
import org.althing.secagg.ConfirmationsShown;
import org.althing.secagg.Input;
import org.althing.secagg.Ready;
import org.althing.secagg.RoundAnnouncement;
import org.althing.secagg.RoundMessage;
import org.althing.secagg.SetupAnnouncement;
import org.althing.secagg.SetupMessage;
import org.althing.secagg.SurvivorsProposed;
import org.althing.secagg.Unmask;

/**
 * Secure aggregation to and from bytes, totally: any bytes give a message whose fields have their
 * lengths and whose lists are bounded, or {@link MalformedMessage}.
 *
 * <p>Whether a message is signed by whom it names, and fits the round, is for the machines to say.
 */
public final class SecaggCodec {
  private SecaggCodec() {}

  public static byte[] encode(SetupMessage message) {
    return toWire(message).toByteArray();
  }

  public static byte[] encode(SetupAnnouncement announcement) {
    return toWire(announcement).toByteArray();
  }

  public static byte[] encode(RoundMessage message) {
    return toWire(message).toByteArray();
  }

  public static byte[] encode(RoundAnnouncement announcement) {
    return toWire(announcement).toByteArray();
  }

  public static org.althing.wire.v1.SetupMessage toWire(SetupMessage message) {
    var out = org.althing.wire.v1.SetupMessage.newBuilder();
    if (message instanceof Advertise advertise) {
      return out.setAdvertise(SetupWire.write(advertise)).build();
    }
    if (message instanceof Bind bind) {
      return out.setBind(SetupWire.write(bind)).build();
    }
    throw new AssertionError("SetupMessage is sealed");
  }

  public static SetupMessage decodeSetupMessage(byte[] bytes) throws MalformedMessage {
    WireStrictness.require(org.althing.wire.v1.SetupMessage.getDescriptor(), bytes);
    try {
      var message = org.althing.wire.v1.SetupMessage.parseFrom(bytes);
      return switch (message.getBodyCase()) {
        case ADVERTISE -> SetupWire.read(message.getAdvertise());
        case BIND -> SetupWire.read(message.getBind());
        case BODY_NOT_SET -> throw noBody();
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  public static org.althing.wire.v1.SetupAnnouncement toWire(SetupAnnouncement announcement) {
    var out = org.althing.wire.v1.SetupAnnouncement.newBuilder();
    if (announcement instanceof AdvertiseBundle bundle) {
      return out.setAdvertiseBundle(SetupWire.write(bundle)).build();
    }
    if (announcement instanceof BindBundle bundle) {
      return out.setBindBundle(SetupWire.write(bundle)).build();
    }
    throw new AssertionError("SetupAnnouncement is sealed");
  }

  public static SetupAnnouncement decodeSetupAnnouncement(byte[] bytes) throws MalformedMessage {
    WireStrictness.require(org.althing.wire.v1.SetupAnnouncement.getDescriptor(), bytes);
    try {
      var announcement = org.althing.wire.v1.SetupAnnouncement.parseFrom(bytes);
      return switch (announcement.getBodyCase()) {
        case ADVERTISE_BUNDLE -> SetupWire.read(announcement.getAdvertiseBundle());
        case BIND_BUNDLE -> SetupWire.read(announcement.getBindBundle());
        case BODY_NOT_SET -> throw noBody();
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  public static org.althing.wire.v1.RoundMessage toWire(RoundMessage message) {
    var out = org.althing.wire.v1.RoundMessage.newBuilder();
    if (message instanceof Ready ready) {
      return out.setReady(RoundWire.write(ready)).build();
    }
    if (message instanceof Input input) {
      return out.setInput(RoundWire.write(input)).build();
    }
    if (message instanceof Confirm confirm) {
      return out.setConfirm(RoundWire.write(confirm)).build();
    }
    if (message instanceof Unmask unmask) {
      return out.setUnmask(RoundWire.write(unmask)).build();
    }
    throw new AssertionError("RoundMessage is sealed");
  }

  public static RoundMessage decodeRoundMessage(byte[] bytes) throws MalformedMessage {
    WireStrictness.require(org.althing.wire.v1.RoundMessage.getDescriptor(), bytes);
    try {
      var message = org.althing.wire.v1.RoundMessage.parseFrom(bytes);
      return switch (message.getBodyCase()) {
        case READY -> RoundWire.read(message.getReady());
        case INPUT -> RoundWire.read(message.getInput());
        case CONFIRM -> RoundWire.read(message.getConfirm());
        case UNMASK -> RoundWire.read(message.getUnmask());
        case BODY_NOT_SET -> throw noBody();
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  public static org.althing.wire.v1.RoundAnnouncement toWire(RoundAnnouncement announcement) {
    var out = org.althing.wire.v1.RoundAnnouncement.newBuilder();
    if (announcement instanceof CohortAnnounced cohort) {
      return out.setCohortAnnounced(RoundWire.write(cohort)).build();
    }
    if (announcement instanceof SurvivorsProposed proposed) {
      return out.setSurvivorsProposed(RoundWire.write(proposed)).build();
    }
    if (announcement instanceof ConfirmationsShown shown) {
      return out.setConfirmationsShown(RoundWire.write(shown)).build();
    }
    throw new AssertionError("RoundAnnouncement is sealed");
  }

  public static RoundAnnouncement decodeRoundAnnouncement(byte[] bytes) throws MalformedMessage {
    WireStrictness.require(org.althing.wire.v1.RoundAnnouncement.getDescriptor(), bytes);
    try {
      var announcement = org.althing.wire.v1.RoundAnnouncement.parseFrom(bytes);
      return switch (announcement.getBodyCase()) {
        case COHORT_ANNOUNCED -> RoundWire.read(announcement.getCohortAnnounced());
        case SURVIVORS_PROPOSED -> RoundWire.read(announcement.getSurvivorsProposed());
        case CONFIRMATIONS_SHOWN -> RoundWire.read(announcement.getConfirmationsShown());
        case BODY_NOT_SET -> throw noBody();
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  private static MalformedMessage noBody() {
    return new MalformedMessage("a message without a body");
  }

  private static MalformedMessage refused(Exception refusal) {
    return new MalformedMessage(String.valueOf(refusal.getMessage()));
  }
}
