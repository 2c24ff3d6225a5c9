package org.althing.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.althing.audit.NoteKey;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.report.StudyFolder;
import org.althing.study.ChargeStatement;
import org.althing.study.Examples;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study from its submission to its closing checkpoint, with nobody failing or lying. */
class StudyCourseTest {
  /** A study of four members, of whom those from number {@code first} on see another history. */
  private static SmallFederation forkedFrom(int first) {
    SmallFederation federation = new SmallFederation(4, StudyTexts.of(StudyTexts.LOGISTIC, 1));
    SmallLog fork = federation.log.forked();
    federation.tampered =
        (node, message) ->
            message instanceof ToNode.LogShown && federation.nodes.get(node).index >= first
                ? fork.shown(0)
                : message;
    return federation.play();
  }

  /** Two see one history and two another: neither has the witnesses that a round is bound to. */
  @Test
  void nodesThatWereShownTwoHistoriesComeToNoSumAndPayNothing() {
    SmallFederation federation = forkedFrom(2);
    assertThat(federation.events(StudyEvent.StudyStopped.class))
        .singleElement()
        .satisfies(s -> assertThat(s.reason()).contains("2 of 4 nodes cosigned the log, 3 must"));
    assertThat(federation.events(StudyEvent.Charged.class)).isEmpty();
    assertThat(federation.nodes.values()).allMatch(node -> node.charges().isEmpty());
  }

  /** The liar makes the victim's round fit its own history: what it sends then fits nobody's. */
  @Test
  void aNodeThatWasShownAnotherHistoryTakesNoPartInTheSum() {
    SmallFederation federation = forkedFrom(3);
    assertThat(federation.log.record().completed()).isTrue();
    assertThat(federation.log.record().releases())
        .isNotEmpty()
        .allMatch(release -> !release.survivors().contains(Examples.node(3)));
    assertThat(federation.node(3).charges()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        StudyTexts.QUALITY,
        StudyTexts.STATISTICS,
        StudyTexts.NAIVE_BAYES,
        StudyTexts.LOGISTIC,
        StudyTexts.SVM,
        StudyTexts.CLUSTERS
      })
  void everyAnalysisCompletesAndEachNodePaysOncePerReleaseWhatThePlanSays(String analysis)
      throws Exception {
    SmallFederation federation = new SmallFederation(4, StudyTexts.of(analysis, 1)).play();
    assertThat(federation.log.record().completed()).isTrue();
    assertThat(federation.timersFired).isZero();
    List<StudyEvent.Released> released = federation.events(StudyEvent.Released.class);
    assertThat(released).hasSameSizeAs(federation.plan.releases());
    for (SmallNode node : federation.nodes.values()) {
      assertThat(node.charges())
          .isEqualTo(
              released.stream()
                  .map(r -> new ReleaseId(federation.plan.digest(), r.release(), 1))
                  .toList());
      assertThat(node.spent()).isEqualTo(federation.plan.cost());
      assertThat(node.reserved()).isEqualTo(Rho.ZERO);
      assertThat(node.machine).isNull();
    }
    assertChargesAreLoggedAsPaid(federation);
  }

  private static void assertChargesAreLoggedAsPaid(SmallFederation federation) throws Exception {
    for (StudyEvent.Charged charged : federation.events(StudyEvent.Charged.class)) {
      Signed<ChargeStatement> signed =
          Signed.ofBytes(charged.statement().toArray(), ChargeStatement::ofBytes);
      assertThat(signed.verifies(federation.roster)).isTrue();
      assertThat(federation.nodes.get(signed.statement().node()).charges())
          .contains(signed.statement().receipt().release());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        StudyTexts.QUALITY,
        StudyTexts.STATISTICS,
        StudyTexts.NAIVE_BAYES,
        StudyTexts.LOGISTIC,
        StudyTexts.SVM,
        StudyTexts.CLUSTERS
      })
  void whatIsReleasedIsTheSumOfTheNodesNoisedSumsToTheLastStep(String analysis) {
    SmallFederation federation = new SmallFederation(5, StudyTexts.of(analysis, 1)).play();
    for (StudyEvent.Released released : federation.events(StudyEvent.Released.class)) {
      assertThat(released.survivors()).isEqualTo(federation.roster.ids());
      assertReleasedIsTheSum(federation, released);
    }
  }

  static void assertReleasedIsTheSum(SmallFederation federation, StudyEvent.Released released) {
    ReleaseId id = new ReleaseId(federation.plan.digest(), released.release(), released.attempt());
    long[] total = federation.log.total(released);
    long[] expected = new long[total.length];
    for (NodeId survivor : released.survivors()) {
      long[] part = federation.nodes.get(survivor).noised.get(id);
      for (int i = 0; i < total.length; i++) {
        expected[i] += part[i];
      }
    }
    assertThat(total).isEqualTo(expected);
  }

  @Test
  void everyNodeCosignsEveryReleaseAndTheClosingCheckpoint() {
    SmallFederation federation =
        new SmallFederation(4, StudyTexts.of(StudyTexts.LOGISTIC, 1)).play();
    assertThat(federation.events(StudyEvent.Witnessed.class))
        .hasSize(1 + federation.plan.releases().size())
        .allSatisfy(w -> assertThat(w.note().lines().filter(l -> l.startsWith("—"))).hasSize(5));
    for (NodeId node : federation.roster.ids()) {
      NoteKey key =
          new NoteKey(
              node.value(), NoteKey.Type.COSIGNATURE, federation.roster.keyOf(node).orElseThrow());
      assertThat(federation.closing.orElseThrow().signedBy(key)).isTrue();
      assertThat(federation.nodes.get(node).witness.seen().size()).isEqualTo(federation.log.size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        StudyTexts.QUALITY,
        StudyTexts.STATISTICS,
        StudyTexts.NAIVE_BAYES,
        StudyTexts.LOGISTIC,
        StudyTexts.SVM,
        StudyTexts.CLUSTERS
      })
  void theFilesFollowFromTheLogAloneToTheByte(String analysis) {
    SmallFederation federation = new SmallFederation(4, StudyTexts.of(analysis, 1)).play();
    Map<String, Bytes> files = federation.log.files();
    assertThat(federation.events(StudyEvent.ReportIssued.class))
        .containsExactly(new StudyEvent.ReportIssued(StudyFolder.digests(federation.log.files())));
    assertThat(new SmallFederation(4, StudyTexts.of(analysis, 1)).play().log.files())
        .isEqualTo(files);
  }

  @Test
  void theSameRandomnessGivesTheSameLogToTheByte() {
    StudyTexts texts = StudyTexts.of(StudyTexts.NAIVE_BAYES, 1);
    assertThat(new SmallFederation(3, texts).play().log.checkpoint())
        .isEqualTo(new SmallFederation(3, texts).play().log.checkpoint());
  }
}
