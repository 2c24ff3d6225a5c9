package org.althing.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsEveryFrameHoweverTheBytesAreCut(long seed) {
    Random random = new Random(seed);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes(new byte[24]);
    List<List<Integer>> written = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int length = random.nextInt(4) == 0 ? 0 : random.nextInt(70_000);
      int type = random.nextInt(256);
      int flags = random.nextInt(256);
      int stream = random.nextInt(Integer.MAX_VALUE);
      line.writeBytes(RawPeer.header(length, type, flags, stream, new byte[length]));
      written.add(List.of(type, flags, stream, length));
    }
    List<List<Integer>> read = new ArrayList<>();
    FrameReader reader = new FrameReader();
    byte[] bytes = line.toByteArray();
    for (int at = 0; at < bytes.length; ) {
      int count =
          Math.min(1 + random.nextInt(random.nextBoolean() ? 12 : 100_000), bytes.length - at);
      reader.read(
          ByteBuffer.wrap(bytes, at, count),
          (type, flags, stream, length) -> read.add(List.of(type, flags, stream, length)));
      at += count;
    }
    assertThat(read).isEqualTo(written);
  }
}
