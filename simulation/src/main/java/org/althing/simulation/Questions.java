package org.althing.simulation;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.althing.approval.ApprovalRule;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.policy.AdmissionDesk;
import org.althing.policy.Allowed;
import org.althing.policy.Budget;
import org.althing.policy.Limits;
import org.althing.policy.Policy;
import org.althing.policy.Retention;
import org.althing.policy.Validity;
import org.althing.privacy.Rho;
import org.althing.table.Batches;
import org.althing.table.RecordBatch;

/**
 * What is asked in a simulated federation, and of which rows.
 *
 * <p>Node k, from 0, holds 100·2ᵏ rows, of which 80·2ᵏ are trained on and 20·2ᵏ held out: every
 * count that is released tells which nodes are in it.
 */
final class Questions {
  static final String LEAD = "lead-one";
  static final String POPULATION = "patients";
  static final AdmissionDesk.Source SOURCE =
      new AdmissionDesk.Source(POPULATION, Digest.of(new byte[0]));
  static final int ROWS_OF_FIRST_NODE = 100;

  private static final byte[] CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: heart
      version: 1.0.0
      status: active
      name: Heart disease
      schema:
        - name: visits
          logicalType: object
          customProperties:
            - {property: althing.unit-of-privacy, value: {name: patient, key: patient_id, rows: 1}}
          properties:
            - {name: patient_id, logicalType: string, required: true}
            - name: age
              logicalType: integer
              logicalTypeOptions: {minimum: 0, maximum: 120}
              customProperties:
                - {property: althing.bins, value: [40, 60]}
            - name: disease
              logicalType: integer
              customProperties:
                - {property: althing.categories, value: [0, 1]}
            - name: notes
              logicalType: string
              customProperties:
                - {property: althing.text, value: {language: en, vocabulary: [cough, fever, tired]}}
      """
          .getBytes(StandardCharsets.UTF_8);

  private static final List<String> NOTES =
      List.of("cough", "fever", "cough fever", "tired", "nothing", "fever tired", "");

  private static final Map<List<Integer>, RecordBatch> ROWS = new HashMap<>();

  private Questions() {}

  /** What a study asks. */
  enum Analysis {
    QUALITY("{ quality: { label: disease } }"),
    STATISTICS("{ statistics: { quantiles: [age], tables: [[age, disease]] } }"),
    NAIVE_BAYES(
        "{ naive-bayes: { label: { column: disease, positive: [\"1\"] }, features: [age] } }"),
    LOGISTIC(
        "{ logistic: { label: { column: disease, positive: [\"1\"] }, features: [age], rounds: 2 } }"),
    CLASSES("{ logistic: { label: { column: age }, features: [disease], rounds: 2 } }"),
    WORDS(
        "{ naive-bayes: { label: { column: disease, positive: [\"1\"] }, features: [age, notes] } }"),
    LINEAR_SVM(
        "{ linear-svm: { label: { column: disease, positive: [\"1\"] }, features: [age, notes], rounds: 2 } }"),
    K_MEANS("{ k-means: { columns: [age], clusters: 2 } }"),
    /** One training after the other, and a choice between them. */
    CANDIDATES(
        "{ candidates: { label: { column: disease, positive: [\"1\"] }, choose_by: auc,"
            + " features: [age, notes], models: { regression: { logistic: { rounds: 2 } },"
            + " counts: { naive-bayes: {} } } } }"),
    FOLDS(
        "{ naive-bayes: { label: { column: disease, positive: [\"1\"] }, features: [age] } }",
        "folds: 3");

    private final String yaml;
    private final String besides;

    Analysis(String yaml) {
      this(yaml, "");
    }

    Analysis(String yaml, String besides) {
      this.yaml = yaml;
      this.besides = besides;
    }

    /** Those that seeds drew from before there were more, or those that came later. */
    static List<Analysis> of(boolean later) {
      Set<Analysis> first = EnumSet.range(QUALITY, CLASSES);
      return Arrays.stream(values()).filter(each -> first.contains(each) != later).toList();
    }
  }

  static byte[] study(int number, Analysis analysis, int spareAttempts) {
    return """
        althing: study/v1
        id: study-%d
        title: A simulated study
        purpose: heart-research
        lead: %s
        contract: heart
        analysis: %s
        privacy: { epsilon: 20, delta: 1e-3, spare_attempts: %d }
        %s
        """
        .formatted(number, LEAD, analysis.yaml, spareAttempts, analysis.besides)
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] contract() {
    return CONTRACT.clone();
  }

  static Policy policy(NodeId node, Rho budget, ApprovalRule approvals) {
    LocalDate day = LocalDate.of(2026, 1, 1);
    return new Policy(
        node,
        new Validity(day, day.plusYears(1)),
        Allowed.of(List.of(LEAD)),
        Allowed.of(List.of("heart-research")),
        Allowed.of(List.of(Allowed.EVERYTHING)),
        Allowed.of(List.of(Allowed.EVERYTHING)),
        Set.of(),
        new Limits(3, 0, 100, 0, 2),
        Map.of(POPULATION, new Budget(budget, budget, 1e-5)),
        approvals,
        Retention.NONE,
        Digest.of(node.value().getBytes(StandardCharsets.UTF_8)));
  }

  /** How many rows a node holds, before any choice. */
  static int rows(int node) {
    return ROWS_OF_FIRST_NODE << node;
  }

  /**
   * A node's rows.
   *
   * @param variant others for each, as many and of the same units
   */
  static synchronized RecordBatch batch(int node, int variant) {
    return ROWS.computeIfAbsent(List.of(node, variant), which -> make(node, variant));
  }

  private static RecordBatch make(int node, int variant) {
    Contract contract;
    try {
      contract = ContractDocument.parse("contract.yaml", CONTRACT);
    } catch (DocumentError e) {
      throw new IllegalStateException("the simulated contract is sound", e);
    }
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < rows(node); i++) {
      // Any spread will do, as long as it is always the same.
      int age = 20 + (i * 37 + 11 * node + 29 * variant) % 70;
      String disease = (i * 53) % 110 < age ? "1" : "0";
      rows.add(List.of(String.valueOf(age), disease, NOTES.get((i + variant) % NOTES.size())));
    }
    // Whole hundreds of units, so that the split by the hundredth is exact.
    return Batches.of(contract.schema(), 100L * rows(node), rows);
  }
}
