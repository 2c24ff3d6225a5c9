package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.althing.cli.CommandFailure;
import org.althing.cli.ReportCommand;
import org.althing.cli.VerifyCommand;
import org.althing.deploy.lab.RealFederation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What an officer can show years later: a study that one organisation's policy refused, and its
 * successor that three people with their own keys agreed to; what left and what the log has of it;
 * a budget that two people renewed, an incident, an erasure; all of it verified twice.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifeOfAStudyIT {
  private static final int ROWS = 600;
  private static final String REASON = "the ethics board prolonged the approval to 2027";

  @TempDir private static Path folder;
  private static RealFederation federation;
  private static Path first;
  private static Path second;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> data = new HashMap<>();
    for (String node : new String[] {"east", "north", "south", "west"}) {
      data.put(node, Patients.of(node, ROWS));
    }
    federation = RealFederation.write(folder, data);
    add("east", people(person("anna.k", "steward") + person("li.wei", "officer")));
    add(
        "south",
        "approvals: { from: { steward: 1 }, valid_days: 30 }\npeople:\n"
            + person("sam.o", "steward"));
    Path east = folder.resolve("east-policy.yaml");
    Files.writeString(east, Files.readString(east).replace("rho: 1000,", "rho: 500,"));
    Path west = folder.resolve("west-policy.yaml");
    Files.writeString(
        west,
        Files.readString(west)
            .replace("bmi, glucose, max", "bmi, max")
            .replace("never: [patient_id]", "never: [patient_id, glucose]")
            .replace("people: 1000,", "people: 30000,"));
    federation.startAll();
  }

  @AfterAll
  static void end() {
    if (federation != null) {
      federation.close();
    }
  }

  private static String people(String named) {
    return "retention: { outbox: P1D, salts: P1D }\n"
        + "approvals: { from: { steward: 1, officer: 1 }, valid_days: 30 }\npeople:\n"
        + named;
  }

  private static void add(String node, String text) throws Exception {
    Files.writeString(folder.resolve(node + "-policy.yaml"), text, StandardOpenOption.APPEND);
  }

  private static String person(String id, String role) throws Exception {
    return federation.node(
        0, "person", "create", "--id", id, "--role", role, "--out", key(id).toString());
  }

  private static Path key(String person) {
    return folder.resolve(person + ".key");
  }

  private static String of(String node, String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    all.add("--config");
    all.add(federation.nodeFolder(node).resolve("node.yaml").toString());
    return federation.node(0, all.toArray(String[]::new));
  }

  private static String says(String node, String person, String study) throws Exception {
    return of(
        node, "requests", "approve", study.substring(0, 8), "--person", key(person).toString());
  }

  private static String study(String id, String columns, int people) {
    return """
        althing: study/v1
        id: %s
        title: Quality of the joint records
        purpose: heart-research
        lead: study-lead
        contract: demo-heart
        analysis:
          quality: { columns: [%s] }
        privacy: { epsilon: 20, delta: 1.0e-5 }
        participants: { people: %d }
        deadline: 10m
        """
        .formatted(id, columns, people);
  }

  /** What a command of leads and officers prints, ending with this code. */
  private static String command(int code, Object verb, Object... arguments) {
    StringWriter text = new StringWriter();
    CommandLine line = new CommandLine(verb);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
    line.setExecutionExceptionHandler(
        (e, l, p) -> {
          text.append(e.getMessage());
          return ((CommandFailure) e).exitCode().code();
        });
    String[] all = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    assertThat(line.execute(all)).as(text.toString()).isEqualTo(code);
    return text.toString();
  }

  private static String verified(Path output) throws Exception {
    String text = command(0, new VerifyCommand(), output, "--roster", federation.roster());
    Path script = Path.of("..", "verifier", "althing_verify.py").toAbsolutePath().normalize();
    Process python =
        new ProcessBuilder("python3", "-B", script.toString(), output.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(!said.contains("needs the package cryptography"), said);
    assertThat(python.waitFor()).as(said).isZero();
    return text + said;
  }

  @Test
  @Order(1)
  void whatOneOrganisationsPolicyRefusesIsRefusedWithEveryReasonAndNothingRuns() throws Exception {
    String asked = federation.submit(study("asked", "age, glucose", 20_000));
    first = federation.output(asked);
    assertThat(verified(first)).contains("VALID");
    assertThat(federation.events(asked, "NodeRefused"))
        .singleElement()
        .asString()
        .contains("west", "columns.never: never to be used: glucose")
        .contains("limits.people: people declared by the study: 20000, at least 30000 are asked");
    assertThat(federation.events(asked, "Charged")).isEmpty();
    assertThat(federation.events(asked, "RoundOpened")).isEmpty();
    Path record = folder.resolve("refused.html");
    command(0, new ReportCommand(), "record", first, "-o", record);
    assertThat(Files.readString(record))
        .contains("west refused: columns.never", "no sum became public");
  }

  @Test
  @Order(2)
  void planedAnewItIsExplainedAgreedToByThreePeopleRunReportedAndVerified() throws Exception {
    String study = federation.submit(study("anew", "age, sex", 40_000));
    federation.awaitLogged("east", "study anew.* missing: 1 officer, 1 steward");
    federation.awaitLogged("south", "study anew.* missing: 1 steward");
    assertThat(of("east", "requests", "show", study.substring(0, 8)))
        .contains("WHAT WILL LEAVE", "COST");
    assertThat(says("east", "anna.k", study)).contains("waits for 1 officer");
    assertThat(says("south", "sam.o", study)).contains("approved");
    assertThat(says("east", "li.wei", study)).contains("The study is approved");
    Output output = Output.of(federation, study);
    second = output.folder();
    assertThat(output.record().completed()).isTrue();
    output.assertRows(4 * ROWS);
    assertThat(verified(second)).contains("0 declarations of members");
    for (String kind : List.of("record", "privacy", "quality", "bundle")) {
      command(0, new ReportCommand(), kind, second, "-o", folder.resolve("second-" + kind));
    }
    assertThat(command(0, new VerifyCommand(), second, "--explain", "paid"))
        .contains("privacy/composition/paid/1", "statement.marginal", "charged/v1");
  }

  @Test
  @Order(3)
  void everyWordThatLeftIsMatchedWithTheLogByReceiptsThatAnybodyCanCheck() throws Exception {
    federation.awaitLogged("east", "study anew: study completed|study completed");
    String outbox = of("east", "outbox", "ls");
    assertThat(outbox)
        .containsPattern("Admitted .*entry \\d+, place \\d+ of the log")
        .containsPattern("INPUT, release 1, attempt 1 .*entry \\d+, place")
        .containsPattern("CONFIRM, release 1, attempt 1 .*entry \\d+, place")
        .doesNotContain("NO RECEIPT");
    assertThat(of("west", "outbox", "ls")).containsPattern("Refused .*entry \\d+, place");
    assertThat(of("east", "outbox", "ls", "--unreceipted")).contains("nothing without a receipt");
    Path receipts = federation.nodeFolder("east").resolve("state/receipts");
    List<Path> all;
    try (Stream<Path> list = Files.list(receipts)) {
      all = list.sorted().toList();
    }
    assertThat(all).hasSizeGreaterThanOrEqualTo(3);
    for (Path receipt : all) {
      assertThat(command(0, new VerifyCommand(), receipt, "--log-key", second.resolve("log/key")))
          .contains("VALID");
    }
  }

  @Test
  @Order(4)
  void aRenewalAnIncidentAndAnErasureAreInTheLogForEverybody() throws Exception {
    Path policy = folder.resolve("east-policy.yaml");
    Files.writeString(policy, Files.readString(policy).replace("rho: 500,", "rho: 900,"));
    federation.end("east");
    for (String person : List.of("anna.k", "li.wei")) {
      of("east", "policy", "agree", "--person", key(person).toString(), "--reason", REASON);
    }
    federation.startNode("east");
    federation.awaitLogged("east", "declaration 1 is in the log");
    assertThat(
            of(
                "east",
                "incident",
                "raise",
                "a backup disk was lost at the kestrel desk",
                "--category",
                "confidentiality",
                "--at",
                Instant.now().minusSeconds(3600).toString(),
                "--person",
                key("li.wei").toString()))
        .contains("an incident (confidentiality)");
    federation.awaitLogged("east", "declaration 2 is in the log");
    assertThat(of("east", "incident", "show", "2")).contains("li.wei wrote: a backup disk");

    // What is older than the policy's period: a month of the outbox, and the salt of the incident.
    Path state = federation.nodeFolder("east").resolve("state");
    Files.writeString(state.resolve("outbox/2020-01.sent"), "\n");
    age(state.resolve("openings"));
    assertThat(of("east", "retention", "sweep"))
        .contains("outbox     kept P1D", "1 files are older", "nothing was changed");
    assertThat(state.resolve("outbox/2020-01.sent")).exists();
    assertThat(of("east", "retention", "sweep", "--erase"))
        .contains("1 files of outbox", "3 files of salts", "nobody can open any more: 3");
    federation.awaitLogged("east", "declaration 3 is in the log");
    assertThat(state.resolve("outbox/2020-01.sent")).doesNotExist();
    assertThat(of("east", "incident", "show", "2")).contains("its words were erased");
    assertThat(of("east", "retention", "sweep", "--erase")).contains("nothing is older");
    assertThat(of("east", "declarations")).doesNotContain("NO RECEIPT");
  }

  /** As if they had been written in 2020. */
  private static void age(Path openings) throws Exception {
    List<Path> files;
    try (Stream<Path> list = Files.list(openings)) {
      files = list.toList();
    }
    assertThat(files).hasSize(3);
    for (Path file : files) {
      String name = file.getFileName().toString();
      Files.move(file, file.resolveSibling("1577836800000" + name.substring(13)));
    }
  }

  @Test
  @Order(5)
  void theNextStudysFolderAndItsRecordTellWhatWasDeclared() throws Exception {
    String study = federation.submit(study("after", "age", 40_000));
    federation.awaitLogged("east", "study after.* missing: 1 officer, 1 steward");
    federation.awaitLogged("south", "study after.* missing: 1 steward");
    says("east", "anna.k", study);
    says("south", "sam.o", study);
    says("east", "li.wei", study);
    Output output = Output.of(federation, study);
    assertThat(verified(output.folder())).contains("3 declarations of members");
    Path record = folder.resolve("after.html");
    command(0, new ReportCommand(), "record", output.folder(), "--org", "east", "-o", record);
    assertThat(Files.readString(record))
        .contains("people who agreed: 2", REASON, "ρ 900, before 500")
        .contains("1 files of messages that left", "confidentiality, of ")
        .doesNotContain("anna.k", "li.wei", "kestrel");
    assertThat(command(0, new VerifyCommand(), output.folder(), "--explain", "incidents_declared"))
        .contains("node-declared/v1, declared/0001.entry", "CONFIDENTIALITY");
    Path receipts = federation.nodeFolder("east").resolve("state/receipts");
    assertThat(command(0, new VerifyCommand(), federation.copyLog("west"), "--receipts", receipts))
        .contains("and 3 declarations, each without a gap")
        .containsPattern("receipts +[0-9]+ hold");
    for (Path file : federation.filesOutsideTheNodes()) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .as("what is personal leaves nothing in %s", file)
          .doesNotContain("kestrel", "li.wei wrote");
    }
  }
}
