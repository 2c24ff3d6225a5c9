package org.althing.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.althing.report.PaperStudy;
import org.althing.report.StudyFolder;
import org.althing.study.LogEntry;
import org.althing.study.StudyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever doubts a number is led to the entry, and in it to the field, that it is from. */
class ExplanationTest {
  private static List<LogEntry> entries(VerifiedStudy study) {
    List<LogEntry> entries = new ArrayList<>(study.findings().record().entries());
    entries.add(
        study
            .findings()
            .record()
            .next(
                new StudyEvent.ReportIssued(
                    new TreeMap<>(StudyFolder.digests(StudyFolder.derived(study.findings())))),
                0));
    return entries;
  }

  private static Explanation of(VerifiedStudy study) {
    return Explanation.of(study, entries(study));
  }

  static Stream<VerifiedStudy> studies() {
    return Stream.of(
        VerifiedPaper.completed(PaperStudy.QUALITY),
        VerifiedPaper.completed(PaperStudy.LOGISTIC),
        VerifiedPaper.stopped(PaperStudy.QUALITY));
  }

  private static List<Source.Log> sources(ComplianceReport report) {
    List<Source> all = new ArrayList<>();
    for (Chapter chapter : report.chapters()) {
      for (Part part : chapter.parts()) {
        if (part instanceof Part.Prose prose) {
          all.add(prose.statement().source());
        } else if (part instanceof Part.Fields fields) {
          fields.fields().forEach(f -> f.statements().forEach(s -> all.add(s.source())));
        } else if (part instanceof Part.Rows rows) {
          rows.rows().forEach(row -> all.add(row.source()));
        }
      }
    }
    return all.stream().filter(Source.Log.class::isInstance).map(Source.Log.class::cast).toList();
  }

  @ParameterizedTest
  @MethodSource("studies")
  void everyFieldThatIsNamedIsInAnEntryAndEveryEntryHasOne(VerifiedStudy study) {
    List<LogEntry> entries = entries(study);
    List<ComplianceReport> reports = new ArrayList<>();
    reports.add(ProcessingRecord.of(study, Particulars.NONE, Optional.empty()));
    reports.add(PrivacyStatement.of(study, Particulars.NONE));
    QualityReport.of(study, Particulars.NONE).ifPresent(reports::add);
    ModelReport.of(study, Particulars.NONE).ifPresent(reports::add);
    int named = 0;
    for (ComplianceReport report : reports) {
      for (Source.Log log : sources(report)) {
        for (String field : log.fields()) {
          assertThat(log.entries())
              .as("%s of %s", field, log)
              .anyMatch(n -> has(entries, n, field));
          named++;
        }
        for (int number : log.entries()) {
          assertThat(
                  log.fields().isEmpty()
                      || log.fields().stream().anyMatch(f -> has(entries, number, f)))
              .as("entry %d of %s", number, log)
              .isTrue();
        }
      }
    }
    assertThat(named).isGreaterThan(30);
  }

  private static boolean has(List<LogEntry> entries, int number, String field) {
    LogEntry entry = entries.get(number);
    return EntryFields.of(entry).containsKey(Explanation.holder(entry, field));
  }

  @Test
  void aNumberIsFollowedIntoTheBytesOfTheEntriesItAddsUp() {
    VerifiedStudy study = VerifiedPaper.completed(PaperStudy.LOGISTIC);
    String text = of(study).of("epsilon").orElseThrow();
    List<LogEntry> charges =
        study.findings().record().entries().stream()
            .filter(entry -> entry.event() instanceof StudyEvent.Charged)
            .toList();
    assertThat(charges).isNotEmpty();
    for (LogEntry entry : charges) {
      assertThat(text)
          .contains(
              "charged/v1", entry.digest().hex(), EntryFields.of(entry).get("statement.marginal"));
    }
  }

  @Test
  void aKeyOfTheStudyIsShownWithItsLine() {
    Explanation explanation = of(VerifiedPaper.completed(PaperStudy.QUALITY));
    assertThat(explanation.of("purpose_code").orElseThrow())
        .containsPattern("study\\.purpose +study\\.yaml, line \\d+: purpose: ");
    // A key inside braces was taken for one that is not there.
    assertThat(explanation.of("epsilon").orElseThrow())
        .containsPattern(
            "study\\.privacy\\.delta +study\\.yaml, line \\d+: privacy: \\{ epsilon: 3, delta: ")
        .doesNotContain("the default");
  }

  @Test
  void anEntryIsShownWholeWithAllThatIsFromIt() {
    VerifiedStudy study = VerifiedPaper.completed(PaperStudy.QUALITY);
    int admitted =
        study.findings().record().entries().stream()
            .filter(entry -> entry.event() instanceof StudyEvent.NodeAdmitted)
            .findFirst()
            .orElseThrow()
            .sequence();
    assertThat(of(study).of(Integer.toString(admitted)).orElseThrow())
        .contains("node-admitted/v1", "admission.policy", "admission.reserved")
        .contains("record/controller-org-a/signed-org-a/1");
  }

  @Test
  void sumsAreNamedByTheirFileAndWhatIsTypedByWhereItIsWanted() {
    Explanation explanation = of(VerifiedPaper.completed(PaperStudy.QUALITY));
    assertThat(explanation.of("rows").orElseThrow()).containsPattern("releases/01-[a-z-]+\\.sum");
    assertThat(explanation.of("legal_basis").orElseThrow()).contains("wanted: particulars");
  }

  @Test
  void aDeclarationIsFollowedIntoItsOwnEntry() {
    assertThat(of(VerifiedPaper.declared()).of("policy_changes").orElseThrow())
        .contains("declaration 0", "node-declared/v1, declared/0000.entry, SHA-256 ")
        .containsPattern("declaration\\.reasons +the ethics board renewed the approval / agreed");
  }

  @Test
  void whatNothingIsCalledIsNotExplained() {
    Explanation explanation = of(VerifiedPaper.completed(PaperStudy.QUALITY));
    assertThat(explanation.of("epsilom")).isEmpty();
    assertThat(explanation.of("999")).isEmpty();
  }

  @Test
  void everythingIsTracedAtOnce() {
    assertThat(of(VerifiedPaper.completed(PaperStudy.LOGISTIC)).all())
        .contains("record/", "privacy/", "model/", "log 0, study.purpose");
  }
}
