package org.althing.simulation.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The documents of a federation whose every study is one release of a chosen length: naive Bayes
 * over twenty numbers cut into bins. Each organisation holds a few rows, so that the protocol is
 * what takes time.
 *
 * @param nodes how many organisations
 * @param length of the released vector: two classes, and per class and number its bins and one more
 *     cell; a multiple of 40
 */
record EndToEndFiles(int nodes, int length) {
  /** Said to be so many that the planner goes by bins, whose number is the length to measure. */
  private static final int PEOPLE = 100_000_000;

  private static final int NUMBERS = 20;
  private static final int CLASSES = 2;
  private static final int ROWS = 20;
  private static final String PRIVACY = "{ epsilon: 1, delta: 1.0e-5, spare_attempts: 0 }";

  EndToEndFiles {
    if (length % (CLASSES * NUMBERS) != 0) {
      throw new IllegalArgumentException(
          "the length is a multiple of " + CLASSES * NUMBERS + ", got " + length);
    }
  }

  /** Writes them into a folder; answers the federation file. */
  Path write(Path folder) throws IOException {
    StringBuilder organisations = new StringBuilder();
    for (int i = 1; i <= nodes; i++) {
      String id = "node-%03d".formatted(i);
      Files.writeString(folder.resolve(id + ".csv"), rows(i));
      Files.writeString(folder.resolve(id + ".yaml"), policy(id));
      organisations.append(
          "  - { id: %1$s, data: [%1$s.csv], binding: binding.yaml, policy: %1$s.yaml, population: patients, people: %2$d }\n"
              .formatted(id, ROWS));
    }
    Files.write(folder.resolve("contract.yaml"), contract());
    Files.writeString(
        folder.resolve("binding.yaml"),
        "althing: binding/v1\ncontract: measured\nversion: 1.0.0\nfile: { charset: utf-8, delimiter: \",\", header: true }\n");
    return Files.writeString(
        folder.resolve("federation.yaml"),
        "althing: federation/v1\nname: Measured\ncontract: contract.yaml\norganisations:\n"
            + organisations);
  }

  byte[] contract() {
    return """
        apiVersion: v3.1.0
        kind: DataContract
        id: measured
        version: 1.0.0
        status: active
        schema:
          - name: visits
            logicalType: object
            customProperties:
              - {property: althing.unit-of-privacy, value: {name: patient, key: patient, rows: 1}}
            properties:
              - {name: patient, logicalType: string}
              - name: ill
                logicalType: string
                customProperties: [{property: althing.categories, value: ["no", "yes"]}]
        %s"""
        .formatted(IntStream.range(0, NUMBERS).mapToObj(this::number).collect(Collectors.joining()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String number(int column) {
    // Beside the bins that the edges bound, one cell holds what is no value.
    int edges = length / CLASSES / NUMBERS - 2;
    String bins =
        IntStream.rangeClosed(1, edges)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return """
              - name: x%d
                logicalType: number
                logicalTypeOptions: {minimum: 0, maximum: %d}
                customProperties: [{property: althing.bins, value: [%s]}]
        """
        .formatted(column, edges + 1, bins);
  }

  byte[] study(int number) {
    return """
        althing: study/v1
        id: measured-%d
        title: One release, measured
        purpose: measuring
        lead: study-lead
        contract: measured
        analysis:
          naive-bayes: { label: { column: ill, positive: ["yes"] }, features: [%s] }
        privacy: %s
        holdout_percent: 0
        participants: { people: %d }
        deadline: 30m
        """
        .formatted(number, names(", "), PRIVACY, PEOPLE)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String policy(String id) {
    return """
        althing: policy/v1
        org: %s
        valid: { from: 2020-01-01, until: 2099-12-31 }
        leads: [study-lead]
        purposes: [measuring]
        analyses: [naive-bayes]
        columns: { allow: [ill, %s], never: [patient] }
        secure_aggregation: required
        limits: { nodes: 3, people: 10, releases: 5, colluders: 0, survivors: 2 }
        budgets:
          patients: { rho: 1000, per_study_rho: 10, delta: 1.0e-5 }
        """
        .formatted(id, names(", "));
  }

  private static String rows(int node) {
    StringBuilder text = new StringBuilder("patient,ill," + names(",") + "\n");
    for (int row = 0; row < ROWS; row++) {
      text.append(node).append('-').append(row).append(row % CLASSES == 0 ? ",no" : ",yes");
      for (int column = 0; column < NUMBERS; column++) {
        text.append(',').append((node + row + column) % NUMBERS);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String names(String between) {
    return IntStream.range(0, NUMBERS).mapToObj(i -> "x" + i).collect(Collectors.joining(between));
  }
}
