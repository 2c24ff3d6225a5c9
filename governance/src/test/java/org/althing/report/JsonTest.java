package org.althing.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.althing.encoding.MalformedEncoding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  /** Jackson's limits know no line: reading it took the program down with a null pointer. */
  @ParameterizedTest
  @ValueSource(strings = {"[", "9", "\""})
  void anExceededLimitIsMalformed(String unit) {
    byte[] json =
        ("{\"a\":" + unit + (unit.equals("\"") ? "x" : unit).repeat(200_000)).getBytes(UTF_8);
    assertThatThrownBy(() -> ModelFile.ofBytes(json))
        .isInstanceOf(MalformedEncoding.class)
        .hasMessageContaining("expected JSON; it breaks");
  }
}
