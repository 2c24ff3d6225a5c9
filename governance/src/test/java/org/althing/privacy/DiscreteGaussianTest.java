package org.althing.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
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
    "8, '-7,-4,0,-11,6,2,-3,7,5,-2,0,-1,-6,-5,3,2,-5,2,-8,1,-4,11,-4,-6', 132",
    "1000, '-474,-279,34,-704,417,-1332,-1012,-1238,175,1771,-641,1183,-1267,1270,-235,-958,1483,"
        + "483,354,-128,30,-72,-1697,-432', 72",
    "1048576, '-493344,-290411,36405,-733311,434279,-1385690,-1053280,-1288296,183005,1842917,"
        + "-667326,1230783,-1318575,1322126,-245358,-997536,1543724,502451,368591,-133235,31944,"
        + "-75247,-1766156,-449588', 72"
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
    long sigma = 7 * StripTable.PER_SIGMA;
    for (long seed = 0; seed < 100; seed++) {
      String rest = first24(sigma, seed, 0);
      assertThat(first24(sigma, seed, 0, 0)).isEqualTo(rest);
      assertThat(first24(sigma, seed, 0, endsInOne.longValue())).isEqualTo(rest);
      assertThat(first24(sigma, seed, 0, endsInTwo.longValue()))
          .isEqualTo(first24(sigma, seed, 0, sameSeventh.longValue()));
    }
  }

  /**
   * The chosen number and the acceptance, compared bit by bit: where 54 of them do not decide,
   * further words do, and the first of them that differs from the acceptance's own bits decides.
   */
  @ParameterizedTest
  @CsvSource({
    "1048576, 0, 0",
    "1048576, 10, 12345",
    "1048576, 52, 65535",
    "1073741824, 33, 1",
    "8, 17, 0",
    "1000, 3, 62",
    "1048576, 53, 0",
    "1048576, 53, 524287"
  })
  void acceptsExactlyWhatLiesBelowTheDensity(long sigma, int strip, long offset) {
    long width = (sigma + StripTable.PER_SIGMA - 1) / StripTable.PER_SIGMA;
    long x = strip * width + offset;
    long range = strip == StripTable.TAIL ? StripTable.SECTION * width : width;
    List<Long> proposal = new ArrayList<>(List.of(entryOf(strip)));
    if (strip == StripTable.TAIL) {
      proposal.add(1L);
    }
    proposal.add(wordOf(offset, range));
    BigInteger acceptance =
        new GaussianWeight(sigma)
            .bounds(x, 400)
            .below()
            .multiply(BigInteger.valueOf(StripTable.HEIGHT))
            .divide(BigInteger.valueOf(StripTable.count(strip)))
            .shiftRight(400 - 54 - 128);
    long bits = acceptance.shiftRight(128).longValueExact();
    long next = acceptance.shiftRight(64).longValue();
    long last = acceptance.longValue();
    long undecided = bits << 10;
    long more = 1L << 40;
    long some = 1L << 20;
    assertThat(firstOf(sigma, proposal, undecided - more)).isEqualTo(x);
    assertThat(firstOf(sigma, proposal, undecided + more)).isEqualTo(OTHER);
    assertThat(firstOf(sigma, proposal, undecided, next - some)).isEqualTo(x);
    assertThat(firstOf(sigma, proposal, undecided, next + some)).isEqualTo(OTHER);
    assertThat(firstOf(sigma, proposal, undecided, next, last - some)).isEqualTo(x);
    assertThat(firstOf(sigma, proposal, undecided, next, last + some)).isEqualTo(OTHER);
    // Bits beyond the 54 that a word is read for count for nothing.
    assertThat(firstOf(sigma, proposal, undecided + 1023, next - some)).isEqualTo(x);
  }

  /** What a second trial gives: 1 with a minus, which no first trial here gives. */
  private static final long OTHER = -1;

  /** The first sample of these words, where a second trial is given that is accepted. */
  private static long firstOf(long sigma, List<Long> proposal, long... chosen) {
    long width = (sigma + StripTable.PER_SIGMA - 1) / StripTable.PER_SIGMA;
    List<Long> given = new ArrayList<>(proposal);
    LongStream.of(chosen).forEach(given::add);
    int first = given.size();
    boolean narrow = width == 1;
    given.addAll(
        List.of(Long.MIN_VALUE | entryOf(narrow ? 1 : 0), wordOf(narrow ? 0 : 1, width), 0L));
    PrimitiveIterator.OfLong words = given.stream().mapToLong(Long::longValue).iterator();
    int[] drawn = {0};
    long sample =
        new DiscreteGaussian(
                () -> {
                  drawn[0]++;
                  return words.nextLong();
                })
            .sample(sigma);
    assertThat(drawn[0]).isEqualTo(sample == OTHER ? first + 3 : first);
    return sample;
  }

  private static long entryOf(int strip) {
    int entry = 0;
    while (StripTable.strip(entry) != strip) {
      entry++;
    }
    return entry;
  }

  /** A word that a uniform number below {@code range} is {@code value} by. */
  private static long wordOf(long value, long range) {
    return BigInteger.valueOf(value)
        .shiftLeft(64)
        .divide(BigInteger.valueOf(range))
        .add(BigInteger.valueOf(range == 1 ? 1 : 2))
        .longValue();
  }

  @Test
  void aZeroWithAMinusAndAnEntryThatNamesNothingGiveNoSample() {
    long none = entryOf(StripTable.NONE);
    assertThat(firstOf(1 << 20, List.of(none))).isEqualTo(OTHER);
    assertThat(firstOf(1 << 20, List.of(Long.MIN_VALUE, 1L))).isEqualTo(OTHER);
    assertThat(firstOf(1 << 20, List.of(0L, 1L), 0)).isZero();
  }

  /** Sections of the tail by coin flips, as many as there are in words of zeros and one more. */
  @Test
  void theTailHasNoEnd() {
    long tail = entryOf(StripTable.TAIL);
    for (int section : new int[] {0, 1, 5, 9, 20, 63, 64, 70}) {
      List<Long> words = new ArrayList<>(List.of(tail));
      for (int i = 0; i < section / 64; i++) {
        words.add(0L);
      }
      words.add(1L << (section % 64));
      words.add(1L << 40);
      long sigma = 1 << 10;
      if (section <= 20) {
        assertThat(firstOf(sigma, words, -1L)).as("section %d", section).isEqualTo(OTHER);
      }
      // The smallest number of all is below any density.
      words.addAll(Collections.nCopies(60, 0L));
      PrimitiveIterator.OfLong given = words.stream().mapToLong(Long::longValue).iterator();
      assertThat(new DiscreteGaussian(given::nextLong).sample(sigma))
          .isEqualTo((StripTable.TAIL + 8L * section) * (sigma / 16));
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
