package org.althing.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.althing.encoding.Digest;
import org.althing.report.Findings;
import org.althing.report.ModelFile;
import org.althing.report.PaperStudy;
import org.althing.report.RegisteredModel;
import org.althing.report.RegistryPage;
import org.althing.report.StudyFolder;
import org.althing.study.Examples;
import org.althing.study.LogFailure;
import org.althing.study.MemoryLogStore;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry is the log's word. */
class ModelRegistryTest {
  private final StudyLog log =
      StudyLog.open(new MemoryLogStore(), PaperStudy.ORIGIN, Examples.key(50));

  /** Asked again and again while the log grows. */
  private final ModelRegistry registry = new ModelRegistry(log);

  private Findings run(String study) {
    Findings findings = PaperStudy.completed(study, 300).findings();
    return run(findings, StudyFolder.digests(StudyFolder.derived(findings)));
  }

  private Findings run(Findings findings, SortedMap<String, Digest> files) {
    findings.record().entries().forEach(log::append);
    findings.releases().forEach(release -> log.putTotal(release.total()));
    log.append(findings.record().next(new StudyEvent.ReportIssued(files), 1_800_000_000_000L));
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
    List<RegisteredModel> models = registry.models();
    assertThat(models).hasSize(1);
    RegisteredModel model = models.get(0);
    byte[] file = ModelFile.of(fitted).orElseThrow().toBytes();
    assertThat(model.study()).isEqualTo("heart-lr");
    assertThat(model.version()).isEqualTo(1);
    assertThat(model.method()).isEqualTo("logistic");
    assertThat(model.plan()).isEqualTo(fitted.plan().digest());
    assertThat(model.digest()).isEqualTo(Digest.of(file));
    assertThat(registry.folder(model).get(ModelFile.NAME).toArray()).isEqualTo(file);
  }

  @Test
  void aStudyThatNobodyHasCosignedYetIsNotThere() {
    Findings running = run(PaperStudy.LOGISTIC);
    assertThat(registry.models()).isEmpty();
    close(running);
    assertThat(registry.models()).hasSize(1);
  }

  /** A version is the same for ever, whichever study is closed first. */
  @Test
  void studiesOfOneNameAreVersionsInTheOrderOfTheirReports() {
    Findings first = run(PaperStudy.LOGISTIC);
    Findings second = close(run(PaperStudy.LOGISTIC.replace("epsilon: 3", "epsilon: 2")));
    assertThat(version("latest")).isEqualTo(2);
    assertThat(registry.find("heart-lr", "1")).isEmpty();
    close(first);
    assertThat(registry.find("heart-lr", "1").orElseThrow().plan())
        .isEqualTo(first.plan().digest());
    assertThat(registry.find("heart-lr", "2").orElseThrow().plan())
        .isEqualTo(second.plan().digest());
    assertThat(version("latest")).isEqualTo(2);
    for (String none : List.of("3", "0", "-1", "01", "", "../1")) {
      assertThat(registry.find("heart-lr", none)).as(none).isEmpty();
    }
    assertThat(registry.find("heart-nb", "latest")).isEmpty();
  }

  private int version(String named) {
    return registry.find("heart-lr", named).orElseThrow().version();
  }

  /** What was asked before, and when, makes no difference. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void goesOnToWhatAFoldOfTheWholeLogSays(long seed) {
    Random random = new Random(seed);
    List<String> studies = new ArrayList<>(List.of(PaperStudy.QUALITY, PaperStudy.NAIVE_BAYES));
    for (int epsilon = 2; epsilon < 6; epsilon++) {
      studies.add(PaperStudy.LOGISTIC.replace("epsilon: 3", "epsilon: " + epsilon));
    }
    Collections.shuffle(studies, random);
    List<Findings> open = new ArrayList<>();
    while (!studies.isEmpty() || !open.isEmpty()) {
      if (!studies.isEmpty() && (open.isEmpty() || random.nextBoolean())) {
        open.add(run(studies.remove(0)));
      } else {
        close(open.remove(random.nextInt(open.size())));
      }
      if (random.nextInt(3) > 0) {
        assertThat(registry.models()).isEqualTo(new ModelRegistry(log).models());
      }
    }
    assertThat(registry.models()).hasSize(5).isEqualTo(new ModelRegistry(log).models());
    assertThat(version("latest")).isEqualTo(4);
  }

  @Test
  void everyCallerSeesTheWholeOfWhatWasThereWhenItAsked() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try {
      for (int epsilon = 2; epsilon < 6; epsilon++) {
        int versions = epsilon - 1;
        close(run(PaperStudy.LOGISTIC.replace("epsilon: 3", "epsilon: " + epsilon)));
        List<Callable<Integer>> asked = Collections.nCopies(8, () -> version("latest"));
        for (Future<Integer> seen : callers.invokeAll(asked)) {
          assertThat(seen.get()).isEqualTo(versions);
        }
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void aModelThatIsNotWhatItsReportNamedIsNotServed() {
    Findings findings = PaperStudy.completed(PaperStudy.LOGISTIC, 300).findings();
    SortedMap<String, Digest> files =
        new TreeMap<>(StudyFolder.digests(StudyFolder.derived(findings)));
    files.put(ModelFile.NAME, Digest.of(new byte[] {1}));
    close(run(findings, files));
    RegisteredModel model = registry.find("heart-lr", "1").orElseThrow();
    assertThatThrownBy(() -> registry.folder(model))
        .isInstanceOf(LogFailure.class)
        .hasMessageContaining("not what the log names");
  }

  @Test
  void thePageListsThemTheNewestFirstAndSaysSoWhereThereIsNone() {
    assertThat(page()).contains("No finished study has fitted a model yet");
    Findings model = close(run(PaperStudy.LOGISTIC));
    close(run(PaperStudy.NAIVE_BAYES));
    assertThat(page())
        .contains("/api/models/heart-lr/1/report.html")
        .contains(registry.find("heart-lr", "1").orElseThrow().digest().hex())
        .doesNotContain("<in>")
        .contains("&lt;in&gt;");
    assertThat(page().indexOf("heart-nb")).isLessThan(page().indexOf("heart-lr"));
    assertThat(model.study().id()).isEqualTo("heart-lr");
  }

  private String page() {
    return new String(RegistryPage.of(registry.models()), StandardCharsets.UTF_8);
  }
}
