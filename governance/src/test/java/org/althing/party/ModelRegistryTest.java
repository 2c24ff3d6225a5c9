package org.althing.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.althing.encoding.Digest;
import org.althing.report.Findings;
import org.althing.report.ModelFile;
import org.althing.report.PaperStudy;
import org.althing.report.RegisteredModel;
import org.althing.report.RegistryPage;
import org.althing.report.StudyFolder;
import org.althing.study.Examples;
import org.althing.study.MemoryLogStore;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.junit.jupiter.api.Test;

/** The registry is the log's word. */
class ModelRegistryTest {
  private final StudyLog log =
      StudyLog.open(new MemoryLogStore(), PaperStudy.ORIGIN, Examples.key(50));

  private Findings run(String study) {
    Findings findings = PaperStudy.completed(study, 300).findings();
    findings.record().entries().forEach(log::append);
    findings.releases().forEach(release -> log.putTotal(release.total()));
    log.append(
        findings
            .record()
            .next(
                new StudyEvent.ReportIssued(StudyFolder.digests(StudyFolder.derived(findings))),
                1_800_000_000_000L));
    return findings;
  }

  private Findings close(Findings findings) {
    log.putNote(findings.plan().digest(), log.signedCheckpoint());
    return findings;
  }

  @Test
  void holdsTheModelsOfFinishedStudiesAndNothingElse() throws Exception {
    close(run(PaperStudy.QUALITY));
    Findings fitted = close(run(PaperStudy.LOGISTIC));
    List<RegisteredModel> models = ModelRegistry.of(log);
    assertThat(models).hasSize(1);
    RegisteredModel model = models.get(0);
    byte[] file = ModelFile.of(fitted).orElseThrow().toBytes();
    assertThat(model.study()).isEqualTo("heart-lr");
    assertThat(model.version()).isEqualTo(1);
    assertThat(model.method()).isEqualTo("logistic");
    assertThat(model.plan()).isEqualTo(fitted.plan().digest());
    assertThat(model.digest()).isEqualTo(Digest.of(file));
    assertThat(ModelRegistry.folder(log, model).get(ModelFile.NAME).toArray()).isEqualTo(file);
  }

  @Test
  void aStudyThatNobodyHasCosignedYetIsNotThere() {
    Findings running = run(PaperStudy.LOGISTIC);
    assertThat(ModelRegistry.of(log)).isEmpty();
    close(running);
    assertThat(ModelRegistry.of(log)).hasSize(1);
  }

  /** A version is the same for ever, whichever study is closed first. */
  @Test
  void studiesOfOneNameAreVersionsInTheOrderOfTheirReports() {
    Findings first = run(PaperStudy.LOGISTIC);
    Findings second = close(run(PaperStudy.LOGISTIC.replace("epsilon: 3", "epsilon: 2")));
    assertThat(version("latest")).isEqualTo(2);
    assertThat(ModelRegistry.find(log, "heart-lr", "1")).isEmpty();
    close(first);
    assertThat(ModelRegistry.find(log, "heart-lr", "1").orElseThrow().plan())
        .isEqualTo(first.plan().digest());
    assertThat(ModelRegistry.find(log, "heart-lr", "2").orElseThrow().plan())
        .isEqualTo(second.plan().digest());
    assertThat(version("latest")).isEqualTo(2);
    for (String none : List.of("3", "0", "-1", "01", "", "../1")) {
      assertThat(ModelRegistry.find(log, "heart-lr", none)).as(none).isEmpty();
    }
    assertThat(ModelRegistry.find(log, "heart-nb", "latest")).isEmpty();
  }

  private int version(String named) {
    return ModelRegistry.find(log, "heart-lr", named).orElseThrow().version();
  }

  @Test
  void thePageListsThemTheNewestFirstAndSaysSoWhereThereIsNone() {
    assertThat(page()).contains("No finished study has fitted a model yet");
    Findings model = close(run(PaperStudy.LOGISTIC));
    close(run(PaperStudy.NAIVE_BAYES));
    assertThat(page())
        .contains("/api/models/heart-lr/1/report.html")
        .contains(ModelRegistry.find(log, "heart-lr", "1").orElseThrow().digest().hex())
        .doesNotContain("<in>")
        .contains("&lt;in&gt;");
    assertThat(page().indexOf("heart-nb")).isLessThan(page().indexOf("heart-lr"));
    assertThat(model.study().id()).isEqualTo("heart-lr");
  }

  private String page() {
    return new String(RegistryPage.of(ModelRegistry.of(log)), StandardCharsets.UTF_8);
  }
}
