package org.althing.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.encoding.Digest;
import org.althing.report.PaperStudy;
import org.althing.sheet.Language;
import org.althing.study.Examples;
import org.althing.study.Ground;
import org.althing.study.Refusal;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Chinese page says in Chinese why a study did not go on. */
class GroundWordsTest {
  private static StudyEvent.NodeRefused refused(Refusal.Reason... reasons) {
    return new StudyEvent.NodeRefused(
        Signed.by(
            Examples.key(2),
            new Refusal(Examples.node(2), Digest.of(new byte[] {1}), List.of(reasons))));
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void everyGroundHasChineseWordsWithAllItsFacts(Ground ground) {
    Object[] facts =
        Stream.iterate(1, i -> i + 1).limit(ground.facts()).map(i -> "<" + i + ">").toArray();
    String text = ground.with(facts);
    Phrase said =
        Ground.inStop(text).isPresent() && Ground.inRefusal(text).isEmpty()
            ? GroundWords.attempt(text)
            : GroundWords.refusal(refused(new Refusal.Reason("#", text)));
    assertThat(said.english()).endsWith(text);
    assertThat(said.chinese()).doesNotContain(text).doesNotContainPattern("[A-Za-z]{2,}");
    for (Object fact : facts) {
      assertThat(said.chinese()).contains(fact.toString());
    }
  }

  @Test
  void wordsOfOursInFactsAreTranslatedAndThoseOfPeopleNever() {
    assertThat(
            GroundWords.refusal(
                    refused(
                        Ground.NOT_ALLOWED.of("leads", "lead", "nothing", "nothing"),
                        Ground.TOO_FEW.of("limits.people", "people declared by the study", 9, 50),
                        Ground.DENIED.of("approvals", "officer", "not in Lent"),
                        new Refusal.Reason("plan", "clip is of no column")))
                .chinese())
        .isEqualTo(
            "leads：研究负责人“nothing”未获允许；允许的有：无；"
                + "limits.people：研究声明的人数为 9，要求至少 50；"
                + "approvals：一名担任“officer”角色的人员拒绝，理由原文“not in Lent”；"
                + "plan：原文“clip is of no column”");
  }

  @Test
  void aStudyThatStoppedOverARefusalSaysSoInChinese() {
    VerifiedStudy study = VerifiedPaper.stopped(PaperStudy.QUALITY);
    StudyRecord record = study.findings().record();
    assertThat(
            GroundWords.stop(Ground.REFUSED.with(Examples.node(2), "whatever"), record).chinese())
        .startsWith(Examples.node(2) + " 拒绝：")
        .contains("budgets.patients.per_study：")
        .doesNotContain("whatever", "allowed");
    assertThat(GroundWords.stop("it rained", record).chinese()).isEqualTo("原文“it rained”");
    String page =
        new String(
            ProcessingRecord.of(study, Particulars.NONE, Optional.empty()).toHtml(Language.ZH),
            StandardCharsets.UTF_8);
    assertThat(page).doesNotContain("may reserve", "refused:").contains("单项研究最多可预留");
  }
}
