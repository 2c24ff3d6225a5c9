package org.althing.node.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever leaves is written down, and read as it was. */
class OutboxTest {
  private static final Instant JUNE = Instant.parse("2026-06-30T23:59:59Z");
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");

  @TempDir private Path state;
  private final List<SentMessage> sent = new ArrayList<>();
  private final List<String> damaged = new ArrayList<>();

  private Outbox at(Instant when) throws IOException {
    return Outbox.open(state, Clock.fixed(when, ZoneOffset.UTC));
  }

  private void read() throws IOException {
    Outbox.read(state, sent::add, damaged::add);
  }

  private static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void keepsMessagesInOrderOverMonthsAndProcesses() throws Exception {
    at(JUNE).record(bytes(10, 1), Optional.empty());
    at(JULY).record(bytes(20, 2), Optional.empty());
    at(JULY).record(bytes(30, 3), Optional.empty());
    read();
    assertThat(sent)
        .containsExactly(
            SentMessage.of(1, JUNE, bytes(10, 1), Optional.empty()),
            SentMessage.of(2, JULY, bytes(20, 2), Optional.empty()),
            SentMessage.of(3, JULY, bytes(30, 3), Optional.empty()));
    assertThat(damaged).isEmpty();
    assertThat(state.resolve("outbox"))
        .isDirectoryContaining("glob:**/2026-06.sent")
        .isDirectoryContaining("glob:**/2026-07.sent");
  }

  @Test
  void keepsALongMessageByItsDigest() throws Exception {
    byte[] longest = bytes(SentMessage.MOST_KEPT, 1);
    byte[] longer = bytes(SentMessage.MOST_KEPT + 1, 2);
    Outbox outbox = at(JUNE);
    outbox.record(longest, Optional.empty());
    outbox.record(longer, Optional.empty());
    read();
    assertThat(sent.get(0).content()).contains(Bytes.of(longest));
    assertThat(sent.get(1).content()).isEqualTo(Optional.empty());
    assertThat(sent.get(1).digest()).isEqualTo(Digest.of(longer));
    assertThat(sent.get(1).length()).isEqualTo(longer.length);
  }

  @Test
  void aLineThatWasCutOffIsToldAndHidesNoOther() throws Exception {
    at(JUNE).record(bytes(10, 1), Optional.empty());
    Path file = state.resolve("outbox").resolve("2026-06.sent");
    Files.writeString(file, "\n2\t2026-06-30T23:59:59Z\t12\tab", StandardOpenOption.APPEND);
    at(JUNE).record(bytes(10, 3), Optional.empty());
    read();
    assertThat(sent).extracting(SentMessage::number).containsExactly(1L, 2L);
    assertThat(damaged).containsExactly("2026-06.sent, line 4 is not whole");
  }

  /** It is the owner's record: a changed byte does not pass for what was sent. */
  @Test
  void aChangedMessageIsNone() throws Exception {
    at(JUNE).record(bytes(10, 1), Optional.empty());
    Path file = state.resolve("outbox").resolve("2026-06.sent");
    String text = Files.readString(file);
    int lastCharacter = text.length() - 4;
    char other = text.charAt(lastCharacter) == 'A' ? 'B' : 'A';
    Files.writeString(
        file, text.substring(0, lastCharacter) + other + text.substring(lastCharacter + 1));
    read();
    assertThat(sent).isEmpty();
    assertThat(damaged).hasSize(1);
  }

  @Test
  void isForItsOwnerAlone() throws Exception {
    at(JUNE).record(bytes(10, 1), Optional.empty());
    Path file = state.resolve("outbox").resolve("2026-06.sent");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void nothingHasLeftANodeThatNeverRan() throws Exception {
    read();
    assertThat(sent).isEmpty();
    assertThat(damaged).isEmpty();
  }
}
