package org.althing.simulation.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.althing.cli.FederationFiles;
import org.althing.cli.FederationPlan;
import org.althing.document.Document;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.study.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndToEndFilesTest {
  @ParameterizedTest
  @CsvSource({"4, 1000", "3, 100000"})
  void planOneReleaseOfTheLengthAskedFor(int nodes, int length, @TempDir Path folder)
      throws IOException, DocumentError {
    EndToEndFiles files = new EndToEndFiles(nodes, length);
    FederationFiles federation = FederationFiles.read(files.write(folder));

    Plan plan =
        FederationPlan.of(
                federation,
                StudyDocument.read("study.yaml", files.study(1)),
                LocalDate.of(2026, 1, 1))
            .planned()
            .plan();

    assertThat(plan.releases()).hasSize(1);
    assertThat(plan.releases().get(0).noise().shape().length()).isEqualTo(length);
    assertThat(plan.roster().members()).hasSize(nodes);
  }

  @Test
  void fitIntoADocumentAtTheLargestLength() {
    assertThat(new EndToEndFiles(4, 100_000).contract()).hasSizeLessThan(Document.MOST_BYTES);
  }

  @Test
  void refuseALengthThatNoCountOfBinsGives() {
    assertThatThrownBy(() -> new EndToEndFiles(4, 1001))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
