package org.althing.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.althing.model.evaluation.GroupFindings.Gap;
import org.althing.model.evaluation.GroupFindings.Group;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Rho;
import org.althing.release.Measure;
import org.althing.release.PaperFederation;
import org.althing.release.Release;
import org.althing.release.Simultaneous;
import org.althing.statistics.Interval;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupFindingsTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("score", new Domain.Numbers(-8, 8, false, List.of())),
              new Column("ill", new Domain.Categories(List.of("no", "yes"))),
              new Column("sex", new Domain.Categories(List.of("f", "m"))),
              new Column("age", new Domain.Numbers(0, 100, true, decades(12)))));

  /** The logit is the score itself, to 1/32. */
  private static final LinearModel IDENTITY =
      new LinearModel(
          new FeatureSpace(SCHEMA, List.of("score")),
          new Label(SCHEMA, "ill", Set.of("yes")),
          new double[] {8, 0, 0});

  private static final Groups SEX = new Groups(SCHEMA, "sex");

  private static List<Double> decades(int edges) {
    return IntStream.rangeClosed(1, edges).mapToObj(i -> 7.0 * i).toList();
  }

  private static final HoldoutEvaluation BY_SEX =
      new HoldoutEvaluation(IDENTITY, Rho.roundedUp(900), Optional.of(SEX));

  /** Everybody held out, without noise. */
  private static List<Release> releases(HoldoutEvaluation evaluation, List<List<String>> rows) {
    PaperFederation exact = PaperFederation.exact();
    return new PaperFederation(exact.honestSurvivors(), 1, 100, exact.words())
        .releases(evaluation, List.of(Batches.of(SCHEMA, 0, rows)));
  }

  private static GroupFindings found(HoldoutEvaluation evaluation, List<List<String>> rows) {
    return evaluation.byGroup(releases(evaluation, rows), 0).orElseThrow();
  }

  private static List<List<String>> times(int n, String score, String ill, String sex) {
    return Collections.nCopies(n, List.of(score, ill, sex, "30"));
  }

  private static List<List<String>> mixed() {
    List<List<String>> rows = new ArrayList<>();
    rows.addAll(times(300, "2.1", "yes", "f"));
    rows.addAll(times(100, "-2.1", "yes", "f"));
    rows.addAll(times(600, "-3.2", "no", "f"));
    rows.addAll(times(100, "2.1", "yes", "m"));
    rows.addAll(times(100, "-2.1", "yes", "m"));
    rows.addAll(times(700, "-3.2", "no", "m"));
    rows.addAll(times(100, "3.2", "no", "m"));
    rows.addAll(times(20, "3.2", "no", ""));
    rows.addAll(times(30, "3.2", "no", "x"));
    rows.addAll(times(40, "3.2", "", "f"));
    return rows;
  }

  @Test
  void everyLabelledRecordCountsInTheOneGroupItIsIn() {
    GroupFindings found = found(BY_SEX, mixed());
    assertThat(found.column()).isEqualTo("sex");
    assertThat(found.groups()).extracting(Group::name).containsExactly("f", "m", "not known");
    assertThat(found.groups().stream().map(g -> Math.round(g.records().value())))
        .containsExactly(1000L, 1000L, 50L);
    Group men = found.groups().get(1);
    assertThat(men.baseRate().orElseThrow().value()).isCloseTo(0.2, within(1e-9));
    assertThat(men.predictedPositive().orElseThrow().value()).isCloseTo(0.2, within(1e-9));
    assertThat(men.accuracy().orElseThrow().value()).isCloseTo(0.8, within(1e-9));
    assertThat(men.truePositiveRate().orElseThrow().value()).isCloseTo(0.5, within(1e-9));
    assertThat(men.falsePositiveRate().orElseThrow().value()).isCloseTo(0.125, within(1e-9));
    // 100·(700 + 0) + 100·700 of 200·800 pairs.
    assertThat(men.auc().orElseThrow().value()).isCloseTo(0.875, within(1e-9));
    assertThat(found.groups().get(2).truePositiveRate()).isEmpty();
  }

  @Test
  void gapsAreBetweenDeclaredGroupsAndTellWhetherNoiseAloneCouldMakeThem() {
    GroupFindings found = found(BY_SEX, mixed());
    Gap opportunity = found.equalOpportunity().orElseThrow();
    assertThat(opportunity.value()).isCloseTo(0.25, within(1e-9));
    assertThat(opportunity.lowest()).isEqualTo("m");
    assertThat(opportunity.highest()).isEqualTo("f");
    assertThat(opportunity.isTold()).isTrue();
    // √(0.5²/200 + 0.75·0.25/400) = 0.0415; the four records more change it by less than 0.001.
    assertThat(opportunity.low()).isCloseTo(0.25 - 1.96 * 0.0415, within(0.002));
    assertThat(opportunity.high()).isCloseTo(0.25 + 1.96 * 0.0415, within(0.002));
    // Of those whose group is not known all are predicted positive: they are not compared.
    Gap parity = found.demographicParity().orElseThrow();
    assertThat(parity.value()).isCloseTo(0.1, within(1e-9));
    assertThat(parity.compared()).isEqualTo(2);
  }

  @Test
  void aFewRecordsThatAllAgreeTellNothing() {
    List<List<String>> rows = new ArrayList<>(times(2, "2.1", "yes", "f"));
    rows.addAll(times(2, "-2.1", "yes", "m"));
    Gap gap = found(BY_SEX, rows).equalOpportunity().orElseThrow();
    assertThat(gap.value()).isCloseTo(1, within(1e-9));
    assertThat(gap.low()).isLessThan(0.6);
  }

  @Test
  void saysNothingOfGroupsThatDrownInNoise() {
    HoldoutEvaluation drowned =
        new HoldoutEvaluation(IDENTITY, Rho.roundedUp(1e-6), Optional.of(SEX));
    GroupFindings found = found(drowned, mixed().subList(0, 50));
    assertThat(found.groups()).allMatch(g -> g.accuracy().isEmpty() && g.auc().isEmpty());
    assertThat(found.demographicParity()).isEmpty();
    assertThat(found.equalOpportunity()).isEmpty();
  }

  @Test
  void overallFiguresAreThoseOfTheSumWithTheRootOfTheGroupsTimesTheNoise() {
    HoldoutEvaluation plain = new HoldoutEvaluation(IDENTITY, Rho.roundedUp(900));
    Performance without = plain.conclude(releases(plain, mixed()));
    Performance with = BY_SEX.conclude(releases(BY_SEX, mixed()));
    assertThat(with.positives()).isEqualTo(without.positives());
    assertThat(with.negatives()).isEqualTo(without.negatives());
    assertThat(with.records().noiseDeviation())
        .isCloseTo(Math.sqrt(3) * without.records().noiseDeviation(), within(1e-9));
  }

  /** One record is in one cell of each block: no bound and no \u03c1 moves with the groups. */
  @Test
  void groupsMultiplyTheCellsButNeitherBoundsNorCost() {
    Rho rho = Rho.roundedUp(0.05);
    List<BlockDemand> plain = HoldoutEvaluation.releases(1, rho, Optional.empty()).get(0).blocks();
    List<BlockDemand> inGroups =
        HoldoutEvaluation.releases(1, rho, Optional.of(SEX)).get(0).blocks();
    for (int b = 0; b < plain.size(); b++) {
      assertThat(inGroups.get(b))
          .isEqualTo(
              new BlockDemand(
                  plain.get(b).name(),
                  3 * plain.get(b).length(),
                  plain.get(b).bound(),
                  plain.get(b).rho()));
    }
  }

  @Test
  void groupsAreTwoToTwelveCells() {
    assertThatThrownBy(() -> new Groups(SCHEMA, "score")).hasMessageContaining("score has 0");
    assertThatThrownBy(() -> new Groups(SCHEMA, "age")).hasMessageContaining("age has 13");
    assertThat(SEX.count()).isEqualTo(3);
  }

  @Test
  void quantilesOfSeveralIntervalsAreThoseOfTheNormalDistribution() {
    assertThat(Simultaneous.quantile(1)).isCloseTo(1.959964, within(5e-4));
    assertThat(Simultaneous.quantile(3)).isCloseTo(2.393980, within(5e-4));
    assertThat(Simultaneous.quantile(50)).isCloseTo(3.290527, within(5e-4));
  }

  /**
   * 2000 samples, noised, of groups with given rates: intervals of the largest gap hold it in at
   * least 95 % of cases, less 1.5 points (three standard errors) for chance and for what is only of
   * first order; without a difference one is told in at most 5 and those 1.5 %.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 0.0, 400, 4",
    "2, 0.2, 400, 4",
    "5, 0.0, 150, 5",
    "5, 0.3, 150, 5",
    "12, 0.1, 300, 3",
    "12, 0.0, 60, 3"
  })
  void intervalsOfTheLargestGapHoldItAsOftenAsTheySay(
      int groups, double gap, int positives, double noise) {
    Random random = new Random(29);
    int held = 0;
    int told = 0;
    int runs = 2000;
    for (int run = 0; run < runs; run++) {
      List<Group> all = new ArrayList<>();
      for (int g = 0; g < groups; g++) {
        all.add(noisy(0.6 + gap * g / (groups - 1), positives, noise, random));
      }
      all.add(all.get(0));
      Gap found = GroupFindings.of("g", all).equalOpportunity().orElseThrow();
      held += found.low() <= gap && gap <= found.high() ? 1 : 0;
      told += found.isTold() ? 1 : 0;
    }
    assertThat((double) held / runs).isGreaterThanOrEqualTo(0.935);
    assertThat(gap > 0 ? 0 : (double) told / runs).isLessThanOrEqualTo(0.065);
  }

  /** Perfectly apart by chance, or with counts that noise made negative: never "± 0". */
  @Test
  void anAreaOfFewRecordsIsNoCertainty() {
    List<List<String>> rows = new ArrayList<>(times(5, "2.1", "yes", "f"));
    rows.addAll(times(5, "-2.1", "no", "f"));
    Measure area = found(BY_SEX, rows).groups().get(0).auc().orElseThrow();
    assertThat(area.value()).isCloseTo(1, within(1e-6));
    assertThat(area.samplingDeviation()).isBetween(0.1, 0.25);
  }

  /**
   * 2000 samples, noised, of scores of two normal distributions: 95 % intervals of a group's area
   * hold it in 93 % and more, also where ten records meet ten; they may be wide.
   */
  @ParameterizedTest
  @CsvSource({
    "10, 10, 0.5, 0",
    "10, 30, 2.0, 0",
    "40, 40, 1.0, 1",
    "60, 200, 1.5, 2",
    "300, 900, 3, 4"
  })
  void intervalsOfAGroupsAreaHoldIt(int positives, int negatives, double apart, double noise) {
    double truth = areaOfBins(apart);
    Random random = new Random(31);
    int held = 0;
    int known = 0;
    for (int run = 0; run < 2000; run++) {
      double[] bins = new double[2 * ScoreBins.COUNT];
      for (int i = 0; i < positives; i++) {
        bins[ScoreBins.COUNT + ScoreBins.of(apart / 2 + random.nextGaussian())]++;
      }
      for (int i = 0; i < negatives; i++) {
        bins[ScoreBins.of(-apart / 2 + random.nextGaussian())]++;
      }
      Optional<Measure> area = group(bins, noise, random).auc();
      known += area.isPresent() ? 1 : 0;
      held +=
          area.map(a -> Interval.of(a).within(0, 1))
                  .filter(i -> i.low() <= truth && truth <= i.high())
                  .isPresent()
              ? 1
              : 0;
      area.ifPresent(a -> assertThat(a.samplingDeviation()).isPositive());
    }
    assertThat(known).isGreaterThan(1800);
    assertThat((double) held / known).isGreaterThanOrEqualTo(0.93);
  }

  /** The area of endless records of both classes, ties in a bin counting half. */
  private static double areaOfBins(double apart) {
    Random random = new Random(32);
    int draws = 400_000;
    double[] above = new double[ScoreBins.COUNT];
    double[] below = new double[ScoreBins.COUNT];
    for (int i = 0; i < draws; i++) {
      above[ScoreBins.of(apart / 2 + random.nextGaussian())] += 1.0 / draws;
      below[ScoreBins.of(-apart / 2 + random.nextGaussian())] += 1.0 / draws;
    }
    double area = 0;
    double lower = 0;
    for (int b = 0; b < ScoreBins.COUNT; b++) {
      area += above[b] * (lower + below[b] / 2);
      lower += below[b];
    }
    return area;
  }

  private static Group noisy(double rate, int positives, double noise, Random random) {
    double[] bins = new double[2 * ScoreBins.COUNT];
    for (int i = 0; i < positives; i++) {
      int side = random.nextDouble() < rate ? ScoreBins.COUNT / 2 : 0;
      bins[ScoreBins.COUNT + side + random.nextInt(ScoreBins.COUNT / 2)]++;
    }
    return group(bins, noise, random);
  }

  /** Exact counts as an evaluation releases them. */
  private static Group group(double[] bins, double noise, Random random) {
    double[] quarters = new double[4];
    for (int c = 0; c < bins.length; c++) {
      quarters[2 * c / ScoreBins.COUNT] += bins[c];
      bins[c] += noise * random.nextGaussian();
    }
    double ofCells = noise * Math.sqrt(7.0 / 3);
    for (int q = 0; q < quarters.length; q++) {
      quarters[q] += ofCells * random.nextGaussian();
    }
    double[] ofQuarters = {ofCells, ofCells, ofCells, ofCells};
    return new ScoreHistogram(ConsistentCounts.of(bins, noise, quarters, ofQuarters)).group("g");
  }
}
