package org.althing.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.althing.cleaning.Cleaner;
import org.althing.cleaning.TextRows;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.OpenedSums;
import org.althing.privacy.Rho;
import org.althing.release.Release;
import org.althing.release.ReleaseSpec;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;
import org.althing.table.RecordBatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Faults put into the Adult data of four organisations, and which rule tells of them through the
 * noise; skipped where the data are not on the machine.
 */
class InjectedFaultsTest {
  private static final List<String> SECTORS =
      List.of("government", "private", "self_employed", "unknown_or_unpaid");
  private static final List<String> COLUMNS =
      List.of("age", "fnlwgt", "education", "marital-status", "sex", "hours-per-week", "income");
  private static final int AGE = 0;
  private static final int EDUCATION = 2;
  private static final int HOURS = 5;
  private static final int SEEDS = 20;

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: adult
      version: 1.0.0
      status: active
      schema:
        - name: people
          logicalType: object
          customProperties: [{property: althing.unit-of-privacy, value: {name: person}}]
          quality:
            - {id: repeated, metric: duplicateValues, arguments: {properties: [age, fnlwgt, education, marital-status, hours-per-week]}, unit: percent, mustBeLessThan: 1}
            - {id: working_children, type: sql, query: "SELECT COUNT(*) FROM {object} WHERE age < 18 AND \\"hours-per-week\\" > 60", unit: percent, mustBeLessThan: 0.5}
          properties:
            - name: age
              logicalType: integer
              logicalTypeOptions: {minimum: 10, maximum: 100}
              customProperties: [{property: althing.bins, value: [30, 40, 50, 60]}]
              quality:
                - {id: age_known, metric: missingValues, unit: percent, mustBeLessThan: 1}
                - {id: age_valid, metric: invalidValues, unit: percent, mustBeLessThan: 0.5}
                - {id: age_as_before, type: custom, engine: althing, implementation: {check: drift, distance: linf, reference: AGES, max: 0.03}}
            - {name: fnlwgt, logicalType: integer, logicalTypeOptions: {minimum: 0, maximum: 2000000}}
            - name: education
              logicalType: string
              quality: [{id: education_codes, metric: invalidValues, arguments: {validValues: EDUCATION}, unit: percent, mustBeLessThan: 1}]
            - {name: marital-status, logicalType: string, customProperties: [{property: althing.categories, value: MARITAL}]}
            - {name: sex, logicalType: string, customProperties: [{property: althing.categories, value: [Female, Male]}]}
            - name: hours-per-week
              logicalType: integer
              logicalTypeOptions: {minimum: 1, maximum: 99}
              quality: [{id: hours_valid, metric: invalidValues, unit: percent, mustBeLessThan: 1}]
            - {name: income, logicalType: string, customProperties: [{property: althing.categories, value: ["<=50K", ">50K"]}]}
      """;

  /** What is put in, and the rule that must tell of it. */
  private static Map<String, Injection> injections() {
    Map<String, Injection> all = new LinkedHashMap<>();
    all.put("2 % of ages emptied", new Injection("age_known", share(0.02, r -> r[AGE] = "")));
    all.put("1 % of ages impossible", new Injection("age_valid", share(0.01, r -> r[AGE] = "390")));
    all.put(
        "3 % of unknown codes",
        new Injection("education_codes", share(0.03, r -> r[EDUCATION] = "Kindergarten")));
    all.put("2 % of rows repeated", new Injection("repeated", InjectedFaultsTest::repeat));
    all.put(
        "hours in minutes at one organisation",
        new Injection("hours_valid", InjectedFaultsTest::minutes));
    all.put(
        "ages shifted by 2 years",
        new Injection(
            "age_as_before",
            (rows, random) ->
                rows.forEach(r -> r[AGE] = Integer.toString(Integer.parseInt(r[AGE]) + 2))));
    all.put(
        "1 % of children at work for 70 hours",
        new Injection(
            "working_children",
            share(
                0.01,
                r -> {
                  r[AGE] = "12";
                  r[HOURS] = "70";
                })));
    return all;
  }

  private record Injection(String rule, BiConsumer<List<String[]>, Random> into) {}

  private static BiConsumer<List<String[]>, Random> share(
      double share, java.util.function.Consumer<String[]> fault) {
    return (rows, random) ->
        rows.forEach(
            row -> {
              if (random.nextDouble() < share) {
                fault.accept(row);
              }
            });
  }

  private static void repeat(List<String[]> rows, Random random) {
    List<String[]> again = rows.stream().filter(r -> random.nextDouble() < 0.02).toList();
    again.forEach(row -> rows.add(row.clone()));
  }

  /** At the self-employed alone, a ninth of all rows. */
  private static void minutes(List<String[]> rows, Random random) {
    if (rows.size() > 2000 && rows.size() < 4000) {
      rows.forEach(row -> row[HOURS] = Integer.toString(60 * Integer.parseInt(row[HOURS])));
    }
  }

  @Test
  void everyInjectedFaultIsFoundAndNoOtherAlarmIsRaised() throws IOException, DocumentError {
    List<List<String[]>> clean = load();
    Contract contract = contract(clean);
    StringBuilder table = new StringBuilder();
    table.append("injected | rule | FAIL of %d at ε ≈ 1 | other rules FAIL%n".formatted(SEEDS));
    Tally none = tally(contract, clean, "");
    table.append("nothing | | | %d%n".formatted(none.others()));
    // Each verdict is wrong with a chance of 5 % at most; none is near its threshold here.
    assertThat(none.others()).isZero();
    for (var injected : injections().entrySet()) {
      Random random = new Random(20261127);
      List<List<String[]>> rows = new ArrayList<>();
      for (List<String[]> part : clean) {
        List<String[]> copy = part.stream().map(String[]::clone).collect(Collectors.toList());
        injected.getValue().into().accept(copy, random);
        rows.add(copy);
      }
      Tally tally = tally(contract, rows, injected.getValue().rule());
      table.append(
          "%s | %s | %d | %d%n"
              .formatted(
                  injected.getKey(), injected.getValue().rule(), tally.found(), tally.others()));
      assertThat(tally.found()).as(injected.getKey()).isEqualTo(SEEDS);
      assertThat(tally.others()).as(injected.getKey()).isZero();
    }
    System.out.println(table);
  }

  /** How often the rule failed, and how often others did, among {@link #SEEDS} draws of noise. */
  private record Tally(int found, int others) {}

  private static Tally tally(Contract contract, List<List<String[]>> organisations, String rule)
      throws DocumentError {
    List<String> columns = contract.schema().columns().stream().map(c -> c.name()).toList();
    // ρ of ε = 1 at δ = 1e-5 is 0.0195.
    QualityAudit audit =
        new QualityAudit(contract.schema(), columns, contract.rules(), new Rho(19_500_000_000L));
    ReleaseTemplate template = audit.releases().get(0);
    int nodes = organisations.size();
    NoisePlan noise = NoisePlan.calibrate(template.blocks(), 1, nodes - 1);
    long[] exact = new long[noise.shape().length()];
    for (List<String[]> rows : organisations) {
      long[] part = sum(contract, audit.query(0, List.of()), noise, rows);
      for (int i = 0; i < exact.length; i++) {
        exact[i] += part[i];
      }
    }
    int found = 0;
    int others = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      long[] total = exact.clone();
      for (int node = 0; node < nodes; node++) {
        long[] share =
            OpenedSums.noised(new ContributionSum(noise), OpenedSums.words(100L * seed + node));
        for (int i = 0; i < total.length; i++) {
          total[i] += share[i];
        }
      }
      ReleaseSpec spec = new ReleaseSpec(template.name(), template.partition(), noise);
      QualityFindings findings = audit.conclude(List.of(new Release(spec, total, nodes)));
      for (RuleOutcome outcome : findings.rules()) {
        boolean fails =
            outcome instanceof RuleOutcome.Judged judged && judged.verdict() == RuleVerdict.FAIL;
        found += fails && outcome.rule().id().equals(rule) ? 1 : 0;
        others += fails && !outcome.rule().id().equals(rule) ? 1 : 0;
      }
    }
    return new Tally(found, others);
  }

  private static long[] sum(Contract contract, SumQuery query, NoisePlan noise, List<String[]> rows)
      throws DocumentError {
    Binding binding =
        BindingDocument.parse(
            "b.yaml", utf8("althing: binding/v1\ncontract: adult\nversion: 1.0.0\n"), contract);
    Cleaner cleaner = new Cleaner(contract, binding, new byte[16]);
    assertThat(cleaner.localNames()).isEqualTo(COLUMNS);
    cleaner.see(TextRows.of(rows));
    cleaner.startPass();
    RecordBatch batch = cleaner.clean(TextRows.of(rows));
    ContributionSum sum = new ContributionSum(noise);
    SumQuery.Contributions contributions = query.over(batch);
    for (int row = 0; row < batch.rows(); row++) {
      contributions.add(row, sum);
    }
    return OpenedSums.exact(sum);
  }

  /** With the categories and the reference spread of ages that the clean rows have. */
  private static Contract contract(List<List<String[]>> clean) throws DocumentError {
    int[] ages = new int[5];
    int all = 0;
    for (List<String[]> part : clean) {
      for (String[] row : part) {
        int age = Integer.parseInt(row[AGE]);
        ages[age < 30 ? 0 : age < 40 ? 1 : age < 50 ? 2 : age < 60 ? 3 : 4]++;
        all++;
      }
    }
    double last = 1;
    List<String> shares = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      double share = Math.round(1000.0 * ages[k] / all) / 1000.0;
      shares.add(String.format(Locale.ROOT, "%.3f", share));
      last -= share;
    }
    shares.add(String.format(Locale.ROOT, "%.3f", last));
    String text =
        CONTRACT
            .replace("AGES", shares.toString())
            .replace("EDUCATION", values(clean, EDUCATION))
            .replace("MARITAL", values(clean, 3));
    return ContractDocument.parse("c.yaml", utf8(text));
  }

  private static String values(List<List<String[]>> rows, int column) {
    return rows.stream()
        .flatMap(List::stream)
        .map(row -> "\"" + row[column] + "\"")
        .distinct()
        .sorted()
        .toList()
        .toString();
  }

  private static List<List<String[]>> load() throws IOException {
    Path folder = Path.of(System.getProperty("althing.shared", "."), "data/adult/by_sector");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "no Adult data under althing.shared: skipped");
    List<List<String[]>> all = new ArrayList<>();
    for (String sector : SECTORS) {
      List<String> lines = Files.readAllLines(folder.resolve(sector + "_train.csv"));
      List<String> header = List.of(lines.get(0).split(","));
      int[] places = COLUMNS.stream().mapToInt(header::indexOf).toArray();
      all.add(
          lines.stream()
              .skip(1)
              .filter(line -> !line.isEmpty())
              .map(line -> line.split(",", -1))
              .map(f -> IntStream.of(places).mapToObj(p -> f[p]).toArray(String[]::new))
              .collect(Collectors.toList()));
    }
    return all;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
