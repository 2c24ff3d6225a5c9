package org.althing.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.althing.privacy.Rho;
import org.althing.report.Charges;
import org.althing.report.PaperStudy;
import org.althing.sheet.Language;
import org.althing.study.ChargeStatement;
import org.althing.study.Examples;
import org.althing.study.LogEntry;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a report says has a source, in both languages; what nobody said is missing. */
class ComplianceReportTest {
  private static final Map<String, VerifiedStudy> STUDIES = new HashMap<>();

  /** One report of one study. */
  record Case(String name, VerifiedStudy study, ComplianceReport report) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static VerifiedStudy completed(String study) {
    return STUDIES.computeIfAbsent(study, VerifiedPaper::completed);
  }

  private static List<Case> reports(Particulars particulars) {
    List<Case> cases = new ArrayList<>();
    for (String text :
        List.of(
            PaperStudy.QUALITY,
            PaperStudy.STATISTICS,
            PaperStudy.NAIVE_BAYES,
            PaperStudy.LOGISTIC,
            PaperStudy.IN_GROUPS,
            PaperStudy.CLASSES_IN_GROUPS,
            PaperStudy.SVM,
            PaperStudy.CLASSES,
            PaperStudy.CANDIDATES,
            PaperStudy.CANDIDATES_OF_CLASSES,
            PaperStudy.CLUSTERS)) {
      add(cases, completed(text), particulars);
    }
    add(cases, VerifiedPaper.stopped(PaperStudy.LOGISTIC), particulars);
    add(cases, STUDIES.computeIfAbsent("declared", name -> VerifiedPaper.declared()), particulars);
    return cases;
  }

  private static void add(List<Case> cases, VerifiedStudy study, Particulars particulars) {
    String name =
        study.findings().study().id() + (study.findings().record().completed() ? "" : ", stopped");
    cases.add(
        new Case(
            name + ": record", study, ProcessingRecord.of(study, particulars, Optional.empty())));
    cases.add(new Case(name + ": privacy", study, PrivacyStatement.of(study, particulars)));
    QualityReport.of(study, particulars)
        .ifPresent(report -> cases.add(new Case(name + ": quality", study, report)));
    ModelReport.of(study, particulars)
        .ifPresent(report -> cases.add(new Case(name + ": model", study, report)));
  }

  static Stream<Case> cases() {
    return Stream.concat(
        reports(Particulars.NONE).stream(), reports(VerifiedPaper.everything()).stream());
  }

  private static JsonNode json(ComplianceReport report, Language language) throws IOException {
    return JsonMapper.builder().build().readTree(report.toJson(language));
  }

  private static String html(ComplianceReport report, Language language) {
    return new String(report.toHtml(language), StandardCharsets.UTF_8);
  }

  /** Every statement and every row, wherever it stands. */
  private static List<JsonNode> sourced(JsonNode report) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode chapter : report.get("chapters")) {
      chapter.get("says").forEach(all::add);
      chapter.get("fields").forEach(field -> field.get("statements").forEach(all::add));
      chapter.get("tables").forEach(table -> table.get("rows").forEach(all::add));
    }
    return all;
  }

  private static List<JsonNode> statements(JsonNode report, String field) {
    List<JsonNode> statements = new ArrayList<>();
    for (JsonNode chapter : report.get("chapters")) {
      for (JsonNode each : chapter.get("fields")) {
        if (each.get("field").textValue().equals(field)) {
          each.get("statements").forEach(statements::add);
        }
      }
    }
    return statements;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everythingNamesEntriesThatExistOrWhoTypedIt(Case each) throws IOException {
    int entries = each.study().findings().record().entries().size();
    List<JsonNode> sourced = sourced(json(each.report(), Language.EN));
    assertThat(sourced).hasSizeGreaterThan(20);
    for (JsonNode node : sourced) {
      assertThat(
              Stream.of("entries", "declarations", "particulars", "from", "missing")
                  .filter(node::has)
                  .count())
          .as(node.toString())
          .isOne();
      // One more than the record has: the issue of the report.
      node.path("entries").forEach(e -> assertThat(e.intValue()).isBetween(0, entries));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothLanguagesSayTheSameThingsInTheirOwnWords(Case each) throws IOException {
    JsonNode english = json(each.report(), Language.EN);
    JsonNode chinese = json(each.report(), Language.ZH);
    List<String> en = labels(english);
    List<String> zh = labels(chinese);
    assertThat(zh).hasSameSizeAs(en);
    for (int i = 0; i < en.size(); i++) {
      // What is the same in both is a name, a number or a formula, and no words.
      if (zh.get(i).equals(en.get(i))) {
        assertThat(en.get(i)).matches("\\d+|ρ|ε|model\\.json|ISO/IEC 5259-2|org-[a-d]");
      } else {
        assertThat(zh.get(i)).containsPattern("\\p{IsHan}|ε");
        assertThat(en.get(i)).doesNotContainPattern("\\p{IsHan}");
      }
    }
    assertThat(sourced(chinese)).hasSameSizeAs(sourced(english));
  }

  private static List<String> labels(JsonNode report) {
    List<String> labels = new ArrayList<>();
    for (JsonNode chapter : report.get("chapters")) {
      labels.add(chapter.get("title").textValue());
      for (JsonNode field : chapter.get("fields")) {
        labels.add(field.get("group").textValue());
        labels.add(field.get("name").textValue());
      }
      for (JsonNode table : chapter.get("tables")) {
        labels.add(table.get("name").textValue());
        table.get("headings").forEach(heading -> labels.add(heading.textValue()));
      }
    }
    return labels;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pagesAreWellFormedFetchNothingAndRunNothing(Case each) throws Exception {
    for (Language language : Language.values()) {
      String html = html(each.report(), language);
      assertThat(html)
          .contains("default-src &#39;none&#39;")
          .contains(language == Language.ZH ? "lang=\"zh-Hans\"" : "lang=\"en\"");
      assertThat(html.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
          .doesNotContain("http:", "https:", "<script", "<link", "<img", "url(", " style=")
          .doesNotContain("<in>", "<common>");
      String xml = html.replace("<!DOCTYPE html>", "").replaceAll("<(meta [^>]*[^/])>", "<$1/>");
      javax.xml.parsers.DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
      String skipped = html.replaceAll("(?s).*class=\"skip\" href=\"#([a-z-]+)\".*", "$1");
      assertThat(html).contains("<section id=\"" + skipped + "\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatNobodyTypedIsMissingEverywhereItIsAskedFor(Particular particular) throws IOException {
    Map<Particular, String> common = VerifiedPaper.said("common");
    Map<Particular, String> operator = VerifiedPaper.said("operator");
    common.remove(particular);
    operator.remove(particular);
    Particulars without = new Particulars(common, operator, new TreeMap<>(), Optional.empty());
    boolean asked = false;
    for (Case each : reports(without)) {
      for (JsonNode statement : statements(json(each.report(), Language.EN), particular.key())) {
        asked = true;
        assertThat(statement.path("missing").booleanValue()).as(each.name()).isTrue();
        assertThat(statement.has("text")).isFalse();
        assertThat(statement.get("remark").textValue()).contains("." + particular.key());
      }
      if (!statements(json(each.report(), Language.EN), particular.key()).isEmpty()) {
        assertThat(html(each.report(), Language.EN))
            .contains("<tr class=\"missing\"")
            .contains("⚠ not stated");
        assertThat(html(each.report(), Language.ZH)).contains("⚠ 未说明");
      }
    }
    Set<Particular> ofTheRegistryAlone =
        Set.of(Particular.REGION, Particular.SECTOR, Particular.CURATOR_TYPE);
    assertThat(asked || ofTheRegistryAlone.contains(particular))
        .as("%s is asked for somewhere", particular)
        .isTrue();
  }

  @Test
  void whatIsTypedIsPrintedAsTypedWithItsPlace() throws IOException {
    ComplianceReport report =
        ProcessingRecord.of(
            completed(PaperStudy.QUALITY), VerifiedPaper.everything(), Optional.empty());
    List<JsonNode> bases = statements(json(report, Language.ZH), "legal_basis");
    assertThat(bases).hasSize(4);
    assertThat(bases.get(0).get("text").textValue()).isEqualTo("<a> says legal_basis");
    assertThat(bases.get(0).get("particulars").textValue())
        .isEqualTo("organisations.org-a.legal_basis");
    assertThat(bases.get(1).get("particulars").textValue()).isEqualTo("common.legal_basis");
    assertThat(html(report, Language.EN)).contains("&lt;a&gt; says legal_basis");
  }

  @Test
  void whatAnOrganisationPaidIsTheSumOfTheEntriesNamed() throws Exception {
    VerifiedStudy study = completed(PaperStudy.LOGISTIC);
    JsonNode report = json(PrivacyStatement.of(study, Particulars.NONE), Language.EN);
    JsonNode paid = table(report, "paid");
    assertThat(paid.get("rows")).hasSize(4);
    for (JsonNode row : paid.get("rows")) {
      Rho sum = Rho.ZERO;
      for (JsonNode entry : row.get("entries")) {
        LogEntry logged = study.findings().record().entries().get(entry.intValue());
        if (!(logged.event() instanceof StudyEvent.Charged)) {
          continue;
        }
        ChargeStatement charge =
            Signed.ofBytes(
                    ((StudyEvent.Charged) logged.event()).statement().toArray(),
                    ChargeStatement::ofBytes)
                .statement();
        assertThat(charge.node().value()).isEqualTo(row.get("cells").get(0).textValue());
        sum = sum.plus(charge.receipt().marginal());
      }
      assertThat(row.get("cells").get(2).textValue()).isEqualTo(StudyFacts.rho(sum));
      assertThat(sum)
          .isEqualTo(
              Charges.of(study.findings().record())
                  .paidBy(new org.althing.federation.NodeId(row.get("cells").get(0).textValue())));
    }
  }

  private static JsonNode table(JsonNode report, String key) {
    for (JsonNode chapter : report.get("chapters")) {
      for (JsonNode table : chapter.get("tables")) {
        if (table.get("table").textValue().equals(key)) {
          return table;
        }
      }
    }
    throw new AssertionError("no table " + key);
  }

  /** Digests are of everything; all else in these two reports is the same whatever the rows. */
  @Test
  void recordAndStatementSayNothingThatDependsOnARow() {
    String few = numbersOf(60);
    assertThat(few).isEqualTo(numbersOf(61)).contains("org-a");
  }

  private static String numbersOf(int rows) {
    VerifiedStudy study =
        VerifiedPaper.of(PaperStudy.completed(PaperStudy.QUALITY, rows).findings());
    String both =
        html(ProcessingRecord.of(study, Particulars.NONE, Optional.empty()), Language.EN)
            + html(PrivacyStatement.of(study, Particulars.NONE), Language.EN);
    return both.replaceAll("[0-9a-f]{64}", "digest");
  }

  @Test
  void aRecordOfOneOrganisationIsOfItAlone() {
    VerifiedStudy study = completed(PaperStudy.QUALITY);
    String html =
        html(
            ProcessingRecord.of(study, Particulars.NONE, Optional.of(VerifiedPaper.ORG_A)),
            Language.EN);
    assertThat(html).contains("org-a as controller").doesNotContain("org-b as controller");
    assertThatThrownBy(
            () -> ProcessingRecord.of(study, Particulars.NONE, Optional.of(Examples.node(9))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("took no part");
  }

  /** Page numbers and a head on every further sheet, in a style that the page's policy allows. */
  @Test
  void everySheetOfPaperSaysWhichReportItIsOf() {
    ComplianceReport report =
        PrivacyStatement.of(completed(PaperStudy.QUALITY), VerifiedPaper.everything());
    assertThat(html(report, Language.EN))
        .contains("@top-right{content:\"Privacy-guarantee statement · heart-quality\"")
        .contains("content:counter(page) \" / \" counter(pages)");
    assertThat(html(report, Language.ZH)).contains("content:\"隐私保障声明 · heart-quality\"");
  }

  @Test
  void aStoppedStudySaysWhoRefusedAndThatNothingWasReleased() {
    VerifiedStudy study = VerifiedPaper.stopped(PaperStudy.QUALITY);
    assertThat(html(ProcessingRecord.of(study, Particulars.NONE, Optional.empty()), Language.EN))
        .contains(
            "org-c refused: budgets.patients.per_study: the study reserves rho 0.3, one study may reserve rho 0.1")
        .contains("no sum became public");
    assertThat(html(PrivacyStatement.of(study, Particulars.NONE), Language.EN))
        .contains("Nothing was paid for and nothing was released");
    assertThat(QualityReport.of(study, Particulars.NONE)).isEmpty();
    assertThat(ModelReport.of(study, Particulars.NONE)).isEmpty();
  }

  @Test
  void whatAMemberDeclaredStandsInItsRecordWithItsEntry() throws IOException {
    VerifiedStudy study = VerifiedPaper.declared();
    JsonNode report =
        json(ProcessingRecord.of(study, Particulars.NONE, Optional.empty()), Language.EN);
    List<JsonNode> changes = statements(report, "policy_changes");
    assertThat(changes.get(0).get("text").textValue())
        .contains(
            "people who agreed: 2", "because: the ethics board renewed the approval / agreed");
    assertThat(changes.get(1).get("text").textValue()).contains("ρ 0.000003, before 0.000001");
    assertThat(changes.get(0).get("declarations").get(0).intValue()).isZero();
    assertThat(statements(report, "erasure").toString())
        .contains("3 files of messages that left", "nobody can open any more: 1")
        .contains("none declared before the final checkpoint");
    assertThat(statements(report, "incidents_declared").get(0).get("text").textValue())
        .startsWith("confidentiality, of 20");
    assertThat(html(PrivacyStatement.of(study, Particulars.NONE), Language.ZH))
        .contains("各数据方增加的预算", "the ethics board renewed the approval", "声明 0");
  }

  @Test
  void everyRuleOfAnAuditIsJudgedOrListedAsOpen() throws IOException {
    VerifiedStudy study = completed(PaperStudy.QUALITY);
    ComplianceReport report = QualityReport.of(study, Particulars.NONE).orElseThrow();
    JsonNode json = json(report, Language.EN);
    var rules = study.findings().outcome().quality().orElseThrow().rules();
    assertThat(table(json, "rules").get("rows")).hasSameSizeAs(rules);
    assertThat(statements(json, "representativeness"))
        .singleElement()
        .satisfies(s -> assertThat(s.path("missing").booleanValue()).isTrue());
    assertThat(statements(json, "completeness").toString()).contains("chol_missing");
  }

  @Test
  void aPhraseHasEveryLanguage() {
    assertThatThrownBy(() -> Phrase.of("words", " ")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Phrase.of("%s of %d", "%2$d 之 %1$s").with(Phrase.of("one", "一"), 3))
        .isEqualTo(Phrase.of("one of 3", "3 之 一"));
  }

  @Test
  void entriesInARowAreNamedAsARange() {
    assertThat(new Source.Log(List.of(1, 2, 3, 7, 9, 10), List.of()).inWords().english())
        .isEqualTo("log 1–3, 7, 9–10");
  }

  /** The card of such a study used to say that it asked for no groups. */
  @Test
  void theModelsCardTellsOfTheGroupsThatWereAskedFor() throws IOException {
    JsonNode asked = modelCard(PaperStudy.IN_GROUPS);
    assertThat(statements(asked, "groups").get(0).toString()).contains("by sex");
    List<String> tables = new ArrayList<>();
    for (JsonNode chapter : asked.get("chapters")) {
      chapter
          .get("tables")
          .forEach(t -> tables.add(t.path("table").asText() + " " + t.get("rows").size()));
    }
    assertThat(tables).contains("groups 3", "gaps 2");
    assertThat(statements(modelCard(PaperStudy.LOGISTIC), "groups").get(0).toString())
        .contains("asked for no groups");
  }

  private static JsonNode modelCard(String study) throws IOException {
    return json(ModelReport.of(completed(study), Particulars.NONE).orElseThrow(), Language.EN);
  }
}
