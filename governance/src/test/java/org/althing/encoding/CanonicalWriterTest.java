package org.althing.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalWriterTest {

  @Test
  void everyFieldHasItsFixedForm() {
    byte[] bytes =
        new CanonicalWriter("x")
            .putInt(-2)
            .putLong(1L << 40)
            .putDouble(1)
            .putBoolean(true)
            .putString("\u00fc")
            .putBytes(new byte[] {7})
            .putLongs(new long[] {3, -1})
            .putList(List.of(5), CanonicalWriter::putInt)
            .toBytes();
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "0000000178"
                + "fffffffe"
                + "0000010000000000"
                + "3ff0000000000000"
                + "01"
                + "00000002c3bc"
                + "0000000107"
                + "000000020000000000000003ffffffffffffffff"
                + "0000000100000005");
  }

  @Test
  void growsAroundValuesOfAnyLength() throws MalformedEncoding {
    byte[] large = new byte[5000];
    new Random(1).nextBytes(large);
    CanonicalWriter out = new CanonicalWriter("grows");
    for (int length = 0; length <= 5000; length += 250) {
      out.putBytes(java.util.Arrays.copyOf(large, length));
    }
    CanonicalReader in = new CanonicalReader(out.toBytes(), "grows");
    for (int length = 0; length <= 5000; length += 250) {
      assertThat(in.getBytes()).isEqualTo(java.util.Arrays.copyOf(large, length));
    }
    in.end();
    assertThat(out.digest()).isEqualTo(Digest.of(out.toBytes()));
  }

  /** Around one and two tiles. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2047, 2048, 2049, 4096, 5000})
  void aListOfLongsIsDigestedTileByTileAsIfItWereWritten(int length) {
    long[] values = new Random(2).longs(length).toArray();
    assertThat(CanonicalWriter.digestOfLongs("list/v1", values))
        .isEqualTo(new CanonicalWriter("list/v1").putLongs(values).digest());
  }
}
