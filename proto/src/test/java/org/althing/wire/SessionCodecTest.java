package org.althing.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.althing.encoding.Digest;
import org.althing.session.Conversation;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SessionCodecTest {
  private static final Conversation SAID = Conversation.inSmallStudies();
  private static final UnknownFieldSet SMUGGLED =
      UnknownFieldSet.newBuilder()
          .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
          .build();

  private static final Digest ELEVENS;

  static {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) 0x11);
    ELEVENS = Digest.ofBytes(bytes);
  }

  private interface Decoder {
    Object decode(byte[] bytes) throws MalformedMessage;
  }

  static Stream<ToNode> toNode() {
    return SAID.toNode().stream();
  }

  static Stream<ToCoordinator> toCoordinator() {
    return SAID.toCoordinator().stream();
  }

  @Test
  void theConversationHasEveryKindOfMessage() {
    assertThat(toNode().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(leaves(ToNode.class));
    assertThat(toCoordinator().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(leaves(ToCoordinator.class));
  }

  private static Class<?>[] leaves(Class<?> of) {
    return of.isSealed()
        ? Stream.of(of.getPermittedSubclasses())
            .flatMap(kind -> Stream.of(leaves(kind)))
            .toArray(Class<?>[]::new)
        : new Class<?>[] {of};
  }

  @ParameterizedTest
  @MethodSource("toNode")
  void everyMessageToANodeComesBackAsItWasSent(ToNode message) throws MalformedMessage {
    assertThat(SessionCodec.readToNode(SessionCodec.write(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("toCoordinator")
  void everyMessageToTheCoordinatorComesBackAsItWasSent(ToCoordinator message)
      throws MalformedMessage {
    assertThat(SessionCodec.readToCoordinator(SessionCodec.write(message))).isEqualTo(message);
  }

  /** Pinned, so that nodes and coordinators of other versions still understand each other. */
  @Test
  void theBytesOfTwoMessagesAreThese() {
    String plan = "11".repeat(32);
    assertThat(HexFormat.of().formatHex(SessionCodec.write(new ToNode.SetupOpened(ELEVENS, 3))))
        .isEqualTo("0a20" + plan + "22020803");
    assertThat(
            HexFormat.of()
                .formatHex(
                    SessionCodec.write(
                        new ToCoordinator.Complaint(ELEVENS, Optional.empty(), "no"))))
        .isEqualTo("3a26" + "0a20" + plan + "12026e6f");
  }

  @ParameterizedTest
  @MethodSource("toNode")
  void aChangedOrCutMessageToANodeIsAnotherOrIsRefused(ToNode message) {
    mutate(SessionCodec.write(message), SessionCodec::readToNode);
  }

  @ParameterizedTest
  @MethodSource("toCoordinator")
  void aChangedOrCutMessageToTheCoordinatorIsAnotherOrIsRefused(ToCoordinator message) {
    mutate(SessionCodec.write(message), SessionCodec::readToCoordinator);
  }

  /** Every byte in turn takes another value, then is left out with all that follow. */
  private static void mutate(byte[] good, Decoder decoder) {
    Object message = decoded(good, decoder);
    Random random = new Random(good.length);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 + random.nextInt(255));
      assertThat(decoded(bad, decoder).equals(message)).as("byte %d", at).isFalse();
      assertThat(decoded(Arrays.copyOf(good, at), decoder).equals(message))
          .as("%d bytes", at)
          .isFalse();
    }
  }

  /** The decoded value or the refusal; any other exception fails the test. */
  private static Object decoded(byte[] bytes, Decoder decoder) {
    try {
      return decoder.decode(bytes);
    } catch (MalformedMessage e) {
      return e;
    }
  }

  @Test
  void refusesFieldsItDoesNotKnowOutsideAndInside() throws Exception {
    for (ToNode message : SAID.toNode()) {
      var wire = org.althing.wire.v1.ToNode.parseFrom(SessionCodec.write(message));
      refused(
          wire.toBuilder().setUnknownFields(SMUGGLED).build().toByteArray(),
          SessionCodec::readToNode);
    }
    for (ToCoordinator message : SAID.toCoordinator()) {
      var wire = org.althing.wire.v1.ToCoordinator.parseFrom(SessionCodec.write(message));
      refused(
          wire.toBuilder().setUnknownFields(SMUGGLED).build().toByteArray(),
          SessionCodec::readToCoordinator);
    }
    var inner = org.althing.wire.v1.ToNode.newBuilder().setPlan(plan());
    inner.getSetupOpenedBuilder().setEpoch(1).setUnknownFields(SMUGGLED);
    refused(inner.build().toByteArray(), SessionCodec::readToNode);
    var said = org.althing.wire.v1.ToCoordinator.newBuilder();
    said.getHelloBuilder().setProtocol(1).setUnknownFields(SMUGGLED);
    refused(said.build().toByteArray(), SessionCodec::readToCoordinator);
  }

  private static ByteString plan() {
    return ByteString.copyFrom(ELEVENS.bytes());
  }

  private static void refused(byte[] bytes, Decoder decoder) {
    assertThatThrownBy(() -> decoder.decode(bytes))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("schema does not");
  }

  @Test
  void refusesMoreThanABoundAllows() {
    var open = org.althing.wire.v1.ToCoordinator.newBuilder();
    for (int i = 0; i <= 1000; i++) {
      open.getHelloBuilder().addOpen(plan());
    }
    var early = org.althing.wire.v1.ToCoordinator.newBuilder();
    early.getHelloBuilder().setWitnessed(-1);
    var loud = org.althing.wire.v1.ToCoordinator.newBuilder();
    loud.getComplaintBuilder().setPlan(plan()).setText("x".repeat(1001));
    var crowd = org.althing.wire.v1.ToNode.newBuilder().setPlan(plan());
    for (int i = 0; i <= 200; i++) {
      crowd.getRosterSealedBuilder().addAdmissions(ByteString.EMPTY);
    }
    var long1 = org.althing.wire.v1.ToNode.newBuilder().setPlan(plan());
    long1.getRoundAbortedBuilder().setReason("x".repeat(100_001));
    for (var each : List.of(open, early, loud)) {
      assertThatThrownBy(() -> SessionCodec.readToCoordinator(each.build().toByteArray()))
          .isInstanceOf(MalformedMessage.class)
          .hasMessageContaining("at most");
    }
    for (var each : List.of(crowd, long1)) {
      assertThatThrownBy(() -> SessionCodec.readToNode(each.build().toByteArray()))
          .isInstanceOf(MalformedMessage.class)
          .hasMessageContaining("at most");
    }
  }

  @Test
  void refusesMessagesWithoutABodyOrAPlan() {
    assertThatThrownBy(() -> SessionCodec.readToNode(new byte[0]))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> SessionCodec.readToCoordinator(new byte[0]))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(
            () ->
                SessionCodec.readToNode(
                    org.althing.wire.v1.ToNode.newBuilder().setPlan(plan()).build().toByteArray()))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("without a body");
  }
}
