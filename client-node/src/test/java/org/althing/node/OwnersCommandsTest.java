package org.althing.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.althing.approval.Matter;
import org.althing.document.ContractDocument;
import org.althing.document.RosterDocument;
import org.althing.document.StudyDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.Roster;
import org.althing.node.declarations.RetentionSweep;
import org.althing.node.ledger.SqliteLedger;
import org.althing.node.policies.PolicyFolder;
import org.althing.node.requests.RequestFolder;
import org.althing.party.PendingStudy;
import org.althing.policy.Policy;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.PlannedRelease;
import org.althing.privacy.Rho;
import org.althing.study.Examples;
import org.althing.study.Plan;
import org.althing.study.Planning;
import org.althing.study.StudyPlanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What an owner's people do beside a node that runs, whose ledger is held here as it holds it. */
class OwnersCommandsTest {
  private static final String SETTINGS =
      """
      althing: node/v1
      id: org-a
      coordinator: "coordinator.example:8443"
      tls: {cert: c.pem, key: c.pem, ca: c.pem}
      identity: c.pem
      roster: roster.yaml
      log: {origin: coordinator.example/althing, key: "%s"}
      state: state
      policy: policy.yaml
      datasets:
        - {contract: heart, files: [c.pem], binding: c.pem, population: patients}
      """
          .formatted(Examples.key(50).verifyingKey().hex());

  private static final String POLICY =
      """
      althing: policy/v1
      org: org-a
      valid: { from: 2020-01-01, until: 2099-12-31 }
      leads: [lead-one]
      purposes: [heart-research]
      analyses: [quality]
      columns: { allow: [disease], never: [name] }
      secure_aggregation: required
      limits: { nodes: 3, people: 0, releases: 10, colluders: 0, survivors: 2 }
      budgets:
        patients: { rho: 10, delta: 1.0e-5 }
      approvals: { from: { steward: 1, officer: 1 }, valid_days: 30 }
      people:
      """;

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: heart
      version: 1.0.0
      status: active
      schema:
        - name: visits
          logicalType: object
          customProperties:
            - {property: althing.unit-of-privacy, value: {name: patient, key: patient_id, rows: 1}}
          properties:
            - {name: patient_id, logicalType: string, required: true}
            - name: disease
              logicalType: integer
              customProperties:
                - {property: althing.categories, value: [0, 1]}
      """;

  private static final String STUDY =
      """
      althing: study/v1
      id: small
      title: A small study
      purpose: heart-research
      lead: lead-one
      contract: heart
      analysis: { quality: { label: disease } }
      privacy: { epsilon: 1, delta: 1e-3 }
      """;

  private static final Roster ROSTER = Examples.roster(4);

  @TempDir private Path folder;
  private SqliteLedger held;
  private BudgetLedger ledger;
  private Plan plan;
  private String printed = "";
  private String complained = "";

  @BeforeEach
  void aNodeThatAsks() throws Exception {
    Files.writeString(folder.resolve("c.pem"), "x");
    Files.writeString(folder.resolve("roster.yaml"), RosterDocument.write(ROSTER));
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(folder.resolve("node.yaml"), SETTINGS);
    Files.writeString(folder.resolve("study.yaml"), STUDY);
    Files.writeString(folder.resolve("contract.yaml"), CONTRACT);
    for (String[] each : new String[][] {{"anna.k", "steward"}, {"li.wei", "officer"}}) {
      assertThat(run("person", "create", "--id", each[0], "--role", each[1], "--out", key(each[0])))
          .isZero();
      Files.writeString(folder.resolve("policy.yaml"), printed, StandardOpenOption.APPEND);
    }
    Files.createDirectory(folder.resolve("state"));
    held = SqliteLedger.create(folder.resolve("state/ledger.sqlite"));
    ledger = BudgetLedger.open(held);
    ledger.setBudget("patients", Rho.roundedDown(10));
    plan =
        ((Planning.Planned)
                StudyPlanner.compile(
                    StudyDocument.read("study.yaml", STUDY.getBytes(UTF_8)),
                    ContractDocument.parse("contract.yaml", CONTRACT.getBytes(UTF_8)),
                    ROSTER))
            .plan();
    ask();
  }

  private void ask() throws Exception {
    NodeSettings settings = NodeSettings.read(folder.resolve("node.yaml"));
    Matter matter =
        new Matter(
            settings.id(),
            plan.digest(),
            settings.readPolicy().orElseThrow().digest(),
            settings.datasets().get(0).source().version());
    new RequestFolder(settings.state())
        .file(
            new PendingStudy(
                matter,
                Bytes.of(STUDY.getBytes(UTF_8)),
                Bytes.of(CONTRACT.getBytes(UTF_8)),
                Instant.now().toEpochMilli()));
  }

  @AfterEach
  void close() {
    held.close();
  }

  private String key(String person) {
    return folder.resolve(person + ".key").toString();
  }

  private int run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        new CommandLine(new NodeCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    printed = out.toString();
    complained = err.toString();
    return code;
  }

  private int here(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--config", folder.resolve("node.yaml").toString()));
    return run(all.toArray(String[]::new));
  }

  private int says(String person, String verdict, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("requests", verdict, plan.digest().brief(), "--person", key(person)));
    all.addAll(Arrays.asList(more));
    return here(all.toArray(String[]::new));
  }

  @Test
  void aKeyIsItsPersonsAloneAndIsNeverReplaced() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key("anna.k")))))
        .isEqualTo("rw-------");
    String before = Files.readString(Path.of(key("anna.k")));
    assertThat(run("person", "create", "--id", "anna.k", "--out", key("anna.k"))).isEqualTo(7);
    assertThat(Files.readString(Path.of(key("anna.k")))).isEqualTo(before);
  }

  @Test
  void listsWhatWaitsAndForWhom() {
    assertThat(here("requests", "ls")).isZero();
    assertThat(printed)
        .contains(plan.digest().brief(), "small", "lead-one", "waits for 1 officer, 1 steward");
  }

  @Test
  void showsWhatAYesWouldMean() {
    assertThat(here("requests", "show", plan.digest().hex())).isZero();
    assertThat(printed)
        .contains("WHAT WILL LEAVE", "WHAT IT COSTS", "heart-research", "disease", "admits")
        .contains("org-a asks people before it admits: 1 officer, 1 steward", "W-PEOPLE")
        .contains("waits for 1 officer, 1 steward", plan.digest().hex());
  }

  @Test
  void twoPeopleAgreeWithTheirOwnKeys() {
    assertThat(says("anna.k", "approve")).isZero();
    assertThat(printed).contains("anna.k, as steward, approves", "waits for 1 officer");
    assertThat(says("li.wei", "approve")).isZero();
    assertThat(printed).contains("The study is approved");
  }

  @Test
  void aDenialAndAQuestionCarryTheirReason() {
    assertThat(says("anna.k", "ask", "--reason", "why so many columns?")).isZero();
    assertThat(printed).contains("1 asked something back");
    assertThat(says("li.wei", "deny", "--reason", "not our purpose")).isZero();
    assertThat(printed).contains("DENIED", "officer denied: not our purpose");
    here("requests", "show", plan.digest().brief());
    assertThat(printed).contains("why so many columns?", "not our purpose");
  }

  @Test
  void aKeyThatThePolicyDoesNotNameSaysNothing() {
    run("person", "create", "--id", "mallory", "--out", key("mallory"));
    assertThat(says("mallory", "approve")).isEqualTo(4);
    assertThat(complained).contains("the policy names nobody with this key");
    here("requests", "ls");
    assertThat(printed).contains("waits for 1 officer, 1 steward");
  }

  @Test
  void nobodySignsWhatTheRunningNodeDoesNotAsk() throws IOException {
    Files.writeString(folder.resolve("policy.yaml"), "# a remark\n", StandardOpenOption.APPEND);
    assertThat(says("anna.k", "approve")).isEqualTo(7);
    assertThat(complained).contains("restart the node first");
    assertThat(folder.resolve("state/approvals")).doesNotExist();
  }

  @Test
  void aPlanThatDoesNotWaitIsNamedSo() {
    String other = Digest.of(new byte[] {9}).brief();
    assertThat(here("requests", "show", other)).isEqualTo(2);
    assertThat(complained).contains("0 studies that wait here", "requests ls");
  }

  @Test
  void aStatementCountsNoLongerThanThePolicyLets() {
    assertThat(says("anna.k", "approve", "--days", "31")).isEqualTo(2);
    assertThat(complained).contains("1 to 30 days");
  }

  @Test
  void theBudgetIsReadWhileTheNodeHoldsItsLedger() {
    ledger.reserve(
        plan.digest(),
        "patients",
        plan.releases().stream()
            .map(r -> new PlannedRelease(r.partition(), r.noise().rho()))
            .toList(),
        0);
    assertThat(here("budget", "show")).isZero();
    assertThat(printed).contains("patients", "10", "more times", "head " + ledger.head());
    assertThat(here("budget", "history")).isZero();
    assertThat(printed).contains(plan.digest().brief(), "0 of 1", "open: ρ ");
    assertThat(here("budget", "forecast")).isZero();
    assertThat(printed).contains("a study as dear as the last one fits", "last 90 days");
  }

  @Test
  void aPolicyIsCheckedShownTriedAndCompared() throws IOException {
    String policy = folder.resolve("policy.yaml").toString();
    assertThat(run("policy", "check", policy)).isZero();
    assertThat(printed).contains("is a policy of org-a");
    assertThat(run("policy", "show", policy, "--lang", "zh")).isZero();
    assertThat(printed).contains("拒绝");
    assertThat(
            run(
                "policy",
                "explain",
                policy,
                folder.resolve("study.yaml").toString(),
                folder.resolve("contract.yaml").toString(),
                folder.resolve("roster.yaml").toString()))
        .isZero();
    assertThat(printed).contains("org-a would allow study small of lead-one");
    Path weaker = folder.resolve("weaker.yaml");
    Files.writeString(
        weaker, Files.readString(Path.of(policy)).replace("steward: 1, officer: 1", "officer: 1"));
    assertThat(run("policy", "diff", policy, weaker.toString())).isZero();
    assertThat(printed).contains("WEAKER", "approvals.from.steward", "1 of them weaker");
    Files.writeString(
        weaker, Files.readString(weaker).replace("leads: [lead-one]", "leads: [nobody]"));
    assertThat(
            run(
                "policy",
                "explain",
                weaker.toString(),
                folder.resolve("study.yaml").toString(),
                folder.resolve("contract.yaml").toString(),
                folder.resolve("roster.yaml").toString()))
        .isEqualTo(3);
    assertThat(printed).contains("REFUSES");
  }

  @Test
  void twoPeopleLetAWeakerPolicyFollowTheOneInForce() throws Exception {
    Path file = folder.resolve("policy.yaml");
    assertThat(here("policy", "agree")).isNotZero();
    new PolicyFolder(folder.resolve("state")).take(file);
    assertThat(here("policy", "agree")).isZero();
    assertThat(printed).contains("is the policy in force, version 1");

    Files.writeString(file, Files.readString(file).replace("rho: 10", "rho: 20"));
    assertThat(here("policy", "agree")).isZero();
    assertThat(printed).contains("WEAKER", "budgets.patients", "0 of 2 people agree");
    assertThat(here("policy", "agree", "--person", key("anna.k"))).isNotZero();
    assertThat(complained).contains("give a reason");
    for (String person : new String[] {"anna.k", "anna.k", "li.wei"}) {
      assertThat(
              here(
                  "policy",
                  "agree",
                  "--person",
                  key(person),
                  "--reason",
                  "a second year of the study"))
          .isZero();
    }
    assertThat(printed).contains("2 of 2 people agree: the node takes it");

    new PolicyFolder(folder.resolve("state")).take(file);
    assertThat(here("policy", "history")).isZero();
    assertThat(printed)
        .contains("version 1", "version 2", "anna.k agreed", "li.wei agreed", "a second year");
  }

  /** Killed when it has begun, erased, declared: its next run does the rest. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aSweepThatIsKilledAfterAnyStepIsDeclaredOnce(int steps) throws Exception {
    Path config = folder.resolve("node.yaml");
    Files.writeString(config, SETTINGS.replace("identity: c.pem", "identity: anna.k.key"));
    Path file = folder.resolve("policy.yaml");
    Files.writeString(file, "retention: { outbox: P1D }\n", StandardOpenOption.APPEND);
    new PolicyFolder(folder.resolve("state")).take(file);
    Files.createDirectory(folder.resolve("state/outbox"));
    for (String month : new String[] {"2024-05", "2024-06", "2024-07"}) {
      Files.writeString(folder.resolve("state/outbox/" + month + ".sent"), month);
    }

    NodeSettings settings = NodeSettings.read(config);
    Policy policy = settings.readPolicy().orElseThrow();
    RetentionSweep killed = new RetentionSweep(settings.state(), policy.retention(), Instant.now());
    RetentionSweep.Begun begun = killed.begin(policy.digest(), killed.due());
    if (steps > 0) {
      RetentionSweep.erase(begun);
    }
    if (steps > 1) {
      new Declarations(settings).addOnce(begun.matter());
    }

    assertThat(here("retention", "sweep", "--erase")).isZero();
    assertThat(printed)
        .contains("an earlier sweep of 2 files was cut short", "erased 2 files of outbox");
    assertThat(here("retention", "sweep", "--erase")).isZero();
    assertThat(printed).contains("nothing is older");
    assertThat(folder.resolve("state/outbox")).isDirectoryNotContaining("glob:**2024-0[56]*");
    assertThat(new Declarations(settings).folder().all())
        .singleElement()
        .satisfies(each -> assertThat(each.statement().matter()).isEqualTo(begun.matter()));
  }

  @Test
  void whatIsWrongInAPolicyIsShownWithItsPlace() throws IOException {
    Path broken = folder.resolve("broken.yaml");
    Files.writeString(broken, POLICY);
    assertThat(run("policy", "check", broken.toString())).isEqualTo(2);
    assertThat(complained).contains("broken.yaml:");
  }
}
