package org.althing.report;

import java.util.ArrayList;
import java.util.List;
import org.althing.cleaning.Recipe;
import org.althing.contract.PrivacyUnit;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.model.features.Interaction;
import org.althing.statistics.Request;
import org.althing.study.AnalysisChoice;
import org.althing.study.Study;

/** The question, the people and the terms. */
record AskedSection(Findings findings) {
  Markup body() {
    Study study = findings.study();
    PrivacyUnit unit = findings.contract().unit();
    Table asked = new Table("The study as submitted", "", "");
    asked.row("Question", question(study.analysis(), findings));
    if (study.analysis() instanceof AnalysisChoice.Candidates choice) {
      choice
          .candidates()
          .forEach(each -> asked.row("Candidate " + each.name(), choice.inWords(each)));
      asked.row(
          "Price of trying",
          "each candidate has 1/%d of the budget to learn, and a held-out record counts once for each in the evaluation"
              .formatted(choice.candidates().size()));
    }
    asked.row("Purpose", study.purpose());
    asked.row("Asked by", study.lead());
    asked.row(
        "Data contract",
        "%s, version %s, digest %s"
            .formatted(
                findings.contract().id(),
                findings.contract().version(),
                findings.contract().digest().brief()));
    asked.row("Protected unit", unit(unit));
    asked.row("Neighbours", "data sets that differ by one unit added or removed");
    asked.row(
        "Terms",
        "\u03b5 at most %s at \u03b4 = %s; spare attempts: %d"
            .formatted(
                Decimal.significant(study.privacy().epsilon(), 4),
                Decimal.significant(study.privacy().delta(), 1),
                study.privacy().spareAttempts()));
    asked.row("Held out", heldOut(study));
    study
        .folds()
        .ifPresent(
            folds ->
                asked.row(
                    "Price of folds",
                    "each unit is learnt from %d times and charged %d trainings and the evaluation, each with 1/%d of the budget"
                        .formatted(folds.count() - 1, folds.count(), folds.count() + 1)));
    study
        .analysis()
        .groups()
        .ifPresent(column -> asked.row("Groups", "evaluated in each group of " + column + " too"));
    study
        .analysis()
        .expectedPositives()
        .ifPresent(
            share ->
                asked.row(
                    "Expected",
                    "%s %% of the records positive, as the study declared beforehand"
                        .formatted(Decimal.significant(100 * share, 3))));
    cleaning(asked, study.cleaning());
    asked.row("Study text", "SHA-256 " + study.digest().hex());
    asked.row("Plan", "SHA-256 " + findings.plan().digest().hex());
    return new Markup().add(asked.toMarkup()).add(members());
  }

  private static void cleaning(Table asked, Recipe recipe) {
    recipe.inWords().forEach(step -> asked.row("Cleaned first", step));
    if (recipe.stability() > 1) {
      asked.row(
          "Effect of cleaning",
          "one unit more or less can change %d times its rows, which the noise provides for"
              .formatted(recipe.stability()));
    }
  }

  private Markup members() {
    Quorum quorum = findings.plan().quorum();
    Table table = new Table("Organisations and the keys that sign for them", "Node", "Key");
    for (Roster.Member member : findings.plan().roster().members()) {
      table.row(member.id().value(), member.key().fingerprint());
    }
    return new Markup()
        .leaf("h3", "Who took part")
        .leaf(
            "p",
            "Of %d members at least %d must be in every sum and %d must help to open it. The guarantee holds while at most %d of them work together with the coordinator."
                .formatted(
                    quorum.nodes(),
                    quorum.leastConfirmed(),
                    quorum.threshold(),
                    quorum.colluders()))
        .add(table.toMarkup());
  }

  private static String unit(PrivacyUnit unit) {
    return unit.keyColumn()
        .map(
            key ->
                "one %s, told apart by '%s', with at most %d rows"
                    .formatted(unit.name(), key, unit.maxRows()))
        .orElse(
            unit.name().equals("row") ? "one row" : "one row, which stands for one " + unit.name());
  }

  private static String heldOut(Study study) {
    if (study.folds().isPresent()) {
      int folds = study.folds().get().count();
      return "every unit once: %d folds by a public hash, each evaluated by the model learnt from the other %d"
          .formatted(folds, folds - 1);
    }
    return study.holdoutPercent() == 0
        ? "nothing"
        : study.holdoutPercent() + " % of the units, by a public hash, for evaluation only";
  }

  private static String question(AnalysisChoice analysis, Findings findings) {
    if (analysis instanceof AnalysisChoice.Quality quality) {
      return quality.columns().isEmpty()
          ? "How good are the data in all shared columns?"
          : "How good are the data in " + join(quality.columns()) + "?";
    }
    if (analysis instanceof AnalysisChoice.Statistics statistics) {
      return statistics(statistics.request());
    }
    if (analysis instanceof AnalysisChoice.NaiveBayes bayes) {
      String pairs =
          bayes.interactions().isEmpty()
              ? ""
              : "; counted as one column each: " + Interaction.inWords(bayes.interactions());
      String question =
          "Naive Bayes model of %s from %s%s"
              .formatted(bayes.label().inWords(), join(bayes.features()), pairs);
      return bayes.normal().isEmpty()
          ? question
          : question + "; taken for normal: " + join(bayes.normal());
    }
    if (analysis instanceof AnalysisChoice.Clustering clusters) {
      return "%d clusters of the records by %s"
          .formatted(clusters.clusters(), join(clusters.columns()));
    }
    if (analysis instanceof AnalysisChoice.Candidates candidates) {
      return "The best of %d models of %s by %s on held-out records%s"
          .formatted(
              candidates.candidates().size(),
              candidates.label().inWords(),
              candidates.criterion().inWords(),
              candidates.sharedFeatures().isEmpty()
                  ? ""
                  : ", each from " + join(candidates.sharedFeatures()));
    }
    AnalysisChoice.Linear linear = (AnalysisChoice.Linear) analysis;
    String pairs =
        linear.interactions().isEmpty()
            ? ""
            : ", with interactions %s,".formatted(Interaction.inWords(linear.interactions()));
    return "%s of %s from %s%s in %d rounds%s"
        .formatted(
            Wording.capital(linear.name()),
            linear.label().inWords(),
            join(linear.features()),
            pairs,
            findings.rounds(),
            linear.weighing());
  }

  private static String statistics(Request request) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "Statistics of "
            + (request.columns().isEmpty() ? "all shared columns" : join(request.columns())));
    if (!request.quantiles().isEmpty()) {
      parts.add("quantiles of " + join(request.quantiles()));
    }
    if (!request.correlations().isEmpty()) {
      parts.add("correlations among " + join(request.correlations()));
    }
    request
        .tables()
        .forEach(pair -> parts.add("a table of " + pair.rows() + " by " + pair.columns()));
    return String.join("; ", parts);
  }

  private static String join(List<String> names) {
    return String.join(", ", names);
  }
}
