package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.althing.encoding.Bytes;
import org.althing.federation.Roster;
import org.althing.report.PaperStudy;
import org.althing.study.Examples;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A folder made by a study on paper, then spoiled in every way: a verifier that lets one through
 * proves nothing.
 */
class FolderVerifierTest {
  private static final int SEED = 20261123;
  private static final Map<String, SortedMap<String, Bytes>> FOLDERS = new HashMap<>();

  static Stream<String> studies() {
    return Stream.of(
        PaperStudy.QUALITY,
        PaperStudy.STATISTICS,
        PaperStudy.NAIVE_BAYES,
        PaperStudy.NORMAL,
        PaperStudy.PAIRS,
        PaperStudy.PAIRED_BAYES,
        PaperStudy.IN_GROUPS,
        PaperStudy.BALANCED,
        PaperStudy.SVM,
        PaperStudy.CLASSES,
        PaperStudy.CANDIDATES,
        PaperStudy.CANDIDATES_OF_CLASSES,
        PaperStudy.CLUSTERS,
        PaperStudy.LOGISTIC);
  }

  private static SortedMap<String, Bytes> folder(String study) {
    return new TreeMap<>(
        FOLDERS.computeIfAbsent(study, s -> PaperStudy.completed(s, 100).folder()));
  }

  private static Evidence verify(SortedMap<String, Bytes> files) {
    return FolderVerifier.verify(files, Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("studies")
  void anUntouchedFolderIsValid(String study) {
    Evidence evidence = verify(folder(study));
    assertThat(evidence.fault()).isEmpty();
    assertThat(evidence.held()).hasSize(11);
  }

  @Test
  void whatMembersDeclaredIsCheckedToo() {
    SortedMap<String, Bytes> files =
        PaperStudy.completed(PaperStudy.QUALITY, 40).declaresAll().folder();
    Evidence evidence = verify(files);
    assertThat(evidence.fault()).isEmpty();
    assertThat(evidence.held().get(5).finding()).startsWith("3 declarations of members");
  }

  @Test
  void aStoppedStudyIsValidEvidenceOfItsStop() {
    Evidence evidence = verify(PaperStudy.stopped(PaperStudy.NAIVE_BAYES).folder());
    assertThat(evidence.fault()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("studies")
  void aMissingFileIsNoticedWhicheverItIs(String study) {
    for (String name : folder(study).keySet()) {
      SortedMap<String, Bytes> files = folder(study);
      files.remove(name);
      assertThat(verify(files).isValid()).as(name).isFalse();
    }
  }

  @Test
  void aFileTooManyIsNoticed() {
    for (String name : List.of("notes.txt", "log/9999.entry", "releases/99-x.sum", ".hidden")) {
      SortedMap<String, Bytes> files = folder(PaperStudy.QUALITY);
      files.put(name, Bytes.EMPTY);
      assertThat(verify(files).isValid()).as(name).isFalse();
    }
  }

  /** Files come from others, and so do their names: none may move the reader's cursor. */
  @Test
  void aHostileNameIsShownHarmless() {
    SortedMap<String, Bytes> files = folder(PaperStudy.QUALITY);
    files.put("\u001b[2J\r\nVALID\u202e" + "x".repeat(5000), Bytes.EMPTY);
    assertThat(verify(files).fault())
        .hasValueSatisfying(
            fault ->
                assertThat(fault.finding())
                    .startsWith("a file too many")
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
                    .hasSizeLessThanOrEqualTo(1000));
  }

  /** A sparse file: it takes no room on the disk, and would take all of the memory. */
  @Test
  void aFolderLargerThanTheMemoryIsRefusedUnread(@TempDir Path folder) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("huge").toFile(), "rw")) {
      file.setLength((1L << 30) + 1);
    }
    assertThatThrownBy(() -> VerifyCommand.load(folder))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("huge is a link, or the folder has more than");
  }

  @ParameterizedTest
  @MethodSource("studies")
  void twoFilesExchangedAreNoticed(String study) {
    List<String> names = new ArrayList<>(folder(study).keySet());
    for (int i = 1; i < names.size(); i++) {
      SortedMap<String, Bytes> files = folder(study);
      Bytes first = files.get(names.get(i - 1));
      Bytes second = files.get(names.get(i));
      if (!first.equals(second)) {
        files.put(names.get(i - 1), second);
        files.put(names.get(i), first);
        assertThat(verify(files).isValid()).as(names.get(i)).isFalse();
      }
    }
  }

  /** Every file shortened, lengthened, and with one bit turned every 331 bytes. */
  @ParameterizedTest
  @MethodSource("studies")
  void aTurnedBitIsNoticedInEveryFile(String study) {
    assertThat(unnoticed(study, 331)).isEmpty();
  }

  /** Every single byte of a whole folder. */
  @Tag("nightly")
  @ParameterizedTest
  @MethodSource("studies")
  void everyTurnedByteIsNoticed(String study) {
    assertThat(unnoticed(study, 1)).isEmpty();
  }

  private static List<String> unnoticed(String study, int stride) {
    List<String> unnoticed = new ArrayList<>();
    SortedMap<String, Bytes> files = folder(study);
    for (String name : List.copyOf(files.keySet())) {
      byte[] good = files.get(name).toArray();
      for (int i = Math.floorMod(SEED, stride); i < good.length + stride; i += stride) {
        // The first and the last byte of a file are always among those tried.
        int at = i == Math.floorMod(SEED, stride) ? 0 : Math.min(i, good.length - 1);
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << Math.floorMod(i + SEED, 8));
        files.put(name, Bytes.of(bad));
        if (verify(files).isValid()) {
          unnoticed.add(name + " at byte " + at);
        }
      }
      files.put(name, Bytes.of(java.util.Arrays.copyOf(good, good.length - 1)));
      boolean shorter = verify(files).isValid();
      files.put(name, Bytes.of(java.util.Arrays.copyOf(good, good.length + 1)));
      if (shorter || verify(files).isValid()) {
        unnoticed.add(name + " of another length");
      }
      files.put(name, Bytes.of(good));
    }
    return unnoticed;
  }

  @Test
  void anotherRosterThanTheOneGivenIsNoticed() {
    Roster known = Examples.roster(4);
    SortedMap<String, Bytes> files = folder(PaperStudy.QUALITY);
    assertThat(FolderVerifier.verify(files, Optional.of(known)).isValid()).isTrue();
    Roster other =
        new Roster(
            known.members().stream()
                .map(
                    m ->
                        m.id().equals(Examples.node(1))
                            ? new Roster.Member(m.id(), Examples.key(40).verifyingKey())
                            : m)
                .toList(),
            known.quorum());
    assertThat(FolderVerifier.verify(files, Optional.of(other)).fault())
        .hasValueSatisfying(fault -> assertThat(fault.finding()).contains("--roster"));
  }

  /** The log, its proofs and its cosignatures are all true here: only the number is a lie. */
  @Test
  void aCoordinatorThatIssuesAnotherModelIsFoundOut() {
    SortedMap<String, Bytes> files =
        PaperStudy.completed(PaperStudy.LOGISTIC, 100)
            .folder(
                derived -> {
                  String model =
                      new String(derived.get("model.json").toArray(), StandardCharsets.UTF_8);
                  String other = model.replaceFirst("\"weight\" : ", "\"weight\" : 1");
                  derived.put("model.json", Bytes.of(other.getBytes(StandardCharsets.UTF_8)));
                  return derived;
                });
    assertThat(verify(files).fault())
        .hasValue(new Evidence.Check("result", "model.json does not follow from the releases"));
  }

  @Test
  void saysWhichCheckBrokeAndWhere() {
    SortedMap<String, Bytes> files = folder(PaperStudy.LOGISTIC);
    byte[] sum = files.get("releases/02-logistic-round-2.sum").toArray();
    sum[7] ^= 1;
    files.put("releases/02-logistic-round-2.sum", Bytes.of(sum));
    assertThat(verify(files).fault())
        .hasValueSatisfying(
            fault -> {
              assertThat(fault.name()).isEqualTo("files");
              assertThat(fault.finding()).contains("releases/02-logistic-round-2.sum");
            });
  }
}
