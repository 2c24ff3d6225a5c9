package org.althing.sheet;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.althing.cleaning.Recipe;
import org.althing.federation.Quorum;
import org.althing.model.evaluation.Groups;
import org.althing.model.features.FeasibilityIndex;
import org.althing.model.features.Interaction;
import org.althing.privacy.Rho;
import org.althing.release.Folds;
import org.althing.release.ReleaseSpec;
import org.althing.sheet.PlanSheet.Owner;
import org.althing.study.AnalysisChoice;
import org.althing.study.Plan;
import org.althing.study.Programme;
import org.althing.study.Refusal.Reason;
import org.althing.study.Study;

/** A plan sheet in plain words and aligned columns, for whoever has to say yes or no. */
public final class PlanText {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+$");
  private final PlanSheet sheet;
  private final StringBuilder text = new StringBuilder();

  private PlanText(PlanSheet sheet) {
    this.sheet = sheet;
  }

  /** Several lines, each ended by a line feed. */
  public static String of(PlanSheet sheet) {
    PlanText page = new PlanText(sheet);
    page.heading();
    page.candidates();
    sheet.study().folds().ifPresent(page::folds);
    page.cleaning();
    page.releases();
    page.cost();
    page.owners();
    page.expectation();
    page.warnings();
    return page.text.toString();
  }

  private void heading() {
    Study study = sheet.study();
    Quorum quorum = sheet.plan().quorum();
    line("Study %s   %s".formatted(study.id(), analysis()));
    line("  %s".formatted(study.title()));
    line(
        "  asked by %s for %s; answer within %s"
            .formatted(study.lead(), study.purpose(), Brief.period(study.deadline())));
    line(
        "  %d organisations; a result needs %d of them and withstands %d who %s"
            .formatted(
                quorum.nodes(),
                quorum.leastConfirmed(),
                quorum.colluders(),
                quorum.colluders() == 1 ? "pools what it knows" : "pool what they know"));
  }

  private String analysis() {
    AnalysisChoice choice = sheet.study().analysis();
    Plan plan = sheet.plan();
    if (choice instanceof AnalysisChoice.Quality) {
      return "data-quality audit, 1 round";
    }
    if (choice instanceof AnalysisChoice.Statistics) {
      return "statistics, 1 round";
    }
    if (choice instanceof AnalysisChoice.Clustering clusters) {
      return "k-means, %d clusters, %d rounds"
          .formatted(clusters.clusters(), plan.releases().size());
    }
    if (choice instanceof AnalysisChoice.Linear linear) {
      String found = inWords(sheet.planned().programme().found());
      String pairs =
          linear.interactions().isEmpty()
              ? ""
              : ", with interactions " + Interaction.inWords(linear.interactions());
      return "%s, %d rounds%s%s%s"
          .formatted(
              linear.name(), sheet.study().trainingRounds(plan), pairs, found, linear.weighing());
    }
    if (choice instanceof AnalysisChoice.Candidates candidates) {
      return "the best of %d models by %s, %d rounds"
          .formatted(
              candidates.candidates().size(),
              candidates.criterion().inWords(),
              plan.trainingRounds());
    }
    return "naive Bayes, 1 round%s%s"
        .formatted(
            ((AnalysisChoice.NaiveBayes) choice).settings(),
            inWords(sheet.planned().programme().found()));
  }

  private static String inWords(Programme.Found found) {
    String cut =
        found.slopesCutAt().stream()
            .mapToObj(most -> ", no record's slope beyond " + Brief.number(most))
            .collect(Collectors.joining());
    return cut
        + some(", reading by their values and not by bins: ", found.values())
        + some(", taking for normal and not by bins: ", found.normal());
  }

  private static String some(String what, List<String> columns) {
    return columns.isEmpty() ? "" : what + String.join(", ", columns);
  }

  private void candidates() {
    if (!(sheet.study().analysis() instanceof AnalysisChoice.Candidates choice)) {
      return;
    }
    int tried = choice.candidates().size();
    line("");
    line("WHICH MODELS ARE TRIED, all of them released and paid for");
    TextTable table = new TextTable("  ", List.of(2, 3));
    table.row("candidate", "model", "rounds", "feasibility S");
    List<Programme.Expectation> expected = sheet.candidates();
    for (int i = 0; i < tried; i++) {
      Programme.Expectation each = expected.get(i);
      table.row(
          each.candidate(),
          choice.inWords(choice.candidates().get(i)) + inWords(each.found()),
          Integer.toString(each.rounds()),
          sheet.people() == 0 ? "-" : each.index().map(s -> Brief.number(s.value())).orElse("-"));
    }
    text.append(table);
    line(
        "  each candidate has 1/%d of the budget to learn, and a held-out record counts once for each of them in the evaluation:"
            .formatted(tried));
    line(
        "  all their sums carry %s times the noise that one model alone would have in the same rounds"
            .formatted(Brief.number(Math.sqrt(tried))));
    line(
        "  kept is the best by %s on held-out records; being chosen, it will look better there than it is, and the report says by how much at most"
            .formatted(choice.criterion().inWords()));
  }

  private void folds(Folds folds) {
    int count = folds.count();
    line("");
    line("HOW THE MODEL IS CROSS-VALIDATED, in place of a hold-out");
    line(
        "  %d folds of the units by a public hash, and %d models, each learnt from the records outside one fold"
            .formatted(count, count));
    line(
        "  each record is learnt from %d times, and evaluated once, by the model that has not seen it"
            .formatted(count - 1));
    line(
        "  ledgers know no folds and charge it %d trainings and the evaluation: each has 1/%d of the budget, and %s times the noise it would have with a hold-out"
            .formatted(count, count + 1, Brief.number(Math.sqrt(count + 1))));
    line(
        "  kept is the mean of the %d models' weights; the figures are theirs together, not the mean's"
            .formatted(count));
  }

  private void cleaning() {
    Recipe recipe = sheet.study().cleaning();
    if (recipe.isEmpty()) {
      return;
    }
    line("");
    line("HOW EVERY ORGANISATION CLEANS ITS ROWS FIRST");
    recipe.inWords().forEach(step -> line("  " + step));
    if (recipe.stability() > 1) {
      line(
          "  so one %s more or less can change %d times its rows: the noise provides for that"
              .formatted(sheet.contract().unit().name(), recipe.stability()));
    }
  }

  private void releases() {
    Plan plan = sheet.plan();
    line("");
    line("WHAT WILL LEAVE, only as a sum over the organisations and with every node's noise in it");
    TextTable table = new TextTable("  ", List.of(3, 4, 5, 6));
    String unit = sheet.contract().unit().name();
    table.row(
        "release",
        "people",
        "block",
        "numbers",
        "one " + unit + " moves it by at most",
        "noise of a node",
        "noise on the sum");
    int release = 0;
    while (release < plan.releases().size()) {
      int last = lastAlike(plan, release);
      for (int b = 0; b < plan.releases().get(release).noise().sigmas().size(); b++) {
        rowOf(table, ReleaseSize.of(plan, release, b), release, last, b);
      }
      release = last + 1;
    }
    text.append(table);
    sheet.groups().ifPresent(this::groups);
    line("  nothing else: no rows, no identifiers, no organisation's own numbers");
  }

  private void groups(Groups groups) {
    double times = Math.sqrt(groups.count());
    line(
        "  the evaluation has %s once for each of %d groups of %s, \"not known\" among them: a record is in one,"
            .formatted(
                sheet.tellsClasses() ? "its confusion" : "every number",
                groups.count(),
                groups.column()));
    line(
        "  so they cost no more; %s of all records together carry %s times the noise they would have without groups"
            .formatted(
                sheet.tellsClasses() ? "accuracy, precision, recall and F1" : "figures",
                Brief.number(times)));
  }

  private void rowOf(TextTable table, ReleaseSize size, int release, int last, int block) {
    String name =
        last == release
            ? size.release()
            : size.release() + " to " + numberOf(sheet.plan().releases().get(last));
    table.row(
        block == 0 ? name : "",
        block == 0 ? size.partition() : "",
        size.block(),
        (last == release ? "" : (last - release + 1) + " × ") + size.numbers(),
        Brief.number(size.unitNorm()),
        "± " + Brief.number(size.deviationOfNode()),
        "± " + Brief.number(size.deviationOfSum()));
  }

  /** Rounds that differ in nothing but their number share a line. */
  private static int lastAlike(Plan plan, int first) {
    ReleaseSpec like = plan.releases().get(first);
    int last = first;
    while (last + 1 < plan.releases().size()
        && isNextRound(like, plan.releases().get(last + 1))
        && plan.releases().get(last + 1).partition() == like.partition()
        && plan.releases().get(last + 1).noise().equals(like.noise())) {
      last++;
    }
    return last;
  }

  private static boolean isNextRound(ReleaseSpec like, ReleaseSpec other) {
    return !numberOf(other).isEmpty() && wordsOf(like).equals(wordsOf(other));
  }

  /** The number a release's name ends in, empty for none. */
  private static String numberOf(ReleaseSpec release) {
    return release.name().substring(wordsOf(release).length());
  }

  private static String wordsOf(ReleaseSpec release) {
    return NUMBER.matcher(release.name()).replaceFirst("");
  }

  private void cost() {
    Plan plan = sheet.plan();
    line("");
    line(
        "WHAT IT COSTS each %s (ε at δ = %s; ρ is what the ledgers count)"
            .formatted(sheet.contract().unit().name(), Brief.delta(sheet.delta())));
    TextTable table = new TextTable("  ", List.of(1, 3));
    costRow(table, "if all goes well", plan.cost());
    costRow(
        table,
        "set aside, with %d spare attempt%s"
            .formatted(plan.spareAttempts(), plan.spareAttempts() == 1 ? "" : "s"),
        plan.reservation());
    costRow(table, "if all other organisations collude", plan.costIfAllOthersCollude());
    costRow(
        table,
        "if one " + sheet.contract().unit().name() + " were exchanged for another, at most",
        sheet.costOfReplacement());
    text.append(table);
  }

  private void costRow(TextTable table, String what, Rho rho) {
    table.row(what, "ρ " + Brief.cost(rho), "", "ε " + Brief.cost(sheet.epsilonOf(rho)));
  }

  private void owners() {
    line("");
    line("EACH ORGANISATION'S BUDGET AND POLICY");
    TextTable table = new TextTable("  ", List.of(2, 3, 4, 5));
    table.row(
        "organisation", "population", "budget", "left", "this study", "room after for", "policy");
    for (Owner owner : sheet.owners()) {
      table.row(
          owner.id().value(),
          owner.population(),
          owner.budget().map(b -> "ρ " + Brief.number(b.total().toDouble())).orElse("none"),
          owner.budget().map(b -> share(owner.left(), b.total())).orElse("-"),
          owner.budget().map(b -> share(sheet.plan().cost(), b.total())).orElse("-"),
          sheet.roomAfter(owner) + " more",
          owner.admits() ? "admits" : "REFUSES");
    }
    text.append(table);
    for (Owner owner : sheet.owners()) {
      if (owner.admits() && owner.approvals().asksAnybody()) {
        line(
            "  %s asks people before it admits: %s"
                .formatted(owner.id(), owner.approvals().asked()));
      }
      for (Reason reason : owner.objections()) {
        line("  %s refuses, %s".formatted(owner.id(), reason));
      }
    }
  }

  private static String share(Rho part, Rho whole) {
    return whole.pico() == 0 ? "-" : Brief.percent(part.toDouble() / whole.toDouble());
  }

  private void expectation() {
    line("");
    if (sheet.people() == 0) {
      line("WHAT YOU MAY EXPECT cannot be foretold: the study declares no number of people");
      return;
    }
    line("WHAT YOU MAY EXPECT with %d people, as declared in public".formatted(sheet.people()));
    String which =
        sheet.study().analysis() instanceof AnalysisChoice.Candidates
            ? " of the candidate that stands furthest above the noise"
            : "";
    sheet.feasibility().ifPresent(s -> feasibility(oneRow(), s, which));
    if (sheet.rowsOfUnit() > 1) {
      sheet
          .feasibilityOfAllRows()
          .ifPresent(s -> feasibility("where each has " + sheet.rowsOfUnit() + ", ", s, which));
    }
    sheet
        .study()
        .analysis()
        .expectedPositives()
        .ifPresent(
            share ->
                line(
                    "  by the %s %% of positive records that the study declares: as much as %s people would tell with both classes equally common"
                        .formatted(
                            Brief.number(100 * share),
                            Brief.number(
                                Math.floor(sheet.people() * FeasibilityIndex.balance(share))))));
    otherBudgets();
    sheet
        .remedy()
        .ifPresent(
            r -> line("  good it would be, %sroughly, with %s".formatted(oneRow(), inWords(r))));
    Optional<Double> margin = sheet.marginOfShares();
    if (margin.isPresent()) {
      String what =
          sheet.study().analysis().fitsModel()
              ? sheet.study().folds().isPresent()
                  ? "the accuracy measured over the folds"
                  : "the accuracy measured on the hold-out"
              : "each share of the records";
      line(
          "  %s is known to ± %s percentage points (95 %%, noise alone)%s"
              .formatted(
                  what,
                  Brief.points(margin.get()),
                  sheet.rowsOfUnit() == 1
                      ? ""
                      : ", or ± %s where each %s has %d rows"
                          .formatted(
                              Brief.points(margin.get() / sheet.rowsOfUnit()),
                              sheet.contract().unit().name(),
                              sheet.rowsOfUnit())));
      sheet
          .marginInGroup()
          .ifPresent(
              m ->
                  line(
                      "  in a group, if all declared ones were of one size, to ± %s; in a smaller one less exactly"
                          .formatted(Brief.points(m))));
    } else {
      line("  the model is not evaluated: the study keeps no hold-out");
    }
  }

  /** What the index stands for where a unit may have several rows. */
  private String oneRow() {
    return sheet.rowsOfUnit() == 1
        ? ""
        : "where each %s has one row, ".formatted(sheet.contract().unit().name());
  }

  private void feasibility(String where, FeasibilityIndex index, String which) {
    line(
        "  %s%s (feasibility S = %s%s)"
            .formatted(where, index.band().inWords(), Brief.number(index.value()), which));
  }

  private void otherBudgets() {
    if (sheet.study().analysis() instanceof AnalysisChoice.Candidates) {
      return;
    }
    List<PlanSheet.AtBudget> budgets = sheet.atOtherBudgets();
    if (!budgets.isEmpty()) {
      line(
          "  at other budgets, %sroughly and by public numbers alone: %s"
              .formatted(
                  oneRow(),
                  budgets.stream()
                      .map(
                          each ->
                              "ε %s %s (S %s)"
                                  .formatted(
                                      Brief.number(each.epsilon()),
                                      each.index().band().word(),
                                      Brief.number(each.index().value())))
                      .collect(Collectors.joining(", "))));
    }
  }

  /** What would make a model good, such as "about 9000 people (3 more organisations ...)". */
  public static String inWords(PlanSheet.Remedy remedy) {
    return "%d people (%d more organisation%s of this size)%s"
        .formatted(
            remedy.people(),
            remedy.organisations(),
            remedy.organisations() == 1 ? "" : "s",
            Double.isInfinite(remedy.epsilon())
                ? ", while no budget that still protects anybody would do"
                : ", or with ε " + Brief.cost(remedy.epsilon()));
  }

  private void warnings() {
    List<String> warnings = PlanWarnings.of(sheet);
    if (!warnings.isEmpty()) {
      line("");
      line("WARNINGS");
      text.append(warnings.stream().map(w -> "  " + w + "\n").collect(Collectors.joining()));
    }
  }

  private void line(String words) {
    text.append(words).append('\n');
  }
}
