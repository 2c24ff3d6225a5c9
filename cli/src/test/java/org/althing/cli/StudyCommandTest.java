package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StudyCommandTest {
  @TempDir private Path folder;
  private Path study;
  private Path federation;

  /** What a command printed and how it ended. */
  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void writeFiles() throws IOException {
    study = write("study.yaml", STUDY);
    federation = write("federation.yaml", FEDERATION);
    write("contract.yaml", CONTRACT);
    for (String org : new String[] {"east", "north", "west"}) {
      write(org + ".yaml", POLICY.replace("ORG", org));
    }
  }

  private static final String STUDY =
      """
      althing: study/v1
      id: sick-nb
      title: Who falls sick
      purpose: research
      lead: lead-one
      contract: clinic
      analysis:
        naive-bayes:
          label: { column: sick, positive: ["1"] }
          features: [sex, age]
      privacy: { epsilon: 1.0, delta: 1.0e-5, spare_attempts: 1 }
      holdout_percent: 25
      deadline: 90m
      """;

  private static final String FEDERATION =
      """
      althing: federation/v1
      name: Three clinics
      contract: contract.yaml
      organisations:
        - { id: east, data: [e.csv], binding: b.yaml, policy: east.yaml, population: east-people, people: 2000 }
        - { id: north, data: [n.csv], binding: b.yaml, policy: north.yaml, population: north-people, people: 1500 }
        - { id: west, data: [w.csv], binding: b.yaml, policy: west.yaml, population: west-people, people: 500 }
      """;

  private static final String POLICY =
      """
      althing: policy/v1
      org: ORG
      valid: { from: 2020-01-01, until: 2099-12-31 }
      leads: [lead-one]
      purposes: [research]
      analyses: [naive-bayes]
      columns: { allow: [sex, age, sick] }
      secure_aggregation: required
      limits: { nodes: 3, people: 0, releases: 12, colluders: 0, survivors: 3 }
      budgets:
        ORG-people: { rho: 0.1, per_study_rho: 0.07, delta: 1.0e-5 }
      """;

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: clinic
      version: 1.0.0
      status: active
      schema:
        - name: visits
          logicalType: object
          customProperties:
            - { property: althing.unit-of-privacy, value: { name: patient } }
          properties:
            - name: sex
              logicalType: string
              quality:
                - { id: sex_valid, metric: invalidValues, arguments: { validValues: [f, m] }, mustBeLessOrEqualTo: 5 }
            - name: age
              logicalType: integer
              logicalTypeOptions: { minimum: 0, maximum: 120 }
              customProperties:
                - { property: althing.bins, value: [30, 60] }
            - name: sick
              logicalType: string
              quality:
                - { id: sick_valid, metric: invalidValues, arguments: { validValues: ["0", "1"] }, mustBeLessOrEqualTo: 5 }
      """;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Ended run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new StudyCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    line.setExecutionExceptionHandler(
        (thrown, command, parsed) -> {
          err.append(thrown.getMessage());
          return thrown instanceof CommandFailure failure ? failure.exitCode().code() : 70;
        });
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int code = line.execute(texts);
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void planSaysWhatLeavesWhatItCostsAndWhatToExpect() {
    Ended plan = run("plan", study, "--federation", federation);
    assertThat(plan.err()).isEmpty();
    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .contains("Study sick-nb   naive Bayes, 1 round")
        .contains("asked by lead-one for research; answer within 90 min")
        .contains("3 organisations; a result needs 3 of them and withstands 1")
        .containsPattern("naive-bayes counts +training +class by cell +14 +1\\.41 +± ")
        .containsPattern("evaluation +hold-out +confusion +4 +1 +± ")
        .contains("nothing else: no rows, no identifiers, no organisation's own numbers")
        .contains("WHAT IT COSTS each patient (ε at δ = 1e-05")
        .containsPattern("if all other organisations collude +ρ 0\\.0\\d+ +ε 1\\.\\d+")
        .containsPattern("east +east-people +ρ 0\\.1 +100\\.0 % +\\d\\d\\.\\d % +\\d more +admits")
        .contains("WHAT YOU MAY EXPECT with 4000 people")
        .contains("near one without noise")
        .contains("the accuracy measured on the hold-out is known to ± ");
    assertThat(plan.out().lines()).noneMatch(line -> line.endsWith(" "));
  }

  @Test
  void planOfARareLabelForetellsByTheShareThatTheStudyDeclares() throws IOException {
    Path rare =
        write("rare.yaml", STUDY.replace("column: sick,", "column: sick, expected: 0.001,"));
    Ended plan = run("plan", rare, "--federation", federation);
    assertThat(plan.code()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(plan.out())
        .contains("no better than always guessing the commoner class")
        .contains(
            "by the 0.1 % of positive records that the study declares: as much as 15 people would tell")
        .contains("W-FEASIBILITY  too few people of the rarer class for this ε");
    assertThat(plan.err()).contains("no better than guessing; good it would be with ");
    JsonNode data = data(run("plan", rare, "--federation", federation, "--json", "--anyway"));
    JsonNode plain = data(run("plan", study, "--federation", federation, "--json"));
    assertThat(data.path("expectedPositives").asDouble()).isEqualTo(0.001);
    assertThat(data.path("feasibility").asDouble() / plain.path("feasibility").asDouble())
        .isCloseTo(0.003996, within(1e-6));
    assertThat(data.path("cost")).isEqualTo(plain.path("cost"));
    assertThat(data.path("releases")).isEqualTo(plain.path("releases"));
    assertThat(plain.has("expectedPositives")).isFalse();
  }

  @Test
  void planOfClustersAndOfASupportVectorMachineSaysWhatLeaves() throws IOException {
    for (String org : new String[] {"east", "north", "west"}) {
      write(
          org + ".yaml",
          POLICY.replace("ORG", org).replace("[naive-bayes]", "[k-means, linear-svm]"));
    }
    String terms = STUDY.substring(STUDY.indexOf("  naive-bayes:"), STUDY.indexOf("privacy:"));
    String clusters =
        STUDY
            .replace(terms, "  k-means: { columns: [age], clusters: 3 }\n")
            .replace("holdout_percent: 25\n", "");
    Ended plan = run("plan", write("clusters.yaml", clusters), "--federation", federation);
    assertThat(plan.err()).isEmpty();
    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .contains("k-means, 3 clusters, 5 rounds")
        .containsPattern("k-means round 1 +all +cluster sizes +1 +1 +± ")
        .containsPattern("k-means round 3 to 5 +all +cluster sizes +3 × 3 +1 +± ")
        .contains("each share of the records is known to ± ");
    String svm = STUDY.replace("naive-bayes:", "linear-svm:");
    plan = run("plan", write("svm.yaml", svm), "--federation", federation);
    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .contains("linear support vector machine, 10 rounds")
        .containsPattern("linear-svm round 1 +training +second moments +")
        .contains("near one without noise");
  }

  @Test
  void planSaysWhichModelsAreTriedAndWhatTryingCosts() throws IOException {
    String policy =
        POLICY
            .replace("[naive-bayes]", "[naive-bayes, logistic, candidates]")
            .replace("releases: 12", "releases: 40");
    for (String org : new String[] {"east", "north", "west"}) {
      write(org + ".yaml", policy.replace("ORG", org));
    }
    String terms = STUDY.substring(STUDY.indexOf("  naive-bayes:"), STUDY.indexOf("privacy:"));
    String asked =
        """
          candidates:
            label: { column: sick, positive: ["1"] }
            choose_by: log-loss
            features: [sex, age]
            models:
              bayes: { naive-bayes: {} }
              slow: { logistic: { rounds: 4 } }
              weighed: { logistic: { rounds: 1, positive_weight: 2 } }
              quick: { logistic: { rounds: 1 } }
        """;
    Path candidates = write("candidates.yaml", STUDY.replace(terms, asked));
    Ended plan = run("plan", candidates, "--federation", federation);
    assertThat(plan.err()).isEmpty();
    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .contains("the best of 4 models by log-loss, 7 rounds")
        .contains("WHICH MODELS ARE TRIED, all of them released and paid for")
        .containsPattern("slow +logistic regression.* 4 +\\d")
        .contains("a positive record counting for 2 negative ones")
        .contains("each candidate has 1/4 of the budget to learn")
        .contains("carry 2 times the noise that one model alone would have in the same rounds")
        .contains("being chosen, it will look better there than it is")
        .containsPattern("slow: logistic round 2 to 4 +training +gradient +3 × ")
        .containsPattern("weighed: logistic round 1 +training")
        .containsPattern("quick: logistic round 1 +training")
        .containsPattern("evaluation +hold-out +confusion +16 +2 +± ");
    JsonNode data = data(run("plan", candidates, "--federation", federation, "--json"));
    assertThat(data.path("candidates")).hasSize(4);
    assertThat(data.path("candidates").path(1).path("rounds").asInt()).isEqualTo(4);

    write("west.yaml", POLICY.replace("ORG", "west"));
    Ended refused = run("plan", candidates, "--federation", federation);
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(refused.out())
        .contains("west refuses, analyses: analysis \"candidates\" is not allowed");
  }

  @Test
  void planSaysWhatGroupsMultiplyAndWhatTheyCostInPrecision() throws IOException {
    Path groups = write("groups.yaml", STUDY.replace("[sex, age]", "[sex, age]\n    groups: age"));
    Ended plan = run("plan", groups, "--federation", federation);
    assertThat(plan.err()).isEmpty();
    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .containsPattern("evaluation +hold-out +confusion +16 +1 +± ")
        .contains("once for each of 4 groups of age, \"not known\" among them")
        .contains("carry 2 times the noise they would have without groups")
        .contains("in a group, if all declared ones were of one size, to ± ");
    JsonNode plain = data(run("plan", study, "--federation", federation, "--json"));
    JsonNode data = data(run("plan", groups, "--federation", federation, "--json"));
    assertThat(data.path("groups").path("count").asInt()).isEqualTo(4);
    assertThat(data.path("cost")).isEqualTo(plain.path("cost"));
    double margin = plain.path("marginOfShares").asDouble();
    assertThat(data.path("marginOfShares").asDouble() / margin).isBetween(1.999, 2.001);
    assertThat(data.path("marginInGroup").asDouble() / margin).isBetween(2.999, 3.001);
    assertThat(plain.has("groups")).isFalse();
  }

  @Test
  void aPolicyThatKeepsTheGroupsColumnBackRefuses() throws IOException {
    write("west.yaml", POLICY.replace("ORG", "west").replace("[sex, age, sick]", "[sex, sick]"));
    Path groups = write("groups.yaml", STUDY.replace("[sex, age]", "[sex]\n    groups: age"));
    Ended plan = run("plan", groups, "--federation", federation);
    assertThat(plan.code()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(plan.out()).contains("west refuses", "age");
  }

  private static JsonNode data(Ended plan) throws IOException {
    return JsonMapper.builder().build().readTree(plan.out()).path("data");
  }

  @Test
  void planInJsonHasTheIntegersThatNodesRecompute() throws IOException {
    Ended plan = run("plan", study, "--federation", federation, "--json");
    JsonNode root = JsonMapper.builder().build().readTree(plan.out());
    assertThat(root.path("schema").asText()).isEqualTo("althing-plan/v1");
    assertThat(root.path("ok").asBoolean()).isTrue();
    JsonNode release = root.path("data").path("releases").path(0);
    JsonNode block = release.path("blocks").path(0);
    double rho =
        block.path("recordL2Squared").asDouble()
            / (2 * 2 * block.path("sigma").asDouble() * block.path("sigma").asDouble());
    assertThat(release.path("picoRho").asDouble()).isBetween(rho * 1e12, rho * 1e12 + 2.5);
    assertThat(root.path("data").path("organisations")).hasSize(3);
  }

  @Test
  void aRefusingPolicyEndsThePlanWithItsReasons() throws IOException {
    write("west.yaml", POLICY.replace("ORG", "west").replace("[naive-bayes]", "[quality]"));
    Ended plan = run("plan", study, "--federation", federation);
    assertThat(plan.code()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(plan.out())
        .contains(
            "west refuses, analyses: analysis \"naive-bayes\" is not allowed; allowed: quality");
  }

  @Test
  void aStudyThatDoesNotFitIsBadInputWithEveryReason() throws IOException {
    write("study.yaml", STUDY.replace("[sex, age]", "[sex, weight, height]"));
    Ended plan = run("plan", study, "--federation", federation);
    assertThat(plan.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(plan.err()).contains("column weight is not in").contains("column height is not in");
    Ended check = run("check", study, "--contract", folder.resolve("contract.yaml"));
    assertThat(check.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(check.err()).contains("column weight is not in contract clinic");
  }

  /**
   * 4000 patients with up to 80 visits each: by one of each alone the study would look hopeless.
   */
  @Test
  void wherePatientsMayHaveSeveralRowsBothEndsAreForetold() throws IOException {
    write(
        "contract.yaml",
        CONTRACT
            .replace("{ name: patient }", "{ name: patient, key: id, rows: 80 }")
            .replace(
                "    properties:\n",
                "    properties:\n      - { name: id, logicalType: string, customProperties: [ { property: althing.use, value: local } ] }\n"));
    Ended plan = run("plan", study, "--federation", federation);
    assertThat(plan.code()).as(plan.err()).isZero();
    assertThat(plan.out())
        .containsPattern(
            "where each patient has one row, the model will as a rule be no better .*S = 1\\.\\d")
        .containsPattern(
            "where each has 80, the model will be near one without noise .*S = 1\\d\\d")
        .containsPattern(
            "is known to ± .* percentage points .*, or ± [0-9.]+ where each patient has 80 rows")
        .doesNotContain("W-FEASIBILITY");
    JsonNode json = data(run("plan", study, "--federation", federation, "--json"));
    assertThat(json.path("rowsOfUnit").asInt()).isEqualTo(80);
    assertThat(json.path("feasibilityOfAllRows").asDouble())
        .isEqualTo(80 * json.path("feasibility").asDouble());
  }

  @Test
  void checkNamesLineColumnAndRemedy() throws IOException {
    assertThat(run("check", study).out()).contains("is a well-formed study: sick-nb, naive-bayes");
    write("study.yaml", STUDY.replace("deadline", "dedline"));
    Ended check = run("check", study);
    assertThat(check.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(check.err())
        .contains("ALT-DOC-012 unknown key")
        .contains("study.yaml:13:1  dedline → did you mean \"deadline\"?");
  }

  @Test
  void aMissingFileAndAnotherOrganisationsPolicyAreBadInput() throws IOException {
    assertThat(run("check", folder.resolve("none.yaml")).err()).contains("there is no file");
    write("west.yaml", POLICY.replace("ORG", "east"));
    Ended plan = run("plan", study, "--federation", federation);
    assertThat(plan.code()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(plan.err()).contains("is the policy of east");
  }

  @Test
  void warnsWhereTooFewPeopleOrTooMuchEpsilonMakeAResultWorthless() throws IOException {
    write("federation.yaml", FEDERATION.replaceAll("people: (2000|1500|500) ", "people: 15 "));
    Ended few = run("plan", study, "--federation", federation);
    assertThat(few.out())
        .contains("no better than always guessing")
        .contains("W-FEASIBILITY")
        .contains("W-MARGIN");
    assertThat(few.code()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(few.err()).contains("no better than guessing").contains("--anyway");
    Ended anyway = run("plan", study, "--federation", federation, "--anyway");
    assertThat(anyway.code()).as(anyway.err()).isZero();
    assertThat(anyway.out()).isEqualTo(few.out());
    write("study.yaml", STUDY.replace("epsilon: 1.0", "epsilon: 5"));
    assertThat(run("plan", study, "--federation", federation).out())
        .contains("W-EPSILON")
        .contains("REFUSES")
        .contains("budgets.east-people.per_study: the study reserves rho");
  }

  /** What the plan says would make it good does make it good. */
  @Test
  void saysHowManyMorePeopleOrWhichBudgetWouldMakeAModelGood() throws IOException {
    write("federation.yaml", FEDERATION.replaceAll("people: (2000|1500|500) ", "people: 40 "));
    Ended few = run("plan", study, "--federation", federation, "--anyway");
    assertThat(few.out())
        .containsPattern("good it would be, roughly, with \\d+ people \\(\\d+ more");
    JsonNode wanted =
        data(run("plan", study, "--federation", federation, "--anyway", "--json"))
            .path("wouldBeGoodWith");
    long each = (wanted.path("people").asLong() + 2) / 3;
    write(
        "federation.yaml",
        FEDERATION.replaceAll("people: (2000|1500|500) ", "people: " + each + " "));
    Ended enough = run("plan", study, "--federation", federation);
    assertThat(enough.out()).contains("the model will be good").doesNotContain("good it would be");
  }
}
