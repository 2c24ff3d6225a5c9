package org.althing.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  /** In a terminal a Chinese letter is as wide as two Latin ones. */
  @Test
  void columnsStandBelowEachOtherInAnyScript() {
    TextTable table =
        new TextTable("", List.of(1))
            .row("label", "people")
            .row("标签 = 差评", "2010")
            .row("größer, ＡＢ", "7");
    assertThat(table.toString().lines())
        .containsExactly("label         people", "标签 = 差评     2010", "größer, ＡＢ       7");
  }
}
