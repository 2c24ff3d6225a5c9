package org.althing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.althing.audit.Cosignature;
import org.althing.audit.NoteSignature;
import org.althing.audit.SignedNote;
import org.althing.document.RosterDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.Rho;
import org.althing.report.ForgedFolder;
import org.althing.report.PaperStudy;
import org.althing.report.StudyFolder;
import org.althing.study.ChargeStatement;
import org.althing.study.Declaration;
import org.althing.study.Examples;
import org.althing.study.Refusal;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Folders made here and spoiled in every way, before both verifiers: what one of them lets through,
 * the other must too, but for what only a recomputation can see.
 */
class SecondVerifierTest {
  @TempDir private static Path folder;
  private static final List<SecondVerifier> STARTED = new ArrayList<>();
  private static String python = "";

  private static final Rho PICO = new Rho(1);

  private static final SortedMap<String, Bytes> QUALITY =
      PaperStudy.completed(PaperStudy.QUALITY, 40).folder();
  private static final SortedMap<String, Bytes> BAYES =
      PaperStudy.completed(PaperStudy.NAIVE_BAYES, 40).folder();

  @BeforeAll
  static void startsPython() throws IOException, InterruptedException {
    Optional<String> found = SecondVerifier.python();
    assumeTrue(
        found.isPresent(),
        "no python3 with the package cryptography: the second verifier is not tested");
    python = found.get();
    STARTED.add(new SecondVerifier(python, Files.createDirectory(folder.resolve("study"))));
  }

  @AfterAll
  static void stopsPython() throws IOException {
    for (SecondVerifier verifier : STARTED) {
      verifier.close();
    }
  }

  private static String second(SortedMap<String, Bytes> files) throws IOException {
    return STARTED.get(0).verdict(files);
  }

  private static String first(SortedMap<String, Bytes> files) {
    return FolderVerifier.verify(files, Optional.empty())
        .fault()
        .map(check -> check.name() + ": " + check.finding())
        .orElse("VALID");
  }

  private static void bothRefuse(SortedMap<String, Bytes> files, String what) throws IOException {
    assertThat(first(files)).as(what).isNotEqualTo("VALID");
    assertThat(second(files)).as(what).isNotEqualTo("VALID").isNotEqualTo("no answer");
  }

  static Stream<Arguments> untouched() {
    return Stream.of(
        arguments("quality", QUALITY),
        arguments("naive Bayes", BAYES),
        arguments("statistics", PaperStudy.completed(PaperStudy.STATISTICS, 40).folder()),
        arguments("logistic", PaperStudy.completed(PaperStudy.LOGISTIC, 40).folder()),
        arguments("support vector machine", PaperStudy.completed(PaperStudy.SVM, 40).folder()),
        arguments("classes", PaperStudy.completed(PaperStudy.CLASSES, 40).folder()),
        arguments("candidates", PaperStudy.completed(PaperStudy.CANDIDATES, 40).folder()),
        arguments("groups", PaperStudy.completed(PaperStudy.IN_GROUPS, 40).folder()),
        arguments("clusters", PaperStudy.completed(PaperStudy.CLUSTERS, 40).folder()),
        arguments("declared", PaperStudy.completed(PaperStudy.QUALITY, 40).declaresAll().folder()),
        arguments("stopped", PaperStudy.stopped(PaperStudy.NAIVE_BAYES).folder()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("untouched")
  void anUntouchedFolderIsValidToBoth(String study, SortedMap<String, Bytes> files)
      throws IOException {
    assertThat(first(files)).as(study).isEqualTo("VALID");
    assertThat(second(files)).as(study).isEqualTo("VALID");
  }

  @Test
  void bothRefuseADeclarationThatIsAnothersOrOutOfPlace() throws IOException {
    Declaration.Matter incident =
        new Declaration.Incident(
            Declaration.Category.OTHER, 1, Optional.empty(), Digest.of(new byte[] {1}));
    bothRefuse(
        PaperStudy.completed(PaperStudy.QUALITY, 40).declares(0, incident, 1).folder(),
        "under another member's key");
    bothRefuse(
        PaperStudy.completed(PaperStudy.QUALITY, 40).declares(9, incident).folder(),
        "of a stranger");
    SortedMap<String, Bytes> whole =
        PaperStudy.completed(PaperStudy.QUALITY, 40).declaresAll().folder();
    List<String> names = whole.keySet().stream().filter(n -> n.startsWith("declared/")).toList();
    assertThat(names).hasSize(6);
    for (String name : names) {
      SortedMap<String, Bytes> without = new TreeMap<>(whole);
      without.remove(name);
      bothRefuse(without, name + " is missing");
      for (String other : names) {
        SortedMap<String, Bytes> swapped = new TreeMap<>(whole);
        swapped.put(name, whole.get(other));
        if (!name.equals(other)) {
          bothRefuse(swapped, other + " in the place of " + name);
        }
      }
    }
  }

  @Test
  void bothPrintTheSameFindingsAndFingerprints() throws IOException, InterruptedException {
    second(BAYES);
    List<String> printed = command(0);
    List<Evidence.Check> checks = FolderVerifier.verify(BAYES, Optional.empty()).held();
    assertThat(checks).hasSize(11);
    for (Evidence.Check check : checks) {
      String line = String.format("\u2714 %-13s %s", check.name(), check.finding());
      switch (check.name()) {
        case "plan" ->
            assertThat(printed)
                .anyMatch(
                    own -> own.endsWith(check.finding().substring("compiled again".length())));
        case "result" ->
            assertThat(printed)
                .noneMatch(own -> own.contains(" result "))
                .anyMatch(own -> own.contains("'althing verify' recomputes them bit for bit"));
        default -> assertThat(printed).contains(line);
      }
    }
  }

  @Test
  void theCommandEndsWithTheExitCodesOfVerify() throws IOException, InterruptedException {
    SortedMap<String, Bytes> files = new TreeMap<>(QUALITY);
    files.remove("log/key");
    second(files);
    assertThat(command(ExitCode.VERIFICATION_FAILED.code()))
        .contains("\u2716 files         a file is missing: log/key");
    second(QUALITY);
    assertThat(command(ExitCode.OK.code(), "--json")).contains("  \"valid\": true,");
    command(ExitCode.BAD_INPUT.code(), "--roster", folder.resolve("none").toString());
  }

  @Test
  void theRosterFileOfAReaderIsReadByBoth() throws IOException, InterruptedException {
    second(QUALITY);
    Path file = folder.resolve("roster.yaml");
    Files.writeString(file, RosterDocument.write(Examples.roster(4)));
    command(ExitCode.OK.code(), "--roster", file.toString());
    Files.writeString(file, RosterDocument.write(Examples.roster(5)));
    assertThat(command(ExitCode.VERIFICATION_FAILED.code(), "--roster", file.toString()))
        .anyMatch(line -> line.contains("is not the one you gave with --roster"));
  }

  /** Every pair of sizes up to seventeen, and a bit of each third byte of one of them. */
  @Test
  void whatANodeKeptOfAForkIsJudgedAlikeByBoth() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (int to = 2; to <= 17; to++) {
      for (int from = 2; from <= to; from++) {
        files.add(Forks.bytes(Forks.fork(from, to)));
        files.add(Forks.bytes(Forks.growth(from, to)));
      }
    }
    byte[] good = Forks.bytes(Forks.fork(6, 11));
    for (int i = 0; i < good.length; i += 3) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      files.add(bad);
    }
    int forks = 0;
    for (byte[] file : files) {
      boolean proof = LogAccusation.verify(file, Forks.key()).isValid();
      assertThat(STARTED.get(0).verdict(file, Forks.key()).equals("VALID"))
          .as(new String(file, UTF_8))
          .isEqualTo(proof);
      forks += proof ? 1 : 0;
    }
    assertThat(forks).isEqualTo(136 - 15 - 13 - 9 - 1);
  }

  @Test
  void aReceiptIsJudgedAlikeByBoth() throws IOException {
    byte[] key = ReceiptEvidenceTest.key(Examples.key(60));
    byte[] good = ReceiptEvidenceTest.text(ReceiptEvidenceTest.receipt());
    assertThat(STARTED.get(0).verdict(good, key)).isEqualTo("VALID");
    assertThat(STARTED.get(0).verdict(good, ReceiptEvidenceTest.key(Examples.key(61))))
        .contains("did not sign");
    for (int i = 0; i < good.length; i += 5) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      boolean first = ReceiptEvidence.isOne(bad) && ReceiptEvidence.verify(bad, key).isValid();
      assertThat(first).as("byte %d", i).isFalse();
      assertThat(STARTED.get(0).verdict(bad, key)).as("byte %d", i).isNotEqualTo("VALID");
    }
  }

  @Test
  void itsOwnTestsHoldWithThePublishedVectors() throws IOException, InterruptedException {
    Path tests = SecondVerifier.SCRIPT.resolveSibling("test_althing_verify.py");
    assertThat(run(0, python, "-B", tests.toString()))
        .anyMatch(line -> line.contains("published vectors: 57 held, 211 mutations of them"));
  }

  private static List<String> command(int exitCode, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python, "-B", SecondVerifier.SCRIPT.toString()));
    command.add(folder.resolve("study").toString());
    command.addAll(List.of(more));
    return run(exitCode, command.toArray(String[]::new));
  }

  private static List<String> run(int exitCode, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isEqualTo(exitCode);
    return text.lines().toList();
  }

  // Spoiled by whoever passes the folder on.

  @Test
  void aFileMissingOrTooManyIsNoticedByBoth() throws IOException {
    for (String name : QUALITY.keySet()) {
      SortedMap<String, Bytes> files = new TreeMap<>(QUALITY);
      files.remove(name);
      bothRefuse(files, "without " + name);
    }
    for (String name : List.of("notes.txt", "log/9999.entry", "releases/99-x.sum", ".hidden")) {
      SortedMap<String, Bytes> files = new TreeMap<>(QUALITY);
      files.put(name, Bytes.EMPTY);
      bothRefuse(files, "with " + name);
    }
  }

  @Test
  void aChangeOfAnyFileIsNoticedByBoth() throws IOException {
    for (String name : QUALITY.keySet()) {
      byte[] good = QUALITY.get(name).toArray();
      for (int at : new int[] {0, good.length / 2, good.length - 1}) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << (at % 8));
        bothRefuse(with(QUALITY, name, bad), name + " at byte " + at);
      }
      bothRefuse(with(QUALITY, name, Arrays.copyOf(good, good.length - 1)), name + " shorter");
      bothRefuse(with(QUALITY, name, Arrays.copyOf(good, good.length + 1)), name + " longer");
    }
  }

  @Test
  void exchangedFilesAreNoticedByBoth() throws IOException {
    List<String> names = new ArrayList<>(QUALITY.keySet());
    for (int i = 1; i < names.size(); i++) {
      String one = names.get(i - 1);
      String other = names.get(i);
      SortedMap<String, Bytes> files = with(QUALITY, one, QUALITY.get(other).toArray());
      files.put(other, QUALITY.get(one));
      if (!QUALITY.get(one).equals(QUALITY.get(other))) {
        bothRefuse(files, one + " for " + other);
      }
    }
  }

  private static SortedMap<String, Bytes> with(
      SortedMap<String, Bytes> files, String name, byte[] content) {
    SortedMap<String, Bytes> other = new TreeMap<>(files);
    other.put(name, Bytes.of(content));
    return other;
  }

  // The final checkpoint, by somebody who has keys.

  @Test
  void aCheckpointThatIsNotTheQuorumsIsNoticedByBoth() throws IOException, MalformedEncoding {
    SignedNote held = SignedNote.parse(QUALITY.get(StudyFolder.CHECKPOINT).toArray());
    List<NoteSignature> lines = held.signatures();
    checkpointRefused("checkpoint", new SignedNote(held.text(), lines.subList(0, 3)));
    NoteSignature forged = cosigned(held.text(), 40, Examples.node(3).value());
    checkpointRefused("checkpoint", held.with(forged));
    checkpointRefused("checkpoint", held.with(cosigned(held.text(), 40, "stranger")));
    NoteSignature ofAnotherText = cosigned("another\n", 3, Examples.node(3).value());
    checkpointRefused("checkpoint", held.with(ofAnotherText));
    String[] text = held.text().split("\n", 3);
    String fork = text[0] + "\n" + text[1] + "\n" + base64Of(Digest.of(new byte[1])) + "\n";
    SignedNote forked = SignedNote.sign(fork, text[0], Examples.key(50));
    for (int node = 0; node < 4; node++) {
      forked = forked.with(cosigned(fork, node, Examples.node(node).value()));
    }
    checkpointRefused("log", forked);
  }

  private static String base64Of(Digest digest) {
    return Base64.getEncoder().encodeToString(digest.bytes());
  }

  private static NoteSignature cosigned(String text, int key, String name) {
    return Cosignature.sign(text, name, Examples.key(key), 1_795_471_200).line();
  }

  private static void checkpointRefused(String check, SignedNote note) throws IOException {
    SortedMap<String, Bytes> files = with(QUALITY, StudyFolder.CHECKPOINT, note.toBytes());
    assertThat(first(files)).startsWith(check);
    assertThat(second(files)).startsWith(check);
  }

  // The entries, by a log whose witnesses never look: every digest, proof and signature fits again.

  static Stream<Arguments> lies() {
    Map<String, Consumer<List<StudyEvent>>> lies = new LinkedHashMap<>();
    lies.put(
        "chain: the study goes on after its end",
        told -> told.add(told.size() - 1, new StudyEvent.RoundAborted(1, 2, "late")));
    lies.put(
        "chain: the study has not ended",
        told -> told.removeIf(is(StudyEvent.StudyCompleted.class)));
    lies.put("admissions: one is missing", told -> told.remove(2));
    lies.put("admissions: one stands twice", told -> told.add(3, told.get(2)));
    lies.put(
        "admissions: one is none",
        told -> told.set(1, new StudyEvent.NodeAdmitted(Bytes.of(new byte[] {1}))));
    lies.put("admissions: a refusal that another node signed", told -> told.add(5, refusal(2, 1)));
    lies.put("charges: one is missing", told -> told.remove(index(told, charged(), 0)));
    lies.put(
        "charges: one stands twice",
        told -> told.add(index(told, charged(), 0), told.get(index(told, charged(), 0))));
    lies.put("charges: of a node outside the sum, after it", SecondVerifierTest::paidLate);
    lies.put(
        "charges: before its attempt",
        told -> move(told, index(told, charged(), 0), index(told, opened(), 0)));
    lies.put(
        "charges: of the first release again for the second",
        told -> told.set(index(told, charged(), 4), told.get(index(told, charged(), 0))));
    lies.put("charges: no attempt began", told -> told.remove(index(told, opened(), 1)));
    lies.put(
        "charges: the attempt was given up",
        told ->
            told.add(index(told, released(), 0), new StudyEvent.RoundAborted(0, 1, "given up")));
    lies.put(
        "charges: a total is larger than its charges",
        told -> recharge(told, 4, r -> spending(r, r.marginal(), r.spent().plus(PICO))));
    lies.put(
        "charges: a total is smaller than its charges",
        told -> recharge(told, 4, r -> spending(r, r.marginal(), r.gross())));
    lies.put(
        "charges: the first total is less than its price",
        told -> recharge(told, 0, r -> spending(r, r.marginal(), PICO)));
    lies.put("charges: one sum comes twice", told -> repeat(told, index(told, released(), 0)));
    lies.put("confirmations: too few", told -> retell(told, r -> confirmed(r, 2)));
    lies.put("confirmations: one stands twice", told -> retell(told, SecondVerifierTest::doubled));
    lies.put(
        "confirmations: of other keys",
        told ->
            told.set(
                index(told, is(StudyEvent.EpochOpened.class), 0),
                new StudyEvent.EpochOpened(
                    1, Digest.of(new byte[] {4}), Examples.roster(4).ids())));
    lies.put(
        "confirmations: under another history", told -> told.remove(index(told, witnessed(), 1)));
    lies.put(
        "confirmations: under no history that was cosigned",
        told -> told.remove(index(told, witnessed(), 0)));
    lies.put(
        "confirmations: of a node without keys",
        told ->
            told.set(
                index(told, is(StudyEvent.EpochOpened.class), 0),
                new StudyEvent.EpochOpened(
                    1, Digest.of(new byte[] {3}), Examples.roster(4).ids().subList(0, 3))));
    return lies.entrySet().stream().map(lie -> arguments(lie.getKey(), lie.getValue()));
  }

  /** A refusal in the name of one node, by the key of another. */
  private static StudyEvent refusal(int of, int by) {
    Digest plan = ((StudyEvent.StudySubmitted) ForgedFolder.eventsOf(BAYES).get(0)).plan();
    Refusal refusal =
        new Refusal(
            Examples.node(of), plan, List.of(new Refusal.Reason("budget", "nothing is left")));
    return new StudyEvent.NodeRefused(Signed.by(Examples.key(by), refusal));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void aLieOfTheLogIsNoticedByBothUnderTheSameName(String lie, Consumer<List<StudyEvent>> telling)
      throws IOException {
    List<StudyEvent> told = ForgedFolder.eventsOf(BAYES);
    telling.accept(told);
    SortedMap<String, Bytes> files =
        ForgedFolder.of(told, ForgedFolder.derivedOf(BAYES)).orElseThrow();
    String check = lie.substring(0, lie.indexOf(':'));
    assertThat(first(files)).startsWith(check);
    assertThat(second(files)).startsWith(check);
  }

  /** Only what one side of a split pays may be free, where the other side was dearer. */
  @Test
  void bothRefuseASumOverAllRecordsThatAddsLessThanItsPrice() throws IOException {
    List<StudyEvent> told = ForgedFolder.eventsOf(QUALITY);
    recharge(told, 0, r -> spending(r, PICO, r.spent()));
    SortedMap<String, Bytes> files =
        ForgedFolder.of(told, ForgedFolder.derivedOf(QUALITY)).orElseThrow();
    assertThat(first(files)).startsWith("charges: what org-a says the release adds");
    assertThat(second(files)).startsWith("charges");
  }

  /**
   * One event with some bytes put over others: whatever one verifier lets pass, the other does; but
   * the second one writes no report to hold the folder's to.
   */
  @ParameterizedTest
  @ValueSource(ints = {20261127, 20261128, 20261129})
  void nonsenseOfTheLogIsJudgedAlikeByBoth(int seed) throws IOException {
    Random random = new Random(seed);
    List<StudyEvent> events = ForgedFolder.eventsOf(BAYES);
    for (int i = 0; i < 60; i++) {
      List<StudyEvent> told = new ArrayList<>(events);
      int at = random.nextInt(told.size());
      told.set(at, spliced(told.get(at), random));
      Optional<SortedMap<String, Bytes>> files =
          ForgedFolder.of(told, ForgedFolder.derivedOf(BAYES));
      if (files.isPresent()) {
        String first = first(files.get());
        String second = second(files.get());
        assertThat(second.equals("VALID"))
            .as("entry %d: %s, but %s", at, first, second)
            .isEqualTo(first.equals("VALID") || first.startsWith("result: report.html"));
      }
    }
  }

  private static StudyEvent spliced(StudyEvent event, Random random) {
    byte[] good = event.toBytes();
    // Within one field the event mostly stays readable; elsewhere the log could not hold it.
    for (int trial = 0; trial < 20; trial++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      for (int i = at; i < Math.min(at + 1 + random.nextInt(4), bad.length); i++) {
        bad[i] = (byte) random.nextInt(256);
      }
      try {
        return StudyEvent.ofBytes(bad);
      } catch (MalformedEncoding e) {
        continue;
      }
    }
    return event;
  }

  @Test
  void aLogThatIsToldAgainUnchangedIsValidToBoth() throws IOException {
    SortedMap<String, Bytes> files =
        ForgedFolder.of(ForgedFolder.eventsOf(BAYES), ForgedFolder.derivedOf(BAYES)).orElseThrow();
    assertThat(first(files)).isEqualTo("VALID");
    assertThat(second(files)).isEqualTo("VALID");
  }

  @Test
  void anotherSumUnderTheSameConfirmationsIsNoticedByBoth() throws IOException {
    List<StudyEvent> told = ForgedFolder.eventsOf(BAYES);
    SortedMap<String, Bytes> derived = ForgedFolder.derivedOf(BAYES);
    String name =
        derived.keySet().stream().filter(n -> n.startsWith("releases/01")).toList().get(0);
    byte[] sum = derived.get(name).toArray();
    sum[7] ^= 1;
    derived.put(name, Bytes.of(sum));
    int at = index(told, released(), 0);
    told.set(at, ForgedFolder.of((StudyEvent.Released) told.get(at), sum));
    // The second release was confirmed by nodes that had been shown the true first one.
    SortedMap<String, Bytes> files = ForgedFolder.of(told, derived).orElseThrow();
    assertThat(first(files)).startsWith("confirmations: release 2");
    assertThat(second(files)).startsWith("confirmations: release 2");
  }

  @Test
  void aFileThatNoStudyHasIsNoticedByBothThoughTheLogIssuesIt() throws IOException {
    SortedMap<String, Bytes> files =
        issued(
            derived -> {
              derived.put("summary.html", Bytes.of("All is well.".getBytes(UTF_8)));
              return derived;
            });
    assertThat(first(files)).isEqualTo("result: no study has the file summary.html");
    assertThat(second(files))
        .isEqualTo("releases: the log issues summary.html, which no study has");
  }

  @Test
  void aPlanThatWasNotAdmittedIsNoticedByBothInWhatTheReportSaysOfIt() throws IOException {
    SortedMap<String, Bytes> files =
        issued(derived -> replaced(derived, "result.json", "\"steps_per_unit\" : ", "$01"));
    assertThat(first(files)).startsWith("result: ");
    assertThat(second(files)).startsWith("plan: ");
  }

  /** The second verifier has no decoders and no renderer, and says so at its end. */
  @Test
  void onlyTheRecomputationNoticesFindingsThatDoNotFollow() throws IOException {
    for (String[] lie :
        new String[][] {
          {"model.json", "\"title\" : \"", "$0Not "},
          {"report.html", "<h1>", "$0Not "},
          {"result.json", "\"records\" : \\{\\s*\"value\" : ", "$01"}
        }) {
      SortedMap<String, Bytes> files = issued(derived -> replaced(derived, lie[0], lie[1], lie[2]));
      assertThat(first(files))
          .startsWith("result: " + lie[0] + " does not follow from the releases")
          .matches(
              said ->
                  said.endsWith("or another build of Althing wrote it")
                      == lie[0].equals("report.html"));
      assertThat(second(files)).as(lie[0]).isEqualTo("VALID");
    }
  }

  private static SortedMap<String, Bytes> issued(UnaryOperator<SortedMap<String, Bytes>> forgery) {
    return PaperStudy.completed(PaperStudy.NAIVE_BAYES, 100).folder(forgery);
  }

  private static SortedMap<String, Bytes> replaced(
      SortedMap<String, Bytes> derived, String name, String pattern, String by) {
    String text = new String(derived.get(name).toArray(), UTF_8);
    String other = text.replaceFirst(pattern, by);
    assertThat(other).as(name).isNotEqualTo(text);
    derived.put(name, Bytes.of(other.getBytes(UTF_8)));
    return derived;
  }

  // How a story is told otherwise.

  private static Predicate<StudyEvent> is(Class<? extends StudyEvent> kind) {
    return kind::isInstance;
  }

  private static Predicate<StudyEvent> charged() {
    return is(StudyEvent.Charged.class);
  }

  private static Predicate<StudyEvent> opened() {
    return is(StudyEvent.RoundOpened.class);
  }

  private static Predicate<StudyEvent> released() {
    return is(StudyEvent.Released.class);
  }

  private static Predicate<StudyEvent> witnessed() {
    return is(StudyEvent.Witnessed.class);
  }

  /** Where the event number {@code which} of a kind stands. */
  private static int index(List<StudyEvent> told, Predicate<StudyEvent> kind, int which) {
    int seen = 0;
    for (int i = 0; i < told.size(); i++) {
      if (kind.test(told.get(i)) && seen++ == which) {
        return i;
      }
    }
    throw new AssertionError("no such event");
  }

  private static void move(List<StudyEvent> told, int from, int to) {
    Collections.rotate(
        told.subList(Math.min(from, to), Math.max(from, to) + 1), from < to ? -1 : 1);
  }

  /** The fourth node is not in the first sum, and its charge for it comes behind. */
  private static void paidLate(List<StudyEvent> told) {
    int at = index(told, released(), 0);
    StudyEvent.Released sum = (StudyEvent.Released) told.get(at);
    told.set(
        at,
        new StudyEvent.Released(
            sum.release(),
            sum.attempt(),
            sum.survivors().subList(0, 3),
            sum.total(),
            sum.transcript(),
            sum.confirmations()));
    move(told, index(told, charged(), 3), index(told, witnessed(), 0));
  }

  /** A node signs another word about its ledger; everything else fits. */
  private static void recharge(
      List<StudyEvent> told, int which, UnaryOperator<ChargeReceipt> change) {
    int at = index(told, charged(), which);
    try {
      ChargeStatement said =
          Signed.ofBytes(
                  ((StudyEvent.Charged) told.get(at)).statement().toArray(),
                  ChargeStatement::ofBytes)
              .statement();
      ChargeStatement other = new ChargeStatement(said.node(), change.apply(said.receipt()));
      told.set(
          at,
          new StudyEvent.Charged(Bytes.of(Signed.by(Examples.key(which % 4), other).toBytes())));
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  private static ChargeReceipt spending(ChargeReceipt receipt, Rho marginal, Rho spent) {
    return new ChargeReceipt(receipt.release(), receipt.ledger(), receipt.gross(), marginal, spent);
  }

  private static void repeat(List<StudyEvent> told, int at) {
    told.add(at + 1, told.get(at));
  }

  private static void retell(List<StudyEvent> told, UnaryOperator<StudyEvent.Released> change) {
    int at = index(told, released(), 0);
    told.set(at, change.apply((StudyEvent.Released) told.get(at)));
  }

  private static StudyEvent.Released confirmed(StudyEvent.Released released, int by) {
    return confirmedBy(released, released.confirmations().subList(0, by));
  }

  private static StudyEvent.Released doubled(StudyEvent.Released released) {
    List<Bytes> confirmations = new ArrayList<>(released.confirmations());
    confirmations.add(confirmations.get(0));
    return confirmedBy(released, confirmations);
  }

  private static StudyEvent.Released confirmedBy(
      StudyEvent.Released released, List<Bytes> confirmations) {
    return new StudyEvent.Released(
        released.release(),
        released.attempt(),
        released.survivors(),
        released.total(),
        released.transcript(),
        confirmations);
  }
}
