package org.althing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.althing.deploy.Althing;
import org.althing.document.PublishedContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedContractsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "examples/heart",
        "examples/adult",
        "examples/sms",
        "examples/waimai",
      })
  void haveTheFormThatTheStandardPublished(String folder) throws IOException {
    try (InputStream in = Althing.class.getResourceAsStream("/" + folder + "/contract.yaml")) {
      assertThat(in).isNotNull();
      assertThat(PublishedContract.faults(in.readAllBytes())).isEmpty();
    }
  }
}
