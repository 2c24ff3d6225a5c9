package org.althing.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.privacy.LedgerEntry.BudgetSet;
import org.althing.privacy.LedgerEntry.ReleaseCharged;
import org.althing.privacy.LedgerEntry.StudyClosed;
import org.althing.privacy.LedgerEntry.StudyReserved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from a ledger is what could have been written there, to the last byte. */
class LedgerEntryTest {
  private static final Digest STUDY = Digest.of("study".getBytes(UTF_8));
  private static final NoisePlan PLAN = LocalSums.plan(10, 3);
  private static final ReleaseCharged CHARGE =
      new ReleaseCharged(new ReleaseId(STUDY, 0, 1), PLAN, PLAN.rho());

  /** Where the last byte of each of a charge's three costs stands, from the end. */
  private static final int GROSS = 17;

  private static final int IF_ALL_COLLUDE = 9;
  private static final int MARGINAL = 1;

  static Stream<LedgerEntry> entries() {
    return Stream.of(
        new BudgetSet("visits", new Rho(5)),
        new StudyReserved(
            STUDY, "visits", List.of(new PlannedRelease(Partition.ALL, PLAN.rho())), 1),
        new StudyReserved(
            STUDY,
            "visits",
            List.of(new PlannedRelease(Partition.ALL, PLAN.rho())),
            1,
            Optional.of(new Asked("lead-one", LocalDate.of(2026, 11, 28)))),
        CHARGE,
        new StudyClosed(STUDY));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void nothingMayFollowAnEntryAndNothingOfItMayBeMissing(LedgerEntry entry) throws Exception {
    byte[] bytes = entry.toBytes();
    assertThat(LedgerEntry.read(bytes)).isEqualTo(entry);
    refused(Arrays.copyOf(bytes, bytes.length + 1));
    refused(Arrays.copyOf(bytes, bytes.length - 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {GROSS, IF_ALL_COLLUDE})
  void aWrittenCostIsTheCostOfItsNoise(int fromEnd) {
    refused(spoiled(fromEnd));
  }

  /** What the study's other charges make of it is the ledger's to compare. */
  @Test
  void aMarginalCostIsReadAsItIsWritten() throws Exception {
    assertThat(LedgerEntry.read(spoiled(MARGINAL))).isNotEqualTo(CHARGE);
  }

  private static byte[] spoiled(int fromEnd) {
    byte[] bytes = CHARGE.toBytes();
    bytes[bytes.length - fromEnd] ^= 1;
    return bytes;
  }

  private static void refused(byte[] bytes) {
    assertThatExceptionOfType(MalformedEncoding.class).isThrownBy(() -> LedgerEntry.read(bytes));
  }

  @Test
  void aPopulationHasANameOfAtMost200Characters() {
    assertThat(new BudgetSet("x".repeat(200), new Rho(1)).population()).hasSize(200);
    for (String name : List.of("", " ", "x".repeat(201))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new BudgetSet(name, new Rho(1)));
    }
  }
}
