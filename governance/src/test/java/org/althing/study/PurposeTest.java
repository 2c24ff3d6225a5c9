package org.althing.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes of DUO decide by a matching that is written down; labels decide nothing. */
class PurposeTest {
  @ParameterizedTest(name = "{0} allows {1}: {2}")
  @CsvSource({
    "DUO:0000004, DUO:0000042, true",
    "DUO:0000042, DUO:0000004, false",
    "DUO:0000042, DUO:0000011, true",
    "DUO:0000042, DUO:0000006, true",
    "DUO:0000006, DUO:0000042, false",
    "DUO:0000006, DUO:0000007 MONDO:0005267, true",
    "DUO:0000006, DUO:0000011, false",
    "DUO:0000007 MONDO:0005267, DUO:0000007 MONDO:0005267, true",
    "DUO:0000007 MONDO:0005267, DUO:0000007 MONDO:0005015, false",
    "DUO:0000007 MONDO:0005267, DUO:0000006, false",
    "DUO:0000011, DUO:0000011, true",
    "DUO:0000011, DUO:0000042, false",
    "DUO:0000042 DUO:0000046, DUO:0000042, false",
    "DUO:0000042 DUO:0000046, DUO:0000006 DUO:0000021 DUO:0000046, true",
    "DUO:0000042 DUO:0000046 DUO:0000021, DUO:0000042 DUO:0000046, false",
    "DUO:0000042 DUO:0000044, DUO:0000011 DUO:0000044, false",
    "DUO:0000042 dpv:ScientificResearch, DUO:0000042 dpv:Marketing, true",
    "heart-research, heart-research, true",
    "heart-research, DUO:0000006, false",
    "DUO:0000004, heart-research, false",
    "DUO:0000042, DUO:0000042 nonsense, false",
  })
  void whatIsAllowedFollowsFromTheTerms(String owners, String asked, boolean allowed) {
    assertThat(Purpose.allows(owners, asked)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DUO:0000046",
        "DUO:0000042 DUO:0000006",
        "DUO:0000007",
        "DUO:0000042 MONDO:0005267",
        "DUO:0000007 MONDO:0005267 MONDO:0005015",
        "DUO:9999999",
        "DUO:0000042 heart",
        "DUO:0000042 dpv:",
      })
  void whatIsNoPurposeIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Purpose.of(text));
  }

  @Test
  void aPurposeHasItsTermsInOrder() {
    Purpose purpose =
        Purpose.of("DUO:0000007 DUO:0000046 MONDO:0005267 dpv:ScientificResearch DUO:0000021");
    assertThat(purpose.category()).isEqualTo(Purpose.Category.DISEASE_RESEARCH);
    assertThat(purpose.disease()).contains("MONDO:0005267");
    assertThat(purpose.modifiers()).containsExactly("DUO:0000021", "DUO:0000046");
    assertThat(purpose.labels()).containsExactly("dpv:ScientificResearch");
  }
}
