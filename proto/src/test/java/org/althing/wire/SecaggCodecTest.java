package org.althing.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.althing.secagg.Input;
import org.althing.secagg.RoundMessage;
import org.althing.secagg.Transcript;
import org.junit.jupiter.api.Test;

final class SecaggCodecTest {
  private static final Transcript TRANSCRIPT = Transcript.of(4, 40, 11);

  private interface Decoder {
    Object decode(byte[] bytes) throws MalformedMessage;
  }

  @Test
  void everyMessageComesBackAsItWasSent() throws MalformedMessage {
    for (var message : TRANSCRIPT.setup()) {
      assertThat(SecaggCodec.decodeSetupMessage(SecaggCodec.encode(message))).isEqualTo(message);
    }
    for (var message : TRANSCRIPT.setupAnnounced()) {
      assertThat(SecaggCodec.decodeSetupAnnouncement(SecaggCodec.encode(message)))
          .isEqualTo(message);
    }
    for (var message : TRANSCRIPT.round()) {
      assertThat(SecaggCodec.decodeRoundMessage(SecaggCodec.encode(message))).isEqualTo(message);
    }
    for (var message : TRANSCRIPT.roundAnnounced()) {
      assertThat(SecaggCodec.decodeRoundAnnouncement(SecaggCodec.encode(message)))
          .isEqualTo(message);
    }
  }

  @Test
  void theTranscriptHasEveryKindOfMessage() {
    assertThat(TRANSCRIPT.setup().stream().map(Object::getClass).distinct()).hasSize(2);
    assertThat(TRANSCRIPT.setupAnnounced().stream().map(Object::getClass).distinct()).hasSize(2);
    assertThat(TRANSCRIPT.round().stream().map(Object::getClass).distinct()).hasSize(4);
    assertThat(TRANSCRIPT.roundAnnounced().stream().map(Object::getClass).distinct()).hasSize(3);
  }

  /** Every byte in turn takes another value; lengths, tags and content alike. */
  @Test
  void aChangedByteGivesAnotherMessageOrIsRefused() {
    TRANSCRIPT.setup().stream()
        .limit(5)
        .forEach(m -> mutate(SecaggCodec.encode(m), SecaggCodec::decodeSetupMessage));
    TRANSCRIPT.setupAnnounced().stream()
        .skip(3)
        .limit(2)
        .forEach(m -> mutate(SecaggCodec.encode(m), SecaggCodec::decodeSetupAnnouncement));
    TRANSCRIPT.round().forEach(m -> mutate(SecaggCodec.encode(m), SecaggCodec::decodeRoundMessage));
    TRANSCRIPT
        .roundAnnounced()
        .forEach(m -> mutate(SecaggCodec.encode(m), SecaggCodec::decodeRoundAnnouncement));
  }

  private static void mutate(byte[] good, Decoder decoder) {
    Object message = decoded(good, decoder);
    Random random = new Random(good.length);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 + random.nextInt(255));
      assertThat(decoded(bad, decoder)).as("byte %d", at).isNotEqualTo(message);
    }
  }

  @Test
  void aTruncatedMessageIsAnotherOrIsRefused() {
    for (RoundMessage message : TRANSCRIPT.round()) {
      byte[] good = SecaggCodec.encode(message);
      for (int length = 0; length < good.length; length++) {
        assertThat(decoded(Arrays.copyOf(good, length), SecaggCodec::decodeRoundMessage))
            .isNotEqualTo(message);
      }
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
  void refusesFieldsItDoesNotKnowAtAnyDepth() {
    Input input = firstInput();
    var smuggled =
        UnknownFieldSet.newBuilder()
            .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
            .build();
    var wire = SecaggCodec.toWire(input).toBuilder();
    wire.getInputBuilder().getHeaderBuilder().setUnknownFields(smuggled);
    assertThatThrownBy(() -> SecaggCodec.decodeRoundMessage(wire.build().toByteArray()))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("schema does not");
  }

  /** Protobuf would take the last and drop the others unread: room for bytes that nobody meant. */
  @Test
  void refusesAFieldOrABodyThatIsGivenTwice() {
    byte[] once = SecaggCodec.encode(firstInput());
    byte[] twice = Arrays.copyOf(once, 2 * once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    var wire = SecaggCodec.toWire(firstInput()).toBuilder();
    byte[] attachments =
        wire.getInputBuilder()
            .setAttachment(ByteString.copyFrom(new byte[] {1}))
            .build()
            .toByteString()
            .concat(ByteString.copyFrom(new byte[] {0x1a, 1, 2}))
            .toByteArray();
    byte[] inside =
        ByteString.copyFrom(new byte[] {0x12})
            .concat(varint(attachments.length))
            .concat(ByteString.copyFrom(attachments))
            .toByteArray();
    for (byte[] bytes : List.of(twice, inside)) {
      assertThatThrownBy(() -> SecaggCodec.decodeRoundMessage(bytes))
          .isInstanceOf(MalformedMessage.class)
          .hasMessageContaining("twice");
    }
  }

  private static ByteString varint(int value) {
    return value < 128
        ? ByteString.copyFrom(new byte[] {(byte) value})
        : ByteString.copyFrom(new byte[] {(byte) (value | 128)}).concat(varint(value >>> 7));
  }

  /** Two bytes on the wire were some hundred in memory: eight million of them are a message. */
  @Test
  void refusesCrowdsOfEmptyEntriesBeforeItMakesThem() {
    int entries = 1 << 20;
    byte[] crowd = new byte[2 * entries];
    for (int i = 0; i < crowd.length; i += 2) {
      crowd[i] = 0x0a;
    }
    byte[] message =
        ByteString.copyFrom(new byte[] {0x0a})
            .concat(varint(crowd.length))
            .concat(ByteString.copyFrom(crowd))
            .toByteArray();
    for (Decoder decoder :
        List.<Decoder>of(
            SecaggCodec::decodeSetupAnnouncement, SecaggCodec::decodeRoundAnnouncement)) {
      assertThatThrownBy(() -> decoder.decode(message))
          .isInstanceOf(MalformedMessage.class)
          .hasMessageContaining("at most 262144 fields");
    }
  }

  @Test
  void refusesVectorsThatAreEmptyRaggedOrTooLong() {
    for (int bytes : List.of(0, 7, 8 * ((1 << 20) + 1))) {
      var wire = SecaggCodec.toWire(firstInput()).toBuilder();
      wire.getInputBuilder().setMaskedVector(ByteString.copyFrom(new byte[bytes]));
      assertThatThrownBy(() -> SecaggCodec.decodeRoundMessage(wire.build().toByteArray()))
          .isInstanceOf(MalformedMessage.class)
          .hasMessageContaining("masked vector");
    }
  }

  @Test
  void refusesMoreEntriesThanARosterHasNodes() {
    var announced = SecaggCodec.toWire(TRANSCRIPT.roundAnnounced().get(0)).toBuilder();
    var headers = announced.getCohortAnnouncedBuilder();
    while (headers.getHeadersCount() <= 200) {
      headers.addHeaders(headers.getHeaders(0));
    }
    assertThatThrownBy(() -> SecaggCodec.decodeRoundAnnouncement(announced.build().toByteArray()))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("200");
  }

  @Test
  void refusesAMessageWithoutABody() {
    assertThatThrownBy(() -> SecaggCodec.decodeRoundMessage(new byte[0]))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> SecaggCodec.decodeSetupMessage(new byte[0]))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> SecaggCodec.decodeRoundAnnouncement(new byte[0]))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> SecaggCodec.decodeSetupAnnouncement(new byte[0]))
        .isInstanceOf(MalformedMessage.class);
  }

  private static Input firstInput() {
    return TRANSCRIPT.round().stream()
        .filter(Input.class::isInstance)
        .map(Input.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
