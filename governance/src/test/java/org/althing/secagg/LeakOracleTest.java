package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.federation.Quorum;
import org.althing.secagg.LeakOracle.Strategy;
import org.althing.secagg.LeakOracle.Verdict;
import org.althing.secagg.LeakOracle.Weakness;
import org.althing.secagg.RewoundNodes.Proposal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a coordinator shows to whom, it computes the sum over the one set that t members
 * confirmed, or nothing, as long as 2t > n + c (secure-aggregation protocol §4.4).
 *
 * <p>The strategies are those of the table there, and as many. Fewer of them end in a release, and
 * outside the bound fewer leak: the table lets every colluder confirm every set, a node takes a
 * confirmation from members of the set only. Counted by the table's rule the figures are the
 * table's.
 */
final class LeakOracleTest {
  /** How the roster is declared, and how many of its members really collude. */
  private record Setting(int nodes, int threshold, int declared, int colluders) {
    static Setting honestly(int nodes, int threshold, int colluders) {
      return new Setting(nodes, threshold, colluders, colluders);
    }

    RewoundNodes rewound() {
      int least = Math.max(3, threshold);
      Quorum quorum = new Quorum(nodes, threshold, declared, least, threshold);
      return new RewoundNodes(Federation.of(quorum, nodes), colluders);
    }
  }

  /**
   * @param released strategies in which t members confirm a set
   * @param twice those in which t confirm two sets
   */
  private record Figures(int strategies, int released, int twice) {}

  /** What came of all strategies of one kind. */
  private static final class Tally {
    final LeakOracle oracle;
    Figures byNodes = new Figures(0, 0, 0);
    Figures byTable = new Figures(0, 0, 0);
    int summed;
    int leaking;

    Tally(RewoundNodes nodes, Weakness weakness) {
      oracle = new LeakOracle(nodes, weakness);
    }

    /** Some strategies, and the first leaks, are computed as well, with real vectors and seeds. */
    void judge(Strategy strategy) {
      Verdict verdict = oracle.judge(strategy);
      int colluders = Integer.bitCount(oracle.nodes.colluders());
      byNodes = plus(byNodes, verdict.confirmed().size());
      byTable =
          plus(
              byTable,
              verdict.signers().values().stream()
                  .filter(by -> by.size() + colluders >= oracle.nodes.threshold())
                  .count());
      summed += verdict.determined().isEmpty() ? 0 : 1;
      leaking += verdict.leaks() ? 1 : 0;
      int strategies = byNodes.strategies();
      boolean amongFirstLeaks = verdict.leaks() && leaking <= 10;
      if (amongFirstLeaks || Integer.bitCount(strategies) == 1 || strategies % 97 == 0) {
        assertComputed(oracle.nodes, verdict);
      }
    }

    private static Figures plus(Figures sofar, long confirmedSets) {
      return new Figures(
          sofar.strategies() + 1,
          sofar.released() + (confirmedSets > 0 ? 1 : 0),
          sofar.twice() + (confirmedSets > 1 ? 1 : 0));
    }

    void assertNothingLeaks() {
      assertThat(leaking).isZero();
      assertThat(byNodes.twice()).isZero();
      assertThat(summed).isPositive();
    }
  }

  /**
   * The real vectors, stripped of every mask whose seed the messages give: a sum of some of them is
   * the sum of those nodes' inputs where the formal unknowns say so, and nowhere else.
   */
  private static void assertComputed(RewoundNodes nodes, Verdict verdict) {
    List<long[]> stripped = verdict.holdings().stripped();
    FormalMasks masks = verdict.holdings().masks();
    for (int some = 1; some <= nodes.honestOnes(); some++) {
      List<Integer> members = nodes.membersOf(some);
      long[] computed = Federation.sum(members.stream().map(stripped::get).toList());
      long[] real = Federation.sum(members.stream().map(nodes.inputs::get).toList());
      assertThat(Arrays.equals(computed, real)).isEqualTo(masks.sumIsBare(some));
    }
    for (List<Long> factors : verdict.determined()) {
      assertThat(combined(factors, stripped)).isEqualTo(combined(factors, nodes.inputs));
    }
  }

  private static long[] combined(List<Long> factors, List<long[]> vectors) {
    long[] sum = new long[vectors.get(0).length];
    for (int i = 0; i < factors.size(); i++) {
      long factor = factors.get(i);
      long[] vector = vectors.get(i);
      Arrays.setAll(sum, k -> sum[k] + factor * vector[k]);
    }
    return sum;
  }

  private static List<Integer> wholeRoster(RewoundNodes nodes) {
    return List.of(nodes.all());
  }

  private static Tally everyStrategy(RewoundNodes nodes, List<Integer> cohorts) {
    Tally tally = new Tally(nodes, Weakness.NONE);
    new Strategies(nodes, cohorts).each(Strategies.everySet(nodes), tally::judge);
    return tally;
  }

  static Stream<Arguments> withAnyCohorts() {
    return Stream.of(
        Arguments.of(Setting.honestly(3, 3, 1), new Figures(4, 1, 0), 1),
        Arguments.of(Setting.honestly(4, 3, 1), new Figures(258, 66, 0), 51));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withAnyCohorts")
  void noStrategyWithAnyCohortsIsolatesAnInput(Setting setting, Figures byTable, int released) {
    RewoundNodes nodes = setting.rewound();
    Tally tally = everyStrategy(nodes, Strategies.everySet(nodes));
    tally.assertNothingLeaks();
    assertThat(tally.byTable).isEqualTo(byTable);
    assertThat(tally.byNodes.released()).isEqualTo(released);
  }

  static Stream<Arguments> withTheWholeRoster() {
    return Stream.of(
        Arguments.of(Setting.honestly(5, 4, 2), new Figures(216, 66, 0), 36),
        Arguments.of(Setting.honestly(5, 4, 1), new Figures(1296, 66, 0), 46));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withTheWholeRoster")
  void noStrategyWithTheWholeRosterIsolatesAnInput(Setting setting, Figures byTable, int released) {
    RewoundNodes nodes = setting.rewound();
    Tally tally = everyStrategy(nodes, wholeRoster(nodes));
    tally.assertNothingLeaks();
    assertThat(tally.byTable).isEqualTo(byTable);
    assertThat(tally.byNodes.released()).isEqualTo(released);
  }

  static Stream<Arguments> manyWithTheWholeRoster() {
    return Stream.of(
        Arguments.of(Setting.honestly(5, 3, 0), new Figures(248_832, 5406, 0), 5406),
        Arguments.of(Setting.honestly(6, 5, 3), new Figures(343, 97, 0), 50),
        Arguments.of(Setting.honestly(6, 4, 1), new Figures(1_419_857, 19_222, 0), 7777));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("manyWithTheWholeRoster")
  @Tag("nightly")
  void noneOfManyStrategiesWithTheWholeRosterIsolatesAnInput(
      Setting setting, Figures byTable, int released) {
    noStrategyWithTheWholeRosterIsolatesAnInput(setting, byTable, released);
  }

  @Test
  void noStrategyWithAnyOneMissingAmongFiveIsolatesAnInput() {
    anyOneMissing(Setting.honestly(5, 4, 2));
  }

  static Stream<Setting> amongFive() {
    return Stream.of(
        Setting.honestly(5, 3, 0),
        Setting.honestly(5, 4, 0),
        Setting.honestly(5, 4, 1),
        Setting.honestly(5, 5, 3));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("amongFive")
  @Tag("nightly")
  void noneOfManyStrategiesWithAnyOneMissingAmongFiveIsolatesAnInput(Setting setting) {
    anyOneMissing(setting);
  }

  private static void anyOneMissing(Setting setting) {
    RewoundNodes nodes = setting.rewound();
    List<Integer> cohorts =
        Strategies.everySet(nodes).stream()
            .filter(set -> Integer.bitCount(set) >= nodes.nodes() - 1)
            .toList();
    everyStrategy(nodes, cohorts).assertNothingLeaks();
  }

  /** A colluder is ready in two ways, and sends one vector to some and another to others. */
  @Test
  @Tag("nightly")
  void noStrategyWithTwoFacedColludersIsolatesAnInput() {
    RewoundNodes nodes = Setting.honestly(4, 3, 1).rewound();
    List<Integer> sets = Strategies.withBothFaces(nodes, Strategies.everySet(nodes));
    Tally tally = new Tally(nodes, Weakness.NONE);
    new Strategies(nodes, sets).each(sets, tally::judge);
    tally.assertNothingLeaks();
  }

  @ParameterizedTest(name = "n = {0}")
  @ValueSource(ints = {6, 7, 8, 9})
  void noRandomStrategyIsolatesAnInput(int n) {
    randomStrategies(n, 2, 30);
  }

  @ParameterizedTest(name = "n = {0}")
  @ValueSource(ints = {6, 7, 8, 9})
  @Tag("nightly")
  void noneOfManyRandomStrategiesIsolatesAnInput(int n) {
    randomStrategies(n, 25, 80);
  }

  /** Of both kinds there are some: those that end in a sum, and those that end in nothing. */
  private static void randomStrategies(int n, int federations, int strategiesOfEach) {
    Random random = new Random(n);
    int summed = 0;
    for (int i = 0; i < federations; i++) {
      int t = n / 2 + 1 + random.nextInt(n - n / 2);
      int colluders = random.nextInt(Math.min(2 * t - n, t - 1));
      Setting setting = Setting.honestly(n, t, colluders);
      Tally tally = randomStrategies(setting.rewound(), strategiesOfEach, random);
      assertThat(tally.leaking).as("%s", setting).isZero();
      assertThat(tally.byNodes.twice()).as("%s", setting).isZero();
      summed += tally.summed;
    }
    assertThat(summed).isBetween(1, federations * strategiesOfEach - 1);
  }

  private static Tally randomStrategies(RewoundNodes nodes, int count, Random random) {
    List<Integer> sets =
        Strategies.withBothFaces(nodes, Strategies.everySet(nodes)).stream()
            .filter(set -> Integer.bitCount(set & nodes.all()) >= nodes.threshold())
            .toList();
    Tally tally = new Tally(nodes, Weakness.NONE);
    Strategies strategies = new Strategies(nodes, sets);
    for (int i = 0; i < count; i++) {
      tally.judge(strategies.random(sets, random));
    }
    return tally;
  }

  static Stream<Arguments> outsideTheBound() {
    return Stream.of(
        Arguments.of(new Setting(4, 3, 1, 2), new Figures(63, 47, 16), new Figures(63, 37, 6)),
        Arguments.of(
            new Setting(5, 3, 0, 2), new Figures(1728, 1727, 1669), new Figures(1728, 1309, 447)));
  }

  /** With more colluders than 2t > n + c allows, the oracle finds what it looks for. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("outsideTheBound")
  void findsTheLeaksOutsideTheBound(Setting setting, Figures byTable, Figures byNodes) {
    RewoundNodes nodes = setting.rewound();
    boolean small = setting.nodes() <= 4;
    Tally tally = everyStrategy(nodes, small ? Strategies.everySet(nodes) : wholeRoster(nodes));
    assertThat(tally.byTable).isEqualTo(byTable);
    assertThat(tally.byNodes).isEqualTo(byNodes);
    assertThat(tally.leaking).isEqualTo(byNodes.twice());
  }

  @Test
  @Tag("nightly")
  void findsTheLeaksOutsideTheBoundAmongSix() {
    findsTheLeaksOutsideTheBound(
        new Setting(6, 4, 1, 2), new Figures(83_521, 17_783, 351), new Figures(83_521, 6889, 45));
  }

  /** Two sets of one attempt: their sums differ by one node's input. */
  @Test
  void findsTheLeaksOfNodesThatForgetWhatTheySigned() {
    RewoundNodes nodes = Setting.honestly(4, 3, 1).rewound();
    Tally tally = new Tally(nodes, Weakness.FORGETS_WHAT_IT_SIGNED);
    new Strategies(nodes, wholeRoster(nodes))
        .eachOfForgetfulNodes(Strategies.everySet(nodes), tally::judge);
    assertThat(tally.leaking).isPositive();
  }

  /**
   * Nodes 2 and 3 confirm a set with node 1 in it, which sealed its seeds toward them for a set
   * without them: whoever opens its seal has the sum over 2 and 3 alone. There is a colluder more
   * than declared; within the bound no set without the confirming ones has t members.
   */
  @Test
  void findsTheLeakOfNodesThatOpenSealsOfOtherSets() {
    RewoundNodes nodes = new Setting(5, 3, 0, 1).rewound();
    List<Integer> shown = Collections.nCopies(nodes.honest, nodes.all());
    Proposal without = nodes.proposal(nodes.all(), 0b10011, shown).orElseThrow();
    Proposal with = nodes.proposal(nodes.all(), 0b11110, shown).orElseThrow();
    Strategy strategy =
        new Strategy(shown, List.of(List.of(), List.of(without), List.of(with), List.of(with)));
    Verdict weak = new LeakOracle(nodes, Weakness.OPENS_SEALS_OF_OTHER_SETS).judge(strategy);
    assertThat(weak.leaks()).isTrue();
    assertThat(weak.determined()).containsExactly(List.of(0L, 0L, 1L, 1L));
    assertComputed(nodes, weak);
    Verdict real = new LeakOracle(nodes, Weakness.NONE).judge(strategy);
    assertThat(real.confirmed()).containsExactly(with);
    assertThat(real.leaks()).isFalse();
  }

  /** Why showing all confirmations is the worst: fewer are answered with less, or not at all. */
  @Test
  void aNodeThatIsShownFewerConfirmationsAnswersWithLess() {
    RewoundNodes nodes = Setting.honestly(5, 3, 0).rewound();
    List<Integer> shown = Collections.nCopies(nodes.honest, nodes.all());
    Strategies strategies = new Strategies(nodes, wholeRoster(nodes));
    for (Proposal proposal : strategies.signable(0, shown, List.of(nodes.all(), 0b01111))) {
      int all = proposal.confirming(nodes.membersOf(proposal.honestMembers()));
      List<RevealedShares> most = proposal.unmask(0, all).orElseThrow().shares();
      for (int some = 0; some < all; some++) {
        if ((some & ~all) == 0) {
          assertAnsweredWithLess(nodes, proposal, some, most);
        }
      }
    }
  }

  private static void assertAnsweredWithLess(
      RewoundNodes nodes, Proposal proposal, int some, List<RevealedShares> most) {
    List<RevealedShares> less = proposal.unmask(0, some).map(Unmask::shares).orElseGet(List::of);
    assertThat(less.isEmpty()).isEqualTo(Integer.bitCount(some) < nodes.threshold());
    for (RevealedShares shares : less) {
      RevealedShares full = most.get(proposal.survivors.ids().indexOf(shares.of()));
      assertThat(shares.selfSeed()).isEqualTo(full.selfSeed());
      boolean shown = FormalMasks.contains(some, nodes.indexOf(shares.of()));
      assertThat(shares.sealingKey()).isEqualTo(shown ? full.sealingKey() : Optional.empty());
    }
  }

  @Test
  void aConfirmationOfAnotherSetAmongThoseShownEndsTheAttempt() {
    RewoundNodes nodes = Setting.honestly(4, 3, 1).rewound();
    List<Integer> shown = Collections.nCopies(nodes.honest, nodes.all());
    List<Proposal> signable =
        new Strategies(nodes, wholeRoster(nodes)).signable(0, shown, Strategies.everySet(nodes));
    assertThat(signable).hasSize(4);
    for (Proposal signed : signable) {
      for (Proposal other : signable) {
        if (other != signed) {
          List<ConfirmHeader> headers = new ArrayList<>();
          nodes.membersOf(signed.members).forEach(i -> headers.add(signed.confirmation(i)));
          int last = nodes.membersOf(signed.members & other.members).get(1);
          int at = nodes.membersOf(signed.members).indexOf(last);
          headers.set(at, other.confirmation(last));
          assertThat(signed.unmask(0, headers)).isEmpty();
        }
      }
    }
  }

  /** What is asked again and again answers like a round that is really begun. */
  @Test
  void aRewoundNodeAnswersAsInARound() {
    RewoundNodes nodes = Setting.honestly(4, 3, 1).rewound();
    int all = nodes.all();
    List<Integer> shown = Collections.nCopies(nodes.honest, all);
    Proposal proposal = nodes.proposal(all, 0b1011, shown).orElseThrow();
    NodeRound.Step step = nodes.begun(0);
    assertThat(step.send()).isEqualTo(List.of(nodes.readyOf(0)));
    step = step.next().on(nodes.announced(0, all));
    step = step.next().input(Federation.paid(nodes.terms, nodes.inputs.get(0)), new byte[0]);
    assertThat(step.send()).isEqualTo(List.of(nodes.input(0, all).orElseThrow()));
    step = step.next().on(proposal.announcement);
    assertThat(step.send()).isEqualTo(List.of(proposal.confirm(0).orElseThrow()));
    List<ConfirmHeader> headers = IntStream.of(0, 1, 3).mapToObj(proposal::confirmation).toList();
    step = step.next().on(new ConfirmationsShown(headers));
    assertThat(step.send()).isEqualTo(List.of(proposal.unmask(0, 0b1011).orElseThrow()));
  }
}
