package org.althing.compliance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.model.evaluation.Comparison;
import org.althing.model.evaluation.Comparison.Behind;
import org.althing.model.evaluation.Criterion;
import org.althing.release.Measure;
import org.althing.report.Decimal;
import org.althing.statistics.Interval;
import org.althing.study.AnalysisChoice;
import org.althing.study.Choice;

/** How a model was chosen among candidates, in words. */
record CandidateWords(Choice choice) {
  private static final Phrase NONE = Phrase.same("–");

  /** What was tried, and at which price. */
  static List<Statement> tried(AnalysisChoice.Candidates asked) {
    Phrase price =
        Phrase.of(
                "%d models, each for 1/%1$d of the budget; kept is the best by %s",
                "%d 个模型，每个使用预算的 1/%1$d；保留%s最佳者")
            .with(asked.candidates().size(), name(asked.criterion()));
    return Stream.concat(
            Stream.of(Statement.of(price, Trail.study("analysis"))),
            asked.candidates().stream()
                .map(
                    each ->
                        Statement.of(
                            each.name() + ": " + asked.inWords(each), Trail.study("analysis"))))
        .toList();
  }

  /** What the choice does to the figures of the model. */
  Phrase sentence() {
    Comparison compared = choice.comparison();
    Phrase kept =
        Phrase.of("“%s” was kept of %d candidates", "从 %2$d 个候选模型中保留了“%1$s”")
            .with(choice.chosen().name(), choice.candidates().size());
    if (compared.optimism().isEmpty() || compared.allowing().isEmpty()) {
      return Phrase.of(
              "%s, the first of them: no figure stands above the noise", "%s（首个候选）：没有任何指标高于噪声")
          .with(kept);
    }
    Interval interval = within(compared.allowing().get());
    return Phrase.of(
            "%s by %s; chosen for it, that figure is too good on average, by at most %s, and with the choice allowed for is %s – %s (95 %%)",
            "%s，依据：%s；由于是择优选出，该指标平均偏于乐观，至多 %s；计入择优后的 95 %% 区间为 %s – %s")
        .with(
            kept,
            name(compared.criterion()),
            Decimal.fixed(compared.optimism().get(), 4),
            Decimal.fixed(interval.low(), 3),
            Decimal.fixed(interval.high(), 3));
  }

  Part.Fields chosen(Source source) {
    return new Part.Fields(Phrase.of("How the model was chosen", "模型如何选出"))
        .put("chosen", Phrase.of("Choice", "选择"), Statement.of(sentence(), source));
  }

  Part.Rows rows(Source source) {
    Part.Rows rows =
        new Part.Rows(
            "candidates",
            Phrase.of("All candidates on held-out records", "全部候选模型在留出记录上的表现"),
            Phrase.of("Candidate", "候选"),
            Phrase.of("%s>", "%s>").with(name(choice.comparison().criterion())),
            Phrase.of("95 % interval>", "95 % 区间>"),
            Phrase.of("Behind the best>", "落后于最佳者>"),
            Phrase.of("Interval, all at once>", "同时成立的区间>"),
            Phrase.of("Told from noise", "能否与噪声区分"));
    for (int i = 0; i < choice.candidates().size(); i++) {
      Optional<Measure> figure = choice.comparison().figures().get(i);
      Optional<Behind> behind = choice.comparison().behind().get(i);
      rows.row(
          source,
          Phrase.same(choice.candidates().get(i).name()),
          figure
              .map(m -> Phrase.same(Decimal.fixed(within(m.value()), 4)))
              .orElse(ModelReport.TOO_NOISY),
          figure.map(m -> range(Interval.of(m).within(0, most()))).orElse(NONE),
          behind.map(b -> Phrase.same(Decimal.fixed(b.value(), 4))).orElse(NONE),
          behind.map(b -> range(new Interval(b.span().low(), b.span().high()))).orElse(NONE),
          i == choice.best()
              ? Phrase.of("kept", "保留")
              : behind.filter(Behind::isTold).isPresent()
                  ? Phrase.of("yes", "能")
                  : Phrase.of("no", "不能"));
    }
    return rows;
  }

  private double most() {
    return choice.comparison().criterion().most();
  }

  private double within(double value) {
    return Math.max(0, Math.min(most(), value));
  }

  private Interval within(Comparison.Span span) {
    return new Interval(span.low(), span.high()).within(0, most());
  }

  private static Phrase range(Interval interval) {
    return Phrase.same(
        Decimal.fixed(interval.low(), 3) + " – " + Decimal.fixed(interval.high(), 3));
  }

  private static Phrase name(Criterion criterion) {
    return switch (criterion) {
      case AUC -> Phrase.of("area under the ROC curve", "ROC 曲线下面积");
      case ACCURACY -> Phrase.of("accuracy", "准确率");
      case LOG_LOSS -> Phrase.of("log-loss", "对数损失");
    };
  }
}
