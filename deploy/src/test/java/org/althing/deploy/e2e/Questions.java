package org.althing.deploy.e2e;

/** Studies at an epsilon so large that the noise is about one row, and wrong sums are seen. */
final class Questions {
  private Questions() {}

  /** One release. */
  static String quality(String id) {
    return study(id, "quality: { columns: [sex] }", "");
  }

  /** Three releases: two rounds and the evaluation. */
  static String logistic(String id) {
    return logistic(id, 2);
  }

  /** One release more than rounds. */
  static String logistic(String id, int rounds) {
    return study(
        id,
        "logistic: { label: { column: heart_disease, positive: [\"yes\"] }, features: [age, sex], rounds: %d }"
            .formatted(rounds),
        "holdout_percent: 20\n");
  }

  /** Four releases: one model in one, another in two, and the evaluation of both. */
  static String candidates(String id) {
    return study(
        id,
        """
        candidates:
            label: { column: heart_disease, positive: ["yes"] }
            choose_by: auc
            models:
              of-sex: { naive-bayes: { features: [sex] } }
              of-both: { logistic: { features: [age, sex], rounds: 2 } }
        """,
        "holdout_percent: 20\n");
  }

  private static String study(String id, String analysis, String more) {
    return """
        althing: study/v1
        id: %s
        title: What the failures of processes do to a sum
        purpose: heart-research
        lead: study-lead
        contract: demo-heart
        analysis:
          %s
        privacy: { epsilon: 20, delta: 1.0e-5 }
        %sparticipants: { people: 20000 }
        deadline: 10m
        """
        .formatted(id, analysis, more);
  }
}
