package org.althing.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.model.evaluation.Comparison;
import org.althing.model.evaluation.Comparison.Behind;
import org.althing.model.evaluation.Comparison.Span;
import org.althing.model.evaluation.Criterion;
import org.althing.release.Measure;
import org.althing.statistics.Interval;
import org.althing.study.AnalysisChoice;
import org.althing.study.Choice;

/** All candidates on the held-out records, and what may be said of the one that was chosen. */
record CandidatesSection(Findings findings, Choice choice) {
  Markup body() {
    Markup out = new Markup();
    out.leaf("h3", "Which candidate was kept");
    out.leaf("p", kept());
    out.leaf("p", told());
    optimism().ifPresent(said -> out.leaf("p", said));
    out.add(comparison().toMarkup());
    return out.add(figure().toMarkup());
  }

  private Comparison compared() {
    return choice.comparison();
  }

  private Criterion criterion() {
    return compared().criterion();
  }

  private String kept() {
    int tried = choice.candidates().size();
    if (compared().optimism().isEmpty()) {
      return "%d models were learnt, each for 1/%d of the budget. The %s of none of them stands above the noise, so the first of the study, '%s', was kept."
          .formatted(tried, tried, criterion().inWords(), choice.chosen().name());
    }
    return "%d models were learnt, each for 1/%d of the budget, and compared by %s on the same held-out records. '%s' has the %s and is the model described below and in model.json; the others were released and paid for all the same."
        .formatted(
            tried,
            tried,
            criterion().inWords(),
            choice.chosen().name(),
            criterion().largerIsBetter() ? "largest" : "smallest");
  }

  private String told() {
    List<String> worse =
        IntStream.range(0, choice.candidates().size())
            .filter(i -> compared().behind().get(i).filter(Behind::isTold).isPresent())
            .mapToObj(i -> choice.candidates().get(i).name())
            .toList();
    return worse.isEmpty()
        ? "It is told from no other by more than noise and chance: drawn again, another might have been kept."
        : "It is better beyond noise and chance than %s.".formatted(String.join(", ", worse));
  }

  private Optional<String> optimism() {
    return compared()
        .optimism()
        .flatMap(
            most ->
                compared()
                    .allowing()
                    .map(
                        span ->
                            "A figure that was chosen for being the best is too good on average: here by at most %s, which it would be if all candidates were equally good. With 95 %% confidence, the choice allowed for, its %s is %s. All its other figures below are as they were released, and those that go with the %s are too good as well."
                                .formatted(
                                    Decimal.fixed(most, 4),
                                    criterion().inWords(),
                                    GroupsSection.range(shown(span)),
                                    criterion().inWords())));
  }

  private Table comparison() {
    Table table =
        new Table(
            "Candidates by %s, with 95 %% intervals; differences with intervals that hold at once"
                .formatted(criterion().inWords()),
            "Candidate",
            "Model",
            "Rounds>",
            Wording.capital(criterion().inWords()) + ">",
            "Behind the best>",
            "Told from noise");
    for (int i = 0; i < choice.candidates().size(); i++) {
      Choice.Candidate each = choice.candidates().get(i);
      Optional<Behind> behind = compared().behind().get(i);
      table.row(
          each.name(),
          model(each),
          Integer.toString(each.rounds()),
          cell(criterion(), compared().figures().get(i)),
          behind
              .map(b -> Decimal.fixed(b.value(), 3) + " (" + range(b.span()) + ")")
              .orElse(EvaluationSection.NONE),
          i == choice.best() ? "kept" : behind.filter(Behind::isTold).map(b -> "yes").orElse("no"));
    }
    return table;
  }

  private String model(Choice.Candidate candidate) {
    AnalysisChoice.Candidates asked = (AnalysisChoice.Candidates) findings.study().analysis();
    return asked.candidates().stream()
        .filter(each -> each.name().equals(candidate.name()))
        .map(asked::inWords)
        .findFirst()
        .orElseThrow();
  }

  private Figure figure() {
    Table table =
        new Table(
            "Candidates on held-out records, with 95 % intervals",
            "Candidate", "AUC>", "Accuracy>", "Log-loss>");
    for (Choice.Candidate each : choice.candidates()) {
      table.row(
          each.name(),
          cell(Criterion.AUC, each.figure(Criterion.AUC)),
          cell(Criterion.ACCURACY, each.figure(Criterion.ACCURACY)),
          cell(Criterion.LOG_LOSS, each.figure(Criterion.LOG_LOSS)));
    }
    Drawing drawing =
        Charts.dots(
            List.of("AUC", "accuracy"),
            choice.candidates().stream().map(Choice.Candidate::name).toList(),
            choice.candidates().stream().map(CandidatesSection::dots).toList());
    return new Figure(
        "candidates",
        "All candidates (95 % intervals)",
        "Kept is %s; a candidate whose interval overlaps its own may be as good."
            .formatted(choice.chosen().name()),
        drawing,
        table);
  }

  private static List<Optional<Charts.Dot>> dots(Choice.Candidate candidate) {
    return Arrays.asList(
        candidate.figure(Criterion.AUC).map(GroupsSection::dot),
        candidate.figure(Criterion.ACCURACY).map(GroupsSection::dot));
  }

  private static String cell(Criterion criterion, Optional<Measure> figure) {
    return figure
        .map(
            m -> {
              Interval interval = Interval.of(m).within(0, criterion.most());
              double value = Math.max(0, Math.min(criterion.most(), m.value()));
              return Decimal.fixed(value, 3) + " (" + GroupsSection.range(interval) + ")";
            })
        .orElse("too few records");
  }

  /** Cut to what is possible. */
  private Interval shown(Span span) {
    return new Interval(span.low(), span.high()).within(0, criterion().most());
  }

  private static String range(Span span) {
    return GroupsSection.range(new Interval(span.low(), span.high()));
  }
}
