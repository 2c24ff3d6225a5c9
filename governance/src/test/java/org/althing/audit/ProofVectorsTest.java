package org.althing.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.althing.encoding.Digest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The happy paths of transparency-dev/merkle testdata/{inclusion,consistency}, and the mutations
 * that its generator makes of them.
 */
class ProofVectorsTest {
  private static final Digest GARBAGE = Digest.of(new byte[] {42});
  private static final String L0 = "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=";
  private static final String L1 = "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=";
  private static final String N01 = "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=";
  private static final String N23 = "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=";
  private static final String L4 = "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=";
  private static final String N67 = "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=";
  private static final String N03 = "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=";
  private static final String N47 = "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=";
  private static final String ROOT8 = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=";
  private static final String ROOT5 = "Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=";

  /** One case of testdata/inclusion. */
  record Inclusion(long index, long size, Digest root, Digest leaf, List<Digest> proof) {
    boolean holds() {
      return index >= 0
          && index < size
          && new InclusionProof(index, size, proof).proves(leaf, root);
    }

    Inclusion at(long otherIndex, long otherSize) {
      return new Inclusion(otherIndex, otherSize, root, leaf, proof);
    }

    Inclusion with(Function<List<Digest>, List<Digest>> change) {
      return new Inclusion(index, size, root, leaf, change.apply(proof));
    }
  }

  /** One case of testdata/consistency. */
  record Consistency(long from, long to, Digest older, Digest newer, List<Digest> proof) {
    boolean holds() {
      return from >= 0 && from <= to && new ConsistencyProof(from, to, proof).proves(older, newer);
    }

    Consistency between(long otherFrom, long otherTo) {
      return new Consistency(otherFrom, otherTo, older, newer, proof);
    }

    Consistency with(Function<List<Digest>, List<Digest>> change) {
      return new Consistency(from, to, older, newer, change.apply(proof));
    }
  }

  static Stream<Inclusion> inclusions() {
    return Stream.of(
        new Inclusion(0, 8, hash(ROOT8), hash(L0), hashes(L1, N23, N47)),
        new Inclusion(
            5,
            8,
            hash(ROOT8),
            hash("QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg="),
            hashes(L4, N67, N03)),
        new Inclusion(1, 5, hash(ROOT5), hash(L1), hashes(L0, N23, L4)));
  }

  static Stream<Consistency> consistencies() {
    return Stream.of(
        new Consistency(1, 8, hash(L0), hash(ROOT8), hashes(L1, N23, N47)),
        new Consistency(
            6,
            8,
            hash("duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8="),
            hash(ROOT8),
            hashes("DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=", N67, N03)),
        new Consistency(2, 5, hash(N01), hash(ROOT5), hashes(N23, L4)));
  }

  private static Digest hash(String base64) {
    return Digest.ofBytes(Base64.getDecoder().decode(base64));
  }

  private static List<Digest> hashes(String... base64) {
    return Stream.of(base64).map(ProofVectorsTest::hash).toList();
  }

  private static Function<List<Digest>, List<Digest>> insertedAt(int position, Digest hash) {
    return proof -> {
      List<Digest> longer = new ArrayList<>(proof);
      longer.add(position < 0 ? proof.size() : position, hash);
      return longer;
    };
  }

  private static final List<Function<List<Digest>, List<Digest>>> CHANGES =
      List.of(
          proof -> List.of(),
          proof -> proof.subList(0, proof.size() - 1),
          proof -> proof.subList(1, proof.size()),
          proof -> {
            List<Digest> reversed = new ArrayList<>(proof);
            Collections.reverse(reversed);
            return reversed;
          },
          insertedAt(0, GARBAGE),
          insertedAt(1, GARBAGE),
          insertedAt(-1, GARBAGE));

  @ParameterizedTest
  @MethodSource("inclusions")
  void acceptsTheHappyPathOfInclusionAndNoneOfItsMutations(Inclusion good) {
    assertThat(good.holds()).isTrue();
    long i = good.index();
    long n = good.size();
    List<Inclusion> bad =
        new ArrayList<>(
            List.of(
                good.at(i - 1, n),
                good.at(i + 1, n),
                good.at(i ^ 2, n),
                good.at(i, n * 2),
                good.at(i, n / 2),
                new Inclusion(i, n, GARBAGE, good.leaf(), good.proof()),
                new Inclusion(i, n, MerkleTree.emptyRoot(), good.leaf(), good.proof()),
                new Inclusion(i, n, good.root(), GARBAGE, good.proof()),
                good.with(insertedAt(0, good.root())),
                good.with(insertedAt(-1, good.root()))));
    CHANGES.forEach(change -> bad.add(good.with(change)));
    assertThat(bad).noneMatch(Inclusion::holds);
  }

  @ParameterizedTest
  @MethodSource("consistencies")
  void acceptsTheHappyPathOfConsistencyAndNoneOfItsMutations(Consistency good) {
    assertThat(good.holds()).isTrue();
    long m = good.from();
    long n = good.to();
    List<Consistency> bad =
        new ArrayList<>(
            List.of(
                good.between(m - 1, n),
                good.between(m + 1, n),
                good.between(m ^ 2, n),
                good.between(m, n * 2),
                good.between(m, n / 2),
                new Consistency(m, n, GARBAGE, good.newer(), good.proof()),
                new Consistency(m, n, good.older(), GARBAGE, good.proof()),
                new Consistency(m, n, good.newer(), good.older(), good.proof()),
                good.with(insertedAt(0, good.older())),
                good.with(insertedAt(0, good.newer())),
                good.with(insertedAt(-1, good.older())),
                good.with(insertedAt(-1, good.newer()))));
    CHANGES.forEach(change -> bad.add(good.with(change)));
    assertThat(bad).noneMatch(Consistency::holds);
  }
}
