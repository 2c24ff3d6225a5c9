package org.althing.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.althing.encoding.MalformedEncoding;
import org.junit.jupiter.api.Test;

/** Numbers, colours, escaping and files, below the whole report. */
class RenderingTest {
  @Test
  void exactDecimalsReadBackAsTheSameBits() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value) && value != 0) {
        assertThat(Double.parseDouble(Decimal.exact(value).toString())).isEqualTo(value);
      }
    }
    assertThat(Decimal.exact(0.1).toString()).isEqualTo("0.1");
    assertThat(Decimal.exact(2.0E-3).toString()).isEqualTo("0.002");
    // 2^-44: Double.toString prints it differently before and after JDK 19; a report must not.
    assertThat(Decimal.exact(0x1p-44).toString()).isEqualTo("5.6843418860808015E-14");
  }

  @Test
  void numbersAreRoundedAndGroupedOneWay() {
    assertThat(Decimal.fixed(-0.0004, 3)).isEqualTo("0.000");
    assertThat(Decimal.fixed(-1.5, 1)).isEqualTo("\u22121.5");
    assertThat(Decimal.grouped(1234567)).isEqualTo("1\u2009234\u2009567");
    assertThat(Decimal.grouped(-123)).isEqualTo("\u2212123");
    assertThat(Decimal.significant(0.000012345, 3)).isEqualTo("0.0000123");
    assertThat(Decimal.ceiling(0.1975301, 6)).isEqualTo("0.197531");
  }

  @Test
  void textAndMarksStandOutFromTheirGround() {
    for (String ink :
        List.of(
            Palette.INK,
            Palette.FAINT_INK,
            Palette.BLUE,
            Palette.ORANGE,
            Palette.GREEN,
            Palette.RED,
            Palette.AMBER)) {
      assertThat(Palette.contrast(ink, Palette.PAPER)).as(ink).isGreaterThanOrEqualTo(4.5);
    }
    for (int i = -5; i <= 105; i++) {
      String ground = Palette.heat(i / 100.0);
      assertThat(Palette.contrast(Palette.inkOn(ground), ground)).isGreaterThanOrEqualTo(4.5);
    }
  }

  @Test
  void escapesMarkupAndWhatTurnsTextAround() {
    assertThat(Markup.escape("<a href=\"x\">'&'</a>"))
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    assertThat(Markup.escape("a\u202Eb\u0000c\u2066d")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd");
  }

  @Test
  void ticksAreRoundAndCoverTheAxis() {
    for (double[] range : new double[][] {{0, 1}, {-3, 7}, {0, 0.0004}, {0, 123456}, {5, 5}}) {
      Scale scale = Scale.around(range[0], range[1], 0, 100);
      assertThat(scale.ticks()).hasSizeBetween(2, 12);
      assertThat(scale.low()).isLessThanOrEqualTo(range[0]);
      assertThat(scale.high()).isGreaterThanOrEqualTo(range[1]);
    }
  }

  @Test
  void modelsAndResultsReadBackOrRenderTheSame() throws MalformedEncoding {
    Findings findings = PaperStudy.completed(PaperStudy.LOGISTIC, 60).findings();
    byte[] model = ModelFile.of(findings).orElseThrow().toBytes();
    assertThat(ModelFile.ofBytes(model).toBytes()).isEqualTo(model);
    assertThat(ModelFile.ofBytes(model).model())
        .isEqualTo(findings.outcome().model().orElseThrow());
    assertThat(ResultFile.render(findings)).isEqualTo(ResultFile.render(findings));
    assertThat(Json.read(ResultFile.render(findings)).get("schema").textValue())
        .isEqualTo("althing/result/v1");
  }
}
