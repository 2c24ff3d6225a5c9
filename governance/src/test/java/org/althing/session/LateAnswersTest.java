package org.althing.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.study.Admission;
import org.althing.study.Examples;
import org.althing.study.Plan;
import org.althing.study.Planning;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyPlanner;
import org.junit.jupiter.api.Test;

/** A coordinator before a node that answers when its people have spoken. */
class LateAnswersTest {
  private static final StudyTexts TEXTS = StudyTexts.of(StudyTexts.QUALITY, 1);
  private static final Roster ROSTER = Examples.roster(4);
  private final Plan plan =
      ((Planning.Planned)
              StudyPlanner.compile(
                  StudyTexts.study(TEXTS.study()), StudyTexts.contract(TEXTS.contract()), ROSTER))
          .plan();
  private final StudyRun run =
      new StudyRun(
          plan,
          SmallLog.holding(TEXTS, ROSTER, plan.digest()).record(),
          Patience.DEFAULT,
          Duration.ofHours(6));
  private final List<Command> commands = new ArrayList<>();

  private void allButTheLastAdmit() {
    commands.addAll(run.start());
    for (int i = 0; i < 4; i++) {
      commands.addAll(run.connected(Examples.node(i)));
      if (i < 3) {
        admits(i, plan);
      }
    }
  }

  private void admits(int node, Plan of) {
    Admission admission =
        new Admission(
            Examples.node(node), of.digest(), of.roster().digest(), of.study(), of.reservation());
    byte[] signed = Signed.by(Examples.key(node), admission).toBytes();
    commands.addAll(
        run.received(
            Examples.node(node), new ToCoordinator.Admitted(plan.digest(), Bytes.of(signed))));
  }

  private void letTheLatestTimerExpire() {
    long latest =
        commands.stream()
            .filter(Command.StartTimer.class::isInstance)
            .mapToLong(c -> ((Command.StartTimer) c).token())
            .max()
            .orElseThrow();
    commands.addAll(run.expired(latest));
  }

  private List<String> stopped() {
    return commands.stream()
        .filter(Command.Append.class::isInstance)
        .map(c -> ((Command.Append) c).event())
        .filter(StudyEvent.StudyStopped.class::isInstance)
        .map(e -> ((StudyEvent.StudyStopped) e).reason())
        .toList();
  }

  @Test
  void waitsForANodeThatIsHereForAsLongAsTheStudyMayTake() {
    allButTheLastAdmit();
    for (int hour = 0; hour < 5; hour++) {
      letTheLatestTimerExpire();
    }
    assertThat(stopped()).isEmpty();
    admits(3, plan);
    assertThat(commands)
        .filteredOn(c -> c instanceof Command.Send s && s.message() instanceof ToNode.RosterSealed)
        .hasSize(4);
  }

  @Test
  void theDeadlineNamesWhoDidNotAnswer() {
    allButTheLastAdmit();
    commands.addAll(run.expired(StudyRun.DEADLINE));
    assertThat(stopped())
        .containsExactly(
            "the time that the study may take is over, without an answer of " + name(3));
  }

  @Test
  void doesNotWaitLongForANodeThatIsAway() {
    allButTheLastAdmit();
    letTheLatestTimerExpire();
    commands.addAll(run.disconnected(Examples.node(3)));
    letTheLatestTimerExpire();
    assertThat(stopped()).containsExactly("no answer of " + name(3) + " in time");
  }

  @Test
  void aNodeThatComesBackInTimeIsWaitedForAgain() {
    allButTheLastAdmit();
    commands.addAll(run.disconnected(Examples.node(3)));
    commands.addAll(run.connected(Examples.node(3)));
    letTheLatestTimerExpire();
    assertThat(stopped()).isEmpty();
  }

  @Test
  void anAnswerThatNobodyCanUseIsNotWaitedForAnyLonger() {
    allButTheLastAdmit();
    commands.addAll(
        run.received(Examples.node(3), new ToCoordinator.Admitted(plan.digest(), Bytes.EMPTY)));
    letTheLatestTimerExpire();
    assertThat(stopped()).containsExactly("no answer of " + name(3) + " in time");
  }

  private static NodeId name(int node) {
    return Examples.node(node);
  }
}
