package org.althing.node.declarations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.policy.Retention;
import org.althing.study.Declaration;
import org.althing.study.Examples;
import org.althing.study.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is older than the policy's periods goes, is declared whatever happens, and nothing else
 * does.
 */
class RetentionSweepTest {
  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
  private static final Digest POLICY = Digest.of(new byte[] {1});
  private static final Retention YEAR =
      new Retention(
          Map.of(
              Retention.Kind.OUTBOX, Period.ofYears(1),
              Retention.Kind.APPROVALS, Period.ofYears(1),
              Retention.Kind.SALTS, Period.ofYears(1)));

  @TempDir private Path state;

  private RetentionSweep sweep() {
    return new RetentionSweep(state, YEAR, NOW);
  }

  private Path write(String name) throws IOException {
    Path file = state.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private static String millis(String day) {
    return Long.toString(Instant.parse(day + "T00:00:00Z").toEpochMilli());
  }

  private static List<Path> files(List<RetentionSweep.Due> due) {
    return due.stream().flatMap(each -> each.files().stream()).toList();
  }

  @Test
  void aMonthIsOldWhenItsLastDayIsAndTheNewestStays() throws IOException {
    Path may = write("outbox/2025-05.sent");
    write("outbox/2025-06.sent");
    assertThat(files(sweep().due())).containsExactly(may);
    Files.delete(state.resolve("outbox/2025-06.sent"));
    assertThat(sweep().due()).isEmpty();
  }

  @Test
  void whatPeopleSaidGoesUnlessTheyAreStillAsked() throws IOException {
    Path old = write("approvals/aa/" + millis("2025-01-01") + "-anna-1.approval");
    write("approvals/aa/" + millis("2026-01-01") + "-anna-2.approval");
    write("approvals/bb/" + millis("2025-01-01") + "-anna-3.approval");
    write("requests/bb.request");
    Path consent = write("policy-consents/" + millis("2024-01-01") + "-anna-4.consent");
    write("policies/000001-x.yaml");
    write("receipts/000000000001.tlog-proof");
    assertThat(files(sweep().due())).containsExactly(old, consent);
  }

  @Test
  void aNameThatTellsNoTimeStays() throws IOException {
    write("policy-consents/anna.consent");
    write("outbox/last-year.sent");
    write("outbox/zz.sent");
    assertThat(sweep().due()).isEmpty();
  }

  @Test
  void erasedSaltsAreDeclaredByTheCommitmentsTheyOpened() throws IOException {
    DeclarationFolder folder = new DeclarationFolder(state);
    Opening opening = Opening.of(new byte[32], new byte[] {7});
    Declaration.Incident incident =
        new Declaration.Incident(
            Declaration.Category.OTHER, 0, Optional.empty(), opening.commitment());
    folder.add(
        Examples.node(0),
        Examples.key(0),
        incident,
        List.of(opening),
        0,
        Instant.parse("2024-01-01T00:00:00Z").toEpochMilli());
    assertThat(folder.opening(opening.commitment())).contains(opening);
    RetentionSweep.Begun begun = sweep().begin(POLICY, sweep().due());
    RetentionSweep.erase(begun);
    assertThat(((Declaration.Erased) begun.matter()).salts()).containsExactly(opening.commitment());
    assertThat(folder.opening(opening.commitment())).isEmpty();
  }

  @Test
  void aSweepThatWasCutShortIsFinishedAndDeclaredAsItWasBegun() throws IOException {
    write("outbox/2024-05.sent");
    write("outbox/2024-06.sent");
    write("outbox/2026-06.sent");
    RetentionSweep.Begun begun = sweep().begin(POLICY, sweep().due());
    Files.delete(state.resolve("outbox/2024-05.sent"));
    RetentionSweep.Begun found = sweep().begun().orElseThrow();
    assertThat(found).isEqualTo(begun);
    RetentionSweep.erase(found);
    assertThat(state.resolve("outbox/2024-06.sent")).doesNotExist();
    assertThat(((Declaration.Erased) found.matter()).lots().get(0).count()).isEqualTo(2);
    sweep().done();
    assertThat(sweep().begun()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ledger.sqlite", "../policy.yaml", "outbox/../ledger.sqlite", "/etc/hosts"})
  void aSweepThatNamesAnythingElseErasesNothing(String name) throws IOException {
    write("outbox/2024-05.sent");
    write("outbox/2024-06.sent");
    RetentionSweep.Begun begun = sweep().begin(POLICY, sweep().due());
    Files.write(
        state.resolve("sweep"),
        new CanonicalWriter("sweep/v1")
            .putBytes(begun.matter().toBytes())
            .putList(List.of("outbox/2024-05.sent", name), CanonicalWriter::putString)
            .toBytes());
    assertThatThrownBy(() -> sweep().begun())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no sweep erases");
  }

  @Test
  void numbersGoOnAfterWhatTheLogIsKnownToHave() throws IOException {
    DeclarationFolder folder = new DeclarationFolder(state);
    Declaration.Incident incident =
        new Declaration.Incident(Declaration.Category.OTHER, 0, Optional.empty(), POLICY);
    for (long after : new long[] {0, 0, 9}) {
      folder.add(Examples.node(0), Examples.key(0), incident, List.of(), after, 1);
    }
    assertThat(folder.all().stream().map(each -> each.statement().number()))
        .containsExactly(1L, 2L, 10L);
  }
}
