package org.althing.node.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.althing.approval.Matter;
import org.althing.approval.SignedApproval;
import org.althing.approval.Statements;
import org.althing.approval.Verdict;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.party.PendingStudy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestFolderTest {
  private static final Digest PLAN = Digest.of(new byte[] {1});
  private static final Matter MATTER = Statements.matter(new NodeId("east"), PLAN);
  private static final PendingStudy PENDING =
      new PendingStudy(MATTER, Bytes.of(new byte[] {7}), Bytes.of(new byte[] {8}), 5);
  private static final SignedApproval ANNA = Statements.says(MATTER, 0, "steward", Verdict.APPROVE);
  private static final SignedApproval LI = Statements.says(MATTER, 1, "officer", Verdict.DENY);

  @TempDir private Path state;
  private RequestFolder folder;
  private final List<String> faults = new ArrayList<>();

  @BeforeEach
  void open() {
    folder = new RequestFolder(state);
  }

  @Test
  void isEmptyWhereNothingWasEverAsked() throws IOException {
    assertThat(folder.pending(faults::add)).isEmpty();
    assertThat(folder.statements(PLAN, faults::add)).isEmpty();
    folder.discard(PLAN);
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void keepsWhatPeopleAreAskedUntilItIsDiscarded() throws IOException {
    folder.file(PENDING);
    folder.file(PENDING);
    assertThat(folder.pending(faults::add)).containsExactly(PENDING);
    folder.discard(PLAN);
    assertThat(folder.pending(faults::add)).isEmpty();
    assertThat(faults).isEmpty();
  }

  @Test
  void keepsEveryStatementForItsOwnerAlone() throws IOException {
    Path file = folder.add(ANNA);
    folder.add(LI);
    assertThat(folder.statements(PLAN, faults::add)).containsExactlyInAnyOrder(ANNA, LI);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void passesOverWhatIsNoStatementAndSaysSo() throws IOException {
    Path file = folder.add(ANNA);
    Files.writeString(file.resolveSibling("x.approval"), "yes");
    Files.write(file.resolveSibling("y.approval"), new byte[SignedApproval.MOST_BYTES + 1]);
    Files.write(file.resolveSibling("z.approval.new"), LI.toBytes());
    assertThat(folder.statements(PLAN, faults::add)).containsExactly(ANNA);
    assertThat(faults).hasSize(2);
  }

  @Test
  void aRequestUnderAnotherPlansNameIsPassedOver() throws IOException {
    folder.file(PENDING);
    Path requests = state.resolve("requests");
    Files.move(
        requests.resolve(PLAN.hex() + ".request"),
        requests.resolve(Digest.of(new byte[] {2}).hex() + ".request"));
    assertThat(folder.pending(faults::add)).isEmpty();
    assertThat(faults).hasSize(1);
  }

  @Test
  void ofTooManyStatementsNoneCountsAndNoneIsAdded() throws IOException {
    Path first = folder.add(ANNA);
    for (int i = 0; i < RequestFolder.MOST_STATEMENTS; i++) {
      Files.write(first.resolveSibling(i + ".approval"), ANNA.toBytes());
    }
    assertThatThrownBy(() -> folder.statements(PLAN, faults::add))
        .hasMessageContaining("none of them counts");
    assertThatThrownBy(() -> folder.add(LI)).hasMessageContaining("move older ones away");
  }

  @Test
  void theWatchTellsOfAllStatementsOncePerChange() throws IOException {
    List<List<SignedApproval>> told = new ArrayList<>();
    StatementWatch watch =
        new StatementWatch(folder, (plan, known) -> told.add(known), faults::add);
    folder.add(ANNA);
    watch.look();
    assertThat(told).isEmpty();
    watch.watch(PLAN);
    watch.look();
    watch.look();
    folder.add(LI);
    watch.look();
    assertThat(told).hasSize(2);
    assertThat(told.get(0)).containsExactly(ANNA);
    assertThat(told.get(1)).containsExactlyInAnyOrder(ANNA, LI);
    watch.forget(PLAN);
    folder.add(Statements.says(MATTER, 2, "officer", Verdict.ASK));
    watch.look();
    assertThat(told).hasSize(2);
  }

  @Test
  void theWatchReportsAFaultOnceAndGoesOn() throws IOException {
    Path file = folder.add(ANNA);
    Files.writeString(file.resolveSibling("x.approval"), "yes");
    StatementWatch watch = new StatementWatch(folder, (plan, known) -> {}, faults::add);
    watch.watch(PLAN);
    watch.look();
    folder.add(LI);
    watch.look();
    assertThat(faults).hasSize(1);
  }
}
