package org.althing.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.althing.cleaning.Cleaner;
import org.althing.cleaning.TextRows;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.federation.Roster;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.OpenedSums;
import org.althing.release.SumQuery;
import org.althing.table.RecordBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From an organisation's texts to its exact vector, through whole recipes: without any one unit the
 * vector differs by no more than the plan's noise was made for.
 */
class CleanedSumsTest {
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: c
      version: 1.0.0
      status: active
      schema:
        - name: visits
          logicalType: object
          customProperties:
            - {property: althing.unit-of-privacy, value: {name: patient, key: id, rows: ROWS}}
          quality:
            - {id: repeated, metric: duplicateValues, arguments: {properties: [age, sex]}, mustBe: 0}
            - {id: plausible, type: sql, query: "SELECT COUNT(*) FROM {object} WHERE age > 60 AND sex = 'm'", mustBe: 0}
            - id: two_answers
              type: custom
              engine: althing
              implementation: {check: label_conflict, features: [age, chol], label: sex, max_percent: 2}
          properties:
            - {name: id, logicalType: string}
            - name: age
              logicalType: integer
              logicalTypeOptions: {minimum: 0, maximum: 120}
              customProperties: [{property: althing.bins, value: [40, 60]}]
            - {name: chol, logicalType: number, logicalTypeOptions: {minimum: 50, maximum: 700}}
            - {name: sex, logicalType: string, customProperties: [{property: althing.categories, value: [f, m]}]}
            - {name: note, logicalType: string, customProperties: [{property: althing.text, value: {language: en}}]}
      """;

  private static final List<String> ANALYSES =
      List.of(
          "quality: {label: sex}",
          "statistics: {quantiles: [age, chol], correlations: [age, chol], tables: [[age, sex]]}",
          "naive-bayes: {label: {column: sex, positive: [m]}, features: [age, note]}",
          "logistic: {label: {column: sex, positive: [m]}, features: [age, chol]}");

  private static final List<String> COLUMN_STEPS =
      List.of(
          "clip: {column: age}",
          "clip: {column: chol, to: [150, 300]}",
          "impute: {column: chol, with: 200, faulty: true}",
          "impute: {column: age, with: 50}");

  private static final List<String> ROW_STEPS =
      List.of(
          "keep: age >= 30",
          "keep: sex = 'f' OR chol IS NULL",
          "distinct: [age, sex]",
          "distinct: [sex]",
          "sample: {percent: 60}",
          "strata: {column: sex, most: 2}",
          "strata: {column: age, most: 1}");

  static LongStream some() {
    return LongStream.range(0, 500);
  }

  static LongStream blocksOfThousand() {
    return LongStream.range(1, 100);
  }

  @ParameterizedTest
  @MethodSource("some")
  void oneUnitMovesTheVectorByNoMoreThanIsPaidFor(long seed) throws DocumentError {
    check(seed);
  }

  @Tag("nightly")
  @ParameterizedTest
  @MethodSource("blocksOfThousand")
  void norInAHundredThousandPairs(long block) throws DocumentError {
    for (long seed = 1000 * block; seed < 1000 * (block + 1); seed++) {
      check(seed);
    }
  }

  private static void check(long seed) throws DocumentError {
    Random random = new Random(seed);
    String text = CONTRACT.replace("ROWS", Integer.toString(1 + random.nextInt(3)));
    Contract contract = ContractDocument.parse("c.yaml", utf8(text));
    Study study = study(random);
    Roster roster = Examples.roster(4);
    Planning planning = StudyPlanner.compile(study, contract, roster);
    assertThat(planning).isInstanceOf(Planning.Planned.class);
    Planning.Planned planned = (Planning.Planned) planning;
    assertThat(planned.plan().releases().get(0).noise().rowsPerUnit())
        .isEqualTo(contract.unit().maxRows() * study.cleaning().stability());

    List<String[]> rows = rows(random);
    String[] gone = rows.get(random.nextInt(rows.size()));
    List<String[]> neighbour = new ArrayList<>(rows);
    // A row without a key is a unit of its own.
    neighbour.removeIf(row -> gone[0].isEmpty() ? row == gone : row[0].equals(gone[0]));
    NoisePlan noise = planned.plan().releases().get(0).noise();
    long[] with = sum(study, contract, planned, rows);
    long[] without = sum(study, contract, planned, neighbour);
    for (int b = 0; b < noise.shape().blocks().size(); b++) {
      BigInteger most =
          BigInteger.valueOf(noise.shape().blocks().get(b).recordL2Squared())
              .multiply(BigInteger.valueOf((long) noise.rowsPerUnit() * noise.rowsPerUnit()));
      assertThat(distanceSquared(noise, b, with, without))
          .as("seed %d, block %d", seed, b)
          .isLessThanOrEqualTo(most);
    }
  }

  private static BigInteger distanceSquared(NoisePlan plan, int block, long[] one, long[] other) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = plan.shape().offset(block); i < plan.shape().offset(block + 1); i++) {
      sum = sum.add(BigInteger.valueOf(one[i]).subtract(BigInteger.valueOf(other[i])).pow(2));
    }
    return sum;
  }

  private static long[] sum(
      Study study, Contract contract, Planning.Planned planned, List<String[]> rows)
      throws DocumentError {
    Binding binding =
        BindingDocument.parse(
            "b.yaml", utf8("althing: binding/v1\ncontract: c\nversion: 1.0.0\n"), contract);
    Cleaner cleaner = new Cleaner(contract, binding, study.salt().bytes(), study.cleaning());
    cleaner.see(TextRows.of(rows));
    while (cleaner.wantsWeighing()) {
      cleaner.startPass();
      cleaner.weigh(TextRows.of(rows));
      cleaner.endWeighing();
    }
    cleaner.startPass();
    RecordBatch batch = cleaner.clean(TextRows.of(rows));
    ContributionSum sum = new ContributionSum(planned.plan().releases().get(0).noise());
    SumQuery.Contributions contributions = planned.programme().query(0, List.of()).over(batch);
    for (int row = 0; row < batch.rows(); row++) {
      contributions.add(row, sum);
    }
    return OpenedSums.exact(sum);
  }

  private static Study study(Random random) throws DocumentError {
    String analysis = ANALYSES.get(random.nextInt(ANALYSES.size()));
    List<String> steps = new ArrayList<>();
    if (!analysis.startsWith("quality")) {
      COLUMN_STEPS.stream().filter(step -> random.nextInt(3) == 0).forEach(steps::add);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      steps.add(ROW_STEPS.get(random.nextInt(ROW_STEPS.size())));
    }
    StringBuilder text = new StringBuilder();
    text.append("althing: study/v1\nid: s\ntitle: t%d\n".formatted(random.nextInt(1000)));
    text.append("purpose: p\nlead: l\ncontract: c\nholdout_percent: 0\n");
    text.append("analysis: {").append(analysis).append("}\n");
    text.append("privacy: {epsilon: 1, delta: 1.0e-5}\n");
    if (!steps.isEmpty()) {
      text.append("cleaning:\n");
      steps.forEach(step -> text.append("  - ").append(step).append('\n'));
    }
    return StudyDocument.read("s.yaml", utf8(text.toString()));
  }

  private static List<String[]> rows(Random random) {
    List<String> ages = List.of("30", "30.0", "45", "61", "999", "", "old");
    List<String> sexes = List.of("f", "m", "m", "", "x");
    List<String> notes = List.of("chest pain", "well", "", "pain in the chest");
    List<String[]> rows = new ArrayList<>();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      rows.add(
          new String[] {
            random.nextInt(8) == 0 ? "" : "p" + random.nextInt(4),
            ages.get(random.nextInt(ages.size())),
            Integer.toString(100 + 150 * random.nextInt(3)),
            sexes.get(random.nextInt(sexes.size())),
            notes.get(random.nextInt(notes.size()))
          });
    }
    return rows;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
