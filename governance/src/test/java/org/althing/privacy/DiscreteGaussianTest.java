package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds are fixed; thresholds are those of a false alarm of one in a million on fresh seeds. */
class DiscreteGaussianTest {
  private static final double FALSE_ALARM = 1e-6;

  /** Fifty sigmas at the largest sigma that is counted value by value. */
  private static final int SEEN_UP_TO = 400;

  private static final double FALSE_ALARM_DEVIATIONS = 4.89;

  /** Known answers: zero key, zero counter, the sampler's words in order. */
  @ParameterizedTest
  @CsvSource({
    "8, '-4,-4,17,-1,-6,-1,1,8,-3,-13,7,2,2,17,-7,-4,-5,4,5,4,-2,-2,4,-2', 448",
    "1000, '-2148,245,-755,-141,182,-341,-495,1986,191,-930,-366,83,-2391,-925,-614,-746,-558,681,"
        + "413,1018,-1121,-371,599,-1429', 421",
    "1048576, '-2252829,257272,-791746,-148858,191074,-358118,-519854,2082561,200755,-975207,"
        + "-383921,87249,-2507426,-970974,-644393,-782783,-585376,714154,433191,1068293,-1176146,"
        + "-389969,628823,-1498764', 421"
  })
  void givesTheKnownAnswersAndDrawsNoOtherWords(long sigma, String expected, int expectedWords) {
    CountedWords words = new CountedWords(new AesCtrWords(new byte[32]));
    DiscreteGaussian sampler = new DiscreteGaussian(words);
    assertThat(first24(sampler::sample, sigma)).isEqualTo(expected);
    assertThat(words.drawn).isEqualTo(expectedWords);
  }

  @Test
  void theOracleGivesTheKnownAnswersOfTheDirectForm() {
    CountedWords words = new CountedWords(new AesCtrWords(new byte[32]));
    assertThat(first24(new CksOracle(words)::sample, 8))
        .isEqualTo("-4,-4,18,-11,11,1,-8,3,-13,-7,-21,-10,-7,-20,-1,9,5,-4,5,17,0,-3,-8,-2");
    assertThat(words.drawn).isEqualTo(397);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 8})
  void followsTheExactProbabilities(long sigma) {
    int draws = 1_000_000;
    int[] seen = histogram(new DiscreteGaussian(new SeededWords(sigma))::sample, sigma, draws);
    assertFits(seen, sigma, draws);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 8})
  @Tag("nightly")
  void followsTheExactProbabilitiesOverManyDraws(long sigma) {
    int draws = 40_000_000;
    int[] seen = histogram(new DiscreteGaussian(new SeededWords(-sigma))::sample, sigma, draws);
    assertFits(seen, sigma, draws);
  }

  @Test
  void theOracleFollowsTheExactProbabilities() {
    int draws = 200_000;
    assertFits(histogram(new CksOracle(new SeededWords(9))::sample, 8, draws), 8, draws);
  }

  /** At such sigmas the law within a bin of 1/40 is the normal's to within 10⁻⁶. */
  @ParameterizedTest
  @ValueSource(longs = {1 << 20, (1 << 20) + 12345, 1 << 30})
  void followsTheNormalLawAtLargeSigma(long sigma) {
    int bins = 40;
    int draws = 1_000_000;
    DiscreteGaussian sampler = new DiscreteGaussian(new SeededWords(sigma));
    NormalDistribution normal = NormalDistribution.of(0, 1);
    int[] seen = new int[bins];
    for (int i = 0; i < draws; i++) {
      double below = normal.cumulativeProbability(sampler.sample(sigma) / (double) sigma);
      seen[Math.min(bins - 1, (int) (below * bins))]++;
    }
    double expected = draws / (double) bins;
    double chiSquared = 0;
    for (int count : seen) {
      chiSquared += (count - expected) * (count - expected) / expected;
    }
    assertThat(pValue(chiSquared, bins - 1)).isGreaterThan(FALSE_ALARM);
  }

  /** Sees an error of 0.35 % in sigma, and so a sigma that is a tenth too small, at once. */
  @Test
  void hasTheVarianceItShould() {
    int draws = 4_000_000;
    long sigma = 1000;
    DiscreteGaussian sampler = new DiscreteGaussian(new SeededWords(17));
    double squares = 0;
    double products = 0;
    long sum = 0;
    long positive = 0;
    long negative = 0;
    double previous = 0;
    for (int i = 0; i < draws; i++) {
      long x = sampler.sample(sigma);
      sum += x;
      squares += (double) x * x;
      products += previous * x;
      previous = x;
      positive += x > 0 ? 1 : 0;
      negative += x < 0 ? 1 : 0;
    }
    double variance = (double) sigma * sigma;
    double root = Math.sqrt(draws);
    assertThat(Math.abs(squares / draws - variance))
        .isLessThan(FALSE_ALARM_DEVIATIONS * variance * Math.sqrt(2) / root);
    assertThat(Math.abs(sum / root)).as("mean").isLessThan(FALSE_ALARM_DEVIATIONS * sigma);
    assertThat(Math.abs(products / root))
        .as("correlation with the sample before")
        .isLessThan(FALSE_ALARM_DEVIATIONS * variance);
    assertThat(Math.abs(positive - negative))
        .as("balance of signs")
        .isLessThan((long) (FALSE_ALARM_DEVIATIONS * root));
  }

  /** Tail probabilities of privacy.md §10, and the variance there at sigma 1. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, .30052886056657",
    "1, 3, .0045671714178033",
    "2, 5, .011492123168381",
    "10, 10, .17095549968999",
    "10, 20, .025539650188361",
    "10, 30, .0015825589962883"
  })
  void hasTheTailsItShould(long sigma, long from, double probability) {
    int draws = 1_000_000;
    DiscreteGaussian sampler = new DiscreteGaussian(new SeededWords(sigma * 31 + from));
    int above = 0;
    int below = 0;
    for (int i = 0; i < draws; i++) {
      long x = sampler.sample(sigma);
      above += x >= from ? 1 : 0;
      below += x <= -from ? 1 : 0;
    }
    double allowed = FALSE_ALARM_DEVIATIONS * Math.sqrt(draws * probability * (1 - probability));
    assertThat((double) above)
        .isBetween(draws * probability - allowed, draws * probability + allowed);
    assertThat((double) below)
        .isBetween(draws * probability - allowed, draws * probability + allowed);
  }

  /**
   * Of 2⁶⁴ words two have to go if seven values shall be equally likely: those whose product with 7
   * ends in 0 or 1. The next one stays, and counts like any other word of the same seventh.
   */
  @Test
  void takesNoWordThatWouldFavourAValue() {
    BigInteger words = BigInteger.ONE.shiftLeft(64);
    BigInteger endsInOne = BigInteger.valueOf(7).modInverse(words);
    BigInteger endsInTwo = endsInOne.shiftLeft(1).mod(words);
    BigInteger sameSeventh = endsInTwo.add(BigInteger.ONE);
    for (long seed = 0; seed < 100; seed++) {
      String rest = first24(7, seed);
      assertThat(first24(7, seed, 0)).isEqualTo(rest);
      assertThat(first24(7, seed, endsInOne.longValue())).isEqualTo(rest);
      assertThat(first24(7, seed, endsInTwo.longValue()))
          .isEqualTo(first24(7, seed, sameSeventh.longValue()));
    }
  }

  private static String first24(long sigma, long seed, long... first) {
    RandomWords rest = new SeededWords(seed);
    PrimitiveIterator.OfLong given = LongStream.of(first).iterator();
    return first24(
        new DiscreteGaussian(() -> given.hasNext() ? given.nextLong() : rest.next())::sample,
        sigma);
  }

  @Test
  void refusesSigmaOutOfRange() {
    DiscreteGaussian sampler = new DiscreteGaussian(new SeededWords(1));
    assertThatIllegalArgumentException().isThrownBy(() -> sampler.sample(0));
    assertThatIllegalArgumentException().isThrownBy(() -> sampler.sample((1L << 30) + 1));
  }

  /** The check itself: samples of a law with sigma 7 do not pass for sigma 8. */
  @Test
  void aWrongSigmaDoesNotFit() {
    int draws = 1_000_000;
    int[] seen = histogram(new DiscreteGaussian(new SeededWords(5))::sample, 7, draws);
    assertThat(fit(seen, 8, draws)).isLessThan(FALSE_ALARM);
  }

  private static void assertFits(int[] seen, long sigma, int draws) {
    assertThat(fit(seen, sigma, draws)).isGreaterThan(FALSE_ALARM);
  }

  /**
   * The p-value of Pearson's χ² against the exact probabilities; cells of at least ten expected.
   */
  private static double fit(int[] seen, long sigma, int draws) {
    double normaliser = 0;
    for (long x = -40 * sigma; x <= 40 * sigma; x++) {
      normaliser += weight(x, sigma);
    }
    double restExpected = draws;
    double restSeen = draws;
    double chiSquared = 0;
    int cells = 0;
    for (long x = -40 * sigma; x <= 40 * sigma; x++) {
      double expected = draws * weight(x, sigma) / normaliser;
      if (expected >= 10) {
        int count = seen[(int) x + SEEN_UP_TO];
        chiSquared += (count - expected) * (count - expected) / expected;
        restSeen -= count;
        restExpected -= expected;
        cells++;
      }
    }
    chiSquared += (restSeen - restExpected) * (restSeen - restExpected) / restExpected;
    return pValue(chiSquared, cells);
  }

  private static double weight(long x, long sigma) {
    return Math.exp(-(double) x * x / (2.0 * sigma * sigma));
  }

  private static double pValue(double chiSquared, int degrees) {
    return ChiSquaredDistribution.of(degrees).survivalProbability(chiSquared);
  }

  private static int[] histogram(LongUnaryOperator sampler, long sigma, int draws) {
    int[] seen = new int[2 * SEEN_UP_TO + 1];
    for (int i = 0; i < draws; i++) {
      seen[(int) sampler.applyAsLong(sigma) + SEEN_UP_TO]++;
    }
    return seen;
  }

  private static String first24(LongUnaryOperator sampler, long sigma) {
    List<String> samples = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      samples.add(Long.toString(sampler.applyAsLong(sigma)));
    }
    return String.join(",", samples);
  }

  private static final class CountedWords implements RandomWords {
    private final RandomWords source;
    private int drawn;

    CountedWords(RandomWords source) {
      this.source = source;
    }

    @Override
    public long next() {
      drawn++;
      return source.next();
    }
  }
}
