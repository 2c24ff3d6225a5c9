package org.althing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The everyday part of fuzzing: what was found once is taken again, without instruments. */
class HostileBytesTest {
  private static final int SEED = 20261126;

  /** Made once: seeds come from whole studies. */
  private static final Map<Decoder, FuzzTarget> TARGETS = new ConcurrentHashMap<>();

  private static final Map<Decoder, SortedMap<String, byte[]>> SEEDS = new ConcurrentHashMap<>();

  private static FuzzTarget target(Decoder decoder) {
    return TARGETS.computeIfAbsent(decoder, Decoder::target);
  }

  private static SortedMap<String, byte[]> seeds(Decoder decoder) {
    return SEEDS.computeIfAbsent(decoder, d -> target(d).seeds());
  }

  /** A target whose seeds are refused would fuzz nothing but the refusal. */
  @ParameterizedTest
  @EnumSource(Decoder.class)
  void theSeedsAreAcceptedUnlessTheirNameSaysOtherwise(Decoder decoder) throws Exception {
    FuzzTarget target = target(decoder);
    for (var seed : seeds(decoder).entrySet()) {
      assertThat(target.take(seed.getValue()))
          .as(seed.getKey())
          .isNotEqualTo(seed.getKey().startsWith("refused-"));
    }
  }

  @ParameterizedTest
  @EnumSource(Decoder.class)
  @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noKeptInputBreaksAPromise(Decoder decoder) {
    FuzzTarget target = target(decoder);
    Corpus.kept(decoder).forEach((name, input) -> take(target, name, input));
  }

  @ParameterizedTest
  @EnumSource(Decoder.class)
  @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noSpoiledSeedBreaksAPromise(Decoder decoder) {
    FuzzTarget target = target(decoder);
    List<byte[]> seeds = new ArrayList<>(seeds(decoder).values());
    Random random = new Random(SEED);
    for (int i = 0; i < decoder.everydayInputs(); i++) {
      byte[] spoiled = spoiled(seeds.get(random.nextInt(seeds.size())), seeds, random);
      take(target, "spoiled seed " + i, spoiled);
    }
  }

  private static void take(FuzzTarget target, String name, byte[] input) {
    try {
      Bounded.take(target, input);
    } catch (Throwable e) {
      throw new AssertionError(name + ": " + e, e);
    }
  }

  /** One to four changes: bytes turned, left out, doubled, or taken from another seed. */
  private static byte[] spoiled(byte[] seed, List<byte[]> seeds, Random random) {
    byte[] bytes = seed;
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length + 1);
      int end = Math.min(bytes.length, at + random.nextInt(16));
      byte[] other = seeds.get(random.nextInt(seeds.size()));
      int from = random.nextInt(other.length + 1);
      int to = Math.min(other.length, from + random.nextInt(64));
      bytes =
          switch (random.nextInt(4)) {
            case 0 -> turned(bytes, at, random);
            case 1 -> joined(bytes, at, new byte[0], end);
            case 2 -> joined(bytes, end, Arrays.copyOfRange(bytes, at, end), end);
            default -> joined(bytes, at, Arrays.copyOfRange(other, from, to), end);
          };
    }
    return bytes;
  }

  private static byte[] turned(byte[] bytes, int at, Random random) {
    byte[] turned = bytes.clone();
    if (at < turned.length) {
      turned[at] = (byte) random.nextInt(256);
    }
    return turned;
  }

  private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
    byte[] joined = Arrays.copyOf(bytes, until + middle.length + bytes.length - from);
    System.arraycopy(middle, 0, joined, until, middle.length);
    System.arraycopy(bytes, from, joined, until + middle.length, bytes.length - from);
    return joined;
  }
}
