package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountantTest {
  /** privacy §3 and §10, computed independently with mpmath. */
  @ParameterizedTest
  @CsvSource({
    ".0001, 1e-5, .045047",
    ".001, 1e-5, .157335",
    ".002, 1e-5, .228816",
    ".005, 1e-5, .375261",
    ".01, 1e-5, .545726",
    ".02, 1e-5, .794315",
    ".04, 1e-5, 1.158",
    ".09, 1e-5, 1.806",
    ".05, 1e-5, 1.308118",
    ".1, 1e-5, 1.914239",
    ".125, 1e-5, 2.165716",
    ".2, 1e-5, 2.813632",
    ".25, 1e-5, 3.188971",
    ".5, 1e-5, 4.728387",
    "1, 1e-5, 7.077197",
    "2, 1e-5, 10.724824",
    "5, 1e-5, 19.047260",
    ".0101569444, 1e-5, .550341",
    ".0001, 1e-6, .053727",
    ".001, 1e-6, .182895",
    ".002, 1e-6, .264263",
    ".005, 1e-6, .429941",
    ".01, 1e-6, .621693",
    ".0101569444, 1e-6, .626872",
    ".02, 1e-6, .899935",
    ".025, 1e-6, 1.014074254727",
    ".05, 1e-6, 1.471595",
    ".1, 1e-6, 2.141939",
    ".25, 1e-6, 3.542291",
    ".5, 1e-6, 5.221534",
    "1, 1e-6, 7.766217",
    "2, 1e-6, 11.688596",
    ".001, 1e-8, .226156",
    ".01, 1e-8, .752326",
    ".1, 1e-8, 2.538432",
    "1, 1e-8, 8.977218",
    ".001, 1e-9, .245119",
    ".01, 1e-9, .810174",
    ".1, 1e-9, 2.715482",
    "1, 1e-9, 9.521464"
  })
  void epsilonIsThePublishedConversion(double rho, double delta, String epsilon) {
    assertThat(Accountant.epsilonFor(Rho.roundedDown(rho), delta))
        .isCloseTo(Double.parseDouble(epsilon), within(lastDigit(epsilon)));
  }

  /** The table of privacy §3: target ε to ρ. */
  @ParameterizedTest
  @CsvSource({
    ".1, 1e-5, .00043299",
    ".25, 1e-5, .00235636",
    ".5, 1e-5, .00850553",
    "1, 1e-5, .03055660",
    "2, 1e-5, .10825636",
    "3, 1e-5, .22424917",
    "5, 1e-5, .55097347",
    "8, 1e-5, 1.22971453",
    "10, 1e-5, 1.78269562",
    ".1, 1e-6, .00032105",
    ".25, 1e-6, .00180155",
    ".5, 1e-6, .00664152",
    "1, 1e-6, .0243559703595",
    "2, 1e-6, .08815269",
    "3, 1e-6, .18506984",
    "5, 1e-6, .46306499",
    "8, 1e-6, 1.05235800",
    "10, 1e-6, 1.53927876"
  })
  void rhoIsThePublishedConversion(double epsilon, double delta, String rho) {
    assertThat(Accountant.rhoFor(epsilon, delta).toDouble())
        .isCloseTo(Double.parseDouble(rho), within(lastDigit(rho)));
  }

  @ParameterizedTest
  @CsvSource({
    ".025, 1, 1.3361319064e-6",
    ".5, 4, 1.9579541696e-4",
    ".1, 1, .0089332457718",
  })
  void deltaIsThePublishedConversion(double rho, double epsilon, double delta) {
    assertThat(Accountant.deltaFor(Rho.roundedDown(rho), epsilon))
        .isCloseTo(delta, withinPercentage(1e-8))
        .isGreaterThan(delta * (1 - 1e-10));
  }

  /** Profile of μ = 1 (ρ = 1/2), and the sharper values that may only inform. */
  @ParameterizedTest
  @CsvSource({
    ".5, .238421708135",
    "1, .126936737507",
    "2, .0209236358211",
    "3, .00153718536940",
    "4, 4.71224120079e-5"
  })
  void theGaussianProfileIsTheExactOne(double epsilon, double delta) {
    assertThat(Accountant.gaussianDelta(new Rho(500_000_000_000L), epsilon))
        .isCloseTo(delta, withinPercentage(1e-8));
  }

  @ParameterizedTest
  @CsvSource({
    ".001, .141685, .167944, .0178",
    ".005, .340669, .396857, .0399",
    ".01, .496975, .575055, .0564",
    ".05, 1.199370, 1.367571, .1256",
    ".1, 1.760057, 1.994527, .1769",
    ".5, 4.377178, 4.886554, .3829",
    "1, 6.572970, 7.286081, .5205"
  })
  void theGaussianFiguresAreThePublishedOnes(
      double rho, double atFive, double atSix, double advantage) {
    Rho spent = Rho.roundedDown(rho);
    assertThat(Accountant.gaussianEpsilon(spent, 1e-5)).isCloseTo(atFive, within(6e-7));
    assertThat(Accountant.gaussianEpsilon(spent, 1e-6)).isCloseTo(atSix, within(6e-7));
    assertThat(Accountant.gaussianMembershipAdvantage(spent)).isCloseTo(advantage, within(6e-5));
  }

  /** Far in both tails, where one of two forms of the same expression under- or overflows. */
  @Test
  void theGaussianProfileHoldsFarFromTheMiddle() {
    assertThat(Accountant.gaussianDelta(Rho.roundedDown(.5), 25))
        .isCloseTo(2.887336775547654e-134, withinPercentage(1e-6));
    assertThat(Accountant.gaussianDelta(Rho.roundedDown(5000), 1)).isEqualTo(1);
  }

  /** δ at ε = 0 is .00977 there: no ε is needed for .01. */
  @Test
  void whereDeltaAloneCoversTheSpendTheGaussianEpsilonIsZero() {
    Rho little = Rho.roundedDown(.0003);
    assertThat(Accountant.gaussianEpsilon(little, .01)).isZero();
    assertThat(Accountant.epsilonFor(little, .01)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000_000L, 77_777_777_777L, 3_000_000_000_000L})
  void theRhoOfAnEpsilonIsTheOneItCameFrom(long pico) {
    Rho rho = new Rho(pico);
    assertThat(Accountant.rhoFor(Accountant.epsilonFor(rho, 1e-5), 1e-5)).isEqualTo(rho);
  }

  @ParameterizedTest
  @CsvSource({".01, 1e-5", ".3, 1e-6", "1, 1e-5", "2.5, 1e-9", "20, 1e-3"})
  void rhoIsTheMostThatKeepsTheEpsilon(double epsilon, double delta) {
    Rho rho = Accountant.rhoFor(epsilon, delta);
    assertThat(Accountant.epsilonFor(rho, delta)).isLessThanOrEqualTo(epsilon);
    assertThat(Accountant.epsilonFor(rho.plus(new Rho(1)), delta)).isGreaterThan(epsilon);
  }

  /** Rounding: never below a thousand orders tried one by one in plain arithmetic. */
  @ParameterizedTest
  @ValueSource(
      longs = {1, 1_000, 1_000_000_000, 10_000_000_000L, 1_000_000_000_000L, 50_000_000_000_000L})
  void epsilonIsTheLeastOverAllOrdersAndNotBelow(long pico) {
    double rho = pico / 1e12;
    double best = Double.POSITIVE_INFINITY;
    for (double x = -12; x < 20; x += .0005) {
      double alpha = 1 + Math.exp(x);
      double epsilon =
          alpha * rho
              + (Math.log(1e5) + (alpha - 1) * Math.log1p(-1 / alpha) - Math.log(alpha))
                  / (alpha - 1);
      best = Math.min(best, epsilon);
    }
    assertThat(Accountant.epsilonFor(new Rho(pico), 1e-5))
        .isCloseTo(Math.max(0, best), within(1e-6 * Math.abs(best) + 1e-12));
  }

  @Test
  void growsWithWhatIsSpentAndFallsWithDelta() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      Rho rho = new Rho((long) Math.exp(random.nextDouble() * 34));
      Rho more = rho.plus(new Rho(1 + rho.pico() / 1000));
      double delta = Math.pow(10, -1 - 11 * random.nextDouble());
      double epsilon = Accountant.epsilonFor(rho, delta);
      assertThat(Accountant.epsilonFor(more, delta)).isGreaterThanOrEqualTo(epsilon);
      assertThat(Accountant.epsilonFor(rho, delta / 2)).isGreaterThanOrEqualTo(epsilon);
      assertThat(Accountant.deltaFor(more, epsilon))
          .isGreaterThanOrEqualTo(Accountant.deltaFor(rho, epsilon));
      assertThat(Accountant.gaussianEpsilon(rho, delta)).isLessThanOrEqualTo(epsilon);
      assertThat(Accountant.gaussianDelta(rho, epsilon)).isLessThanOrEqualTo(delta);
    }
  }

  @Test
  void epsilonAndDeltaAreInverse() {
    Random random = new Random(6);
    for (int i = 0; i < 500; i++) {
      Rho rho = new Rho((long) Math.exp(20 + random.nextDouble() * 9));
      double delta = Math.pow(10, -3 - 8 * random.nextDouble());
      double epsilon = Accountant.epsilonFor(rho, delta);
      assertThat(Accountant.deltaFor(rho, epsilon)).isCloseTo(delta, withinPercentage(1e-6));
    }
  }

  /**
   * CKS20 theorem 7: the exact δ of one discrete Gaussian of sensitivity 1. It may exceed the
   * continuous value, never ours.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, .141351339406",
    "4, 1, .00724877684595",
    "4, .5, .0540072236942",
    "16, 1, 3.05545464927e-6",
    "100, .25, 2.27685192563e-4",
    "100, .5, 6.93437034752e-9"
  })
  void neverUnderstatesADiscreteGaussian(double variance, double epsilon, double exact) {
    Rho rho = Rho.roundedUp(1 / (2 * variance));
    assertThat(Accountant.deltaFor(rho, epsilon)).isGreaterThan(exact);
    assertThat(Accountant.gaussianDelta(rho, epsilon)).isLessThan(exact);
    assertThat(Accountant.epsilonFor(rho, exact)).isGreaterThan(epsilon);
  }

  /** Of the exact Gaussian, whose best guess is known, the bound is never below it. */
  @Test
  void neverUnderstatesHowWellMembershipIsGuessed() {
    double before = 0.5;
    for (long pico = 1; pico <= 20_000_000_000_000L; pico = pico * 3 / 2 + 1) {
      Rho rho = new Rho(pico);
      double bound = Accountant.membershipGuessAtMost(rho);
      assertThat(bound)
          .isBetween(before, 1.0)
          .isGreaterThanOrEqualTo(0.5 + Accountant.gaussianMembershipAdvantage(rho) / 2);
      before = bound;
    }
    assertThat(Accountant.membershipGuessAtMost(Rho.ZERO)).isEqualTo(0.5, within(1e-12));
    // ½ + ½·√(0.02/2)
    assertThat(Accountant.membershipGuessAtMost(Rho.roundedUp(0.02))).isEqualTo(0.55, within(1e-9));
  }

  @Test
  void nothingSpentProtectsWholly() {
    assertThat(Accountant.epsilonFor(Rho.ZERO, 1e-5)).isZero();
    assertThat(Accountant.deltaFor(Rho.ZERO, 0)).isZero();
    assertThat(Accountant.gaussianEpsilon(Rho.ZERO, 1e-5)).isZero();
    assertThat(Accountant.gaussianDelta(Rho.ZERO, 0)).isZero();
    assertThat(Accountant.gaussianMembershipAdvantage(Rho.ZERO)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoDelta(double delta) {
    assertThatIllegalArgumentException().isThrownBy(() -> Accountant.epsilonFor(new Rho(1), delta));
    assertThatIllegalArgumentException().isThrownBy(() -> Accountant.rhoFor(1, delta));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Accountant.gaussianEpsilon(new Rho(1), delta));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoEpsilon(double epsilon) {
    assertThatIllegalArgumentException().isThrownBy(() -> Accountant.deltaFor(new Rho(1), epsilon));
    assertThatIllegalArgumentException().isThrownBy(() -> Accountant.rhoFor(epsilon, 1e-5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Accountant.gaussianDelta(new Rho(1), epsilon));
  }

  /** Every row on full-batch Gaussians that mpmath and Google's dp_accounting computed. */
  @Test
  void agreesWithTheReferenceTable() throws IOException {
    Path table =
        Path.of(System.getProperty("althing.shared", "absent"), "reference/dp_reference.csv");
    assumeTrue(Files.exists(table), "skipped: no reference table at " + table);
    int compared = 0;
    for (String line : Files.readAllLines(table)) {
      compared += compare(cells(line)) ? 1 : 0;
    }
    assertThat(compared).isEqualTo(456);
  }

  /** Columns: mechanism, method, sensitivity, sigma, T, q, delta, epsilon. */
  private static boolean compare(List<String> row) {
    if (!row.get(0).matches("gaussian|discrete_gaussian|calibration.*")) {
      return false;
    }
    double ratio = Double.parseDouble(row.get(2)) / Double.parseDouble(row.get(3));
    double spent = Double.parseDouble(row.get(4)) * ratio * ratio / 2;
    double delta = Double.parseDouble(row.get(6));
    double epsilon = Double.parseDouble(row.get(7));
    Rho rho = Rho.roundedUp(spent);
    double ours = Accountant.epsilonFor(rho, delta);
    double gaussian = Accountant.gaussianEpsilon(rho, delta);
    String method = row.get(1);
    if (method.contains("CKS20")) {
      assertThat(ours).as("%s", row).isCloseTo(epsilon, withinPercentage(1e-4));
    } else if (method.startsWith("exact closed form")) {
      assertThat(gaussian).as("%s", row).isCloseTo(epsilon, withinPercentage(1e-4));
      assertThat(ours).as("%s", row).isGreaterThan(epsilon);
    } else if (method.startsWith("google PLD") || method.startsWith("exact sum")) {
      assertThat(ours).as("%s", row).isGreaterThan(epsilon);
    } else {
      assertThat(ours).as("%s", row).isLessThan(epsilon * (1 + 1e-7));
    }
    return true;
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
      cells.add(cell.replace("\"", ""));
    }
    return cells;
  }

  /** Half a unit of the last digit printed, and no finer than the pico-ρ and the table's search. */
  private static double lastDigit(String printed) {
    return Math.max(2e-12, .6 * Math.pow(10, printed.indexOf('.') + 1 - printed.length()));
  }

  @Test
  void whereDeltaIsJustReachedWithoutEpsilonTheGaussianEpsilonIsZero() {
    Rho spent = Rho.roundedDown(.02);
    double delta = Accountant.gaussianDelta(spent, 0);
    assertThat(Accountant.gaussianEpsilon(spent, delta)).isZero();
    assertThat(Accountant.gaussianEpsilon(spent, Math.nextDown(delta))).isPositive();
  }

  /** The least ε that reaches a δ is not passed over. */
  @ParameterizedTest
  @CsvSource({".5, 2", "1, 3"})
  void theGaussianEpsilonOfADeltaHasThatDelta(double rho, double epsilon) {
    Rho spent = Rho.roundedDown(rho);
    double delta = Accountant.gaussianDelta(spent, epsilon);
    double found = Accountant.gaussianEpsilon(spent, delta);
    assertThat(Accountant.gaussianDelta(spent, found)).isEqualTo(delta);
  }
}
