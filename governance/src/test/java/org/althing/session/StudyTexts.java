package org.althing.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.Bytes;
import org.althing.study.Study;
import org.althing.table.Batches;
import org.althing.table.RecordBatch;

/** A small study as its lead writes it, and small tables to ask it of. */
record StudyTexts(Bytes study, Bytes contract) {
  private static final String CONTRACT =
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
      """;

  private static final String STUDY =
      """
      althing: study/v1
      id: small
      title: A small study
      purpose: heart-research
      lead: lead-one
      contract: heart
      analysis: %s
      privacy: { epsilon: 20, delta: 1e-3, spare_attempts: %d }
      """;

  static final String QUALITY = "{ quality: { label: disease } }";
  static final String STATISTICS = "{ statistics: { quantiles: [age], tables: [[age, disease]] } }";
  static final String NAIVE_BAYES =
      "{ naive-bayes: { label: { column: disease, positive: [\"1\"] }, features: [age] } }";
  static final String LOGISTIC =
      "{ logistic: { label: { column: disease, positive: [\"1\"] }, features: [age], rounds: 3 } }";

  static final String SVM =
      "{ linear-svm: { label: { column: disease, positive: [\"1\"] }, features: [age], rounds: 2 } }";
  static final String CLUSTERS = "{ k-means: { columns: [age], clusters: 2 } }";

  static StudyTexts of(String analysis, int spareAttempts) {
    String study = STUDY.formatted(analysis, spareAttempts);
    return new StudyTexts(Bytes.of(study.getBytes(UTF_8)), Bytes.of(CONTRACT.getBytes(UTF_8)));
  }

  static Study study(Bytes text) {
    try {
      return StudyDocument.read("study.yaml", text.toArray());
    } catch (DocumentError e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  static Contract contract(Bytes text) {
    try {
      return ContractDocument.parse("contract.yaml", text.toArray());
    } catch (DocumentError e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Some dozens of rows, other ones at each node. */
  static RecordBatch rows(Contract contract, int node) {
    SplittableRandom random = new SplittableRandom(100 + node);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 30 + 5 * node; i++) {
      int age = random.nextInt(20, 90);
      rows.add(List.of(String.valueOf(age), random.nextInt(110) < age ? "1" : "0"));
    }
    return Batches.of(contract.schema(), 1000L * node, rows);
  }
}
