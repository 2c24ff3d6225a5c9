package org.althing.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import java.util.Random;
import org.althing.wire.v1.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FramesTest {
  private static final int CHUNK = 256 * 1024;
  private static final int MOST = 16 * 1024 * 1024;

  private static byte[] message(int length) {
    byte[] message = new byte[length];
    new Random(length).nextBytes(message);
    return message;
  }

  @ParameterizedTest(name = "{0} bytes in {1} frames")
  @CsvSource({"0,1", "1,1", "262143,1", "262144,1", "262145,2", "16777216,64"})
  void aMessageIsPutTogetherAgainFromFramesOfAtMost256KiB(int length, int frames)
      throws MalformedMessage {
    byte[] message = message(length);
    List<Frame> cut = Frames.of(message);
    assertThat(cut).hasSize(frames).allMatch(f -> f.getChunk().size() <= CHUNK);
    FrameAssembly assembly = new FrameAssembly();
    for (int i = 0; i < frames - 1; i++) {
      assertThat(assembly.add(cut.get(i))).isEmpty();
    }
    assertThat(assembly.add(cut.get(frames - 1)))
        .hasValueSatisfying(whole -> assertThat(whole).isEqualTo(message));
  }

  @Test
  void messagesFollowEachOtherWithoutMixing() throws MalformedMessage {
    FrameAssembly assembly = new FrameAssembly();
    for (int length : new int[] {CHUNK + 1, 0, 1, CHUNK, 2 * CHUNK + 5}) {
      byte[] last = null;
      for (Frame frame : Frames.of(message(length))) {
        last = assembly.add(frame).orElse(null);
      }
      assertThat(last).isEqualTo(message(length));
    }
  }

  private static Frame frame(int length, boolean last) {
    return Frame.newBuilder().setChunk(ByteString.copyFrom(new byte[length])).setLast(last).build();
  }

  private static void refused(FrameAssembly assembly, Frame frame, String text) {
    assertThatThrownBy(() -> assembly.add(frame))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining(text);
  }

  @Test
  void refusesAFrameThatIsTooLong() {
    refused(new FrameAssembly(), frame(CHUNK + 1, true), "a frame has at most");
    refused(new FrameAssembly(), frame(CHUNK + 1, false), "a frame has at most");
  }

  @Test
  void refusesAMessageOneByteTooLongBeforeItIsWhole() throws MalformedMessage {
    FrameAssembly assembly = new FrameAssembly();
    for (int i = 0; i < MOST / CHUNK; i++) {
      assertThat(assembly.add(frame(CHUNK, false))).isEmpty();
    }
    refused(assembly, frame(1, false), "a message has at most");
    refused(assembly, frame(1, true), "a message has at most");
  }

  @Test
  void refusesEmptyFramesThatEndNothing() {
    refused(new FrameAssembly(), frame(0, false), "an empty frame");
  }

  @Test
  void refusesFieldsThatAFrameDoesNotHave() {
    Frame smuggling =
        frame(1, true).toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();
    refused(new FrameAssembly(), smuggling, "schema does not");
  }
}
