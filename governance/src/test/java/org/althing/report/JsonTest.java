package org.althing.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
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

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "-1e-99999999999", "0e99999999999"})
  void anExponentOfNoNumberIsMalformed(String number) {
    byte[] json = ("{\"a\":" + number + "}").getBytes(UTF_8);
    assertThatThrownBy(() -> Json.read(json))
        .isInstanceOf(MalformedEncoding.class)
        .hasMessageContaining("a limit of depth, numbers or texts");
  }

  /** A folder comes from anybody, and what is wrong with it is shown on a terminal. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"schema\": \"\\u001b[31m\\u009b\"",
        "\"schema\": \"althing/model/v1\", \"study\": \"a\", \"title\": \"a\", \"method\": \"a\", \"plan\": \"\\u007f\""
      })
  void aTextThatIsRefusedDoesNothingToATerminal(String fields) {
    byte[] json = ("{" + fields + "}").getBytes(UTF_8);
    assertThatThrownBy(() -> ModelFile.ofBytes(json))
        .isInstanceOf(MalformedEncoding.class)
        .message()
        .matches("[ -~]+");
  }

  /** It would be written as 0, and a model would differ from what its own file says. */
  @ParameterizedTest
  @ValueSource(strings = {"-1e-400", "-0.0", "-0"})
  void zeroHasNoSign(String number) throws Exception {
    JsonFields fields = new JsonFields(Json.read(("{\"a\":" + number + "}").getBytes(UTF_8)), "x");
    assertThat(Double.doubleToRawLongBits(fields.number("a"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\uD800", "\\uDC00\\uD800", "a\\uDFFF"})
  void halfACharacterIsNoText(String escaped) throws Exception {
    JsonFields fields =
        new JsonFields(Json.read(("{\"a\":\"" + escaped + "\"}").getBytes(UTF_8)), "x");
    assertThatThrownBy(() -> fields.text("a")).isInstanceOf(MalformedEncoding.class);
  }
}
