package org.althing.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against the RFC 6962 leaves, nodes and roots of transparency-dev/merkle testonly/constants.go.
 */
class MerkleTreeTest {
  private static final int LARGEST = 33;
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  static IntStream sizes() {
    return IntStream.rangeClosed(1, LARGEST);
  }

  static MerkleTree knownTree() {
    MerkleTree tree = new MerkleTree();
    LEAVES.forEach(leaf -> tree.append(HexFormat.of().parseHex(leaf)));
    return tree;
  }

  private static byte[] entry(int i) {
    return ("entry " + i).getBytes(StandardCharsets.UTF_8);
  }

  private static MerkleTree tree(int size) {
    MerkleTree tree = new MerkleTree();
    for (int i = 0; i < size; i++) {
      assertThat(tree.append(entry(i))).isEqualTo(i);
    }
    return tree;
  }

  /** The definition of RFC 6962 §2.1, word for word. */
  private static Digest definedRoot(List<byte[]> entries) {
    if (entries.isEmpty()) {
      return Digest.of(new byte[0]);
    }
    if (entries.size() == 1) {
      return MerkleTree.leafHash(entries.get(0));
    }
    int k = 1;
    while (2 * k < entries.size()) {
      k *= 2;
    }
    return MerkleTree.nodeHash(
        definedRoot(entries.subList(0, k)), definedRoot(entries.subList(k, entries.size())));
  }

  private static List<Digest> flipped(List<Digest> hashes, int which, int bit) {
    List<Digest> mutated = new ArrayList<>(hashes);
    mutated.set(which, flipped(hashes.get(which), bit));
    return mutated;
  }

  private static Digest flipped(Digest digest, int bit) {
    byte[] bytes = digest.bytes();
    bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    return Digest.ofBytes(bytes);
  }

  @Test
  void hasTheKnownRoots() {
    MerkleTree tree = knownTree();
    for (int size = 0; size <= 8; size++) {
      assertThat(tree.root(size).hex()).isEqualTo(ROOTS.get(size));
    }
  }

  @Test
  void hashesLeavesAndNodesApart() {
    Digest leaf = MerkleTree.leafHash(new byte[0]);
    assertThat(leaf.hex()).isEqualTo(ROOTS.get(1));
    assertThat(MerkleTree.nodeHash(leaf, MerkleTree.leafHash(new byte[] {0})).hex())
        .isEqualTo(ROOTS.get(2));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void rootIsTheOneTheStandardDefines(int size) {
    List<byte[]> entries = IntStream.range(0, size).mapToObj(MerkleTreeTest::entry).toList();
    assertThat(tree(size).root()).isEqualTo(definedRoot(entries));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void everyEntryIsProvenInEveryTreeThatHoldsIt(int size) {
    MerkleTree tree = tree(LARGEST);
    for (int index = 0; index < size; index++) {
      InclusionProof proof = tree.inclusion(index, size);
      for (int other = 0; other < LARGEST; other++) {
        assertThat(proof.proves(MerkleTree.leafHash(entry(other)), tree.root(size)))
            .isEqualTo(other == index);
      }
      for (int otherSize = 0; otherSize <= LARGEST; otherSize++) {
        assertThat(proof.proves(MerkleTree.leafHash(entry(index)), tree.root(otherSize)))
            .isEqualTo(otherSize == size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void everyPastTreeIsProvenToBeTheBeginning(int to) {
    MerkleTree tree = tree(to);
    for (int from = 0; from <= to; from++) {
      ConsistencyProof proof = tree.consistency(from, to);
      assertThat(proof.proves(tree.root(from), tree.root(to))).isTrue();
      for (int other = 0; other <= to; other++) {
        if (other != from) {
          assertThat(proof.proves(tree.root(other), tree.root(to))).isFalse();
        }
        if (other != to && from > 0) {
          assertThat(proof.proves(tree.root(from), tree.root(other))).isFalse();
        }
      }
    }
  }

  /** Every bit in small trees; in larger ones every eighth, from a different one for each leaf. */
  private static int stride(int size) {
    return size <= 9 ? 1 : 8;
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void noBitOfAnInclusionProofMayChange(int size) {
    MerkleTree tree = tree(size);
    int believed = 0;
    for (int index = 0; index < size; index++) {
      InclusionProof proof = tree.inclusion(index, size);
      Digest leaf = MerkleTree.leafHash(entry(index));
      for (int bit = index % stride(size); bit < 256; bit += stride(size)) {
        believed += proof.proves(flipped(leaf, bit), tree.root()) ? 1 : 0;
        believed += proof.proves(leaf, flipped(tree.root(), bit)) ? 1 : 0;
        for (int which = 0; which < proof.hashes().size(); which++) {
          List<Digest> mutated = flipped(proof.hashes(), which, bit);
          believed += new InclusionProof(index, size, mutated).proves(leaf, tree.root()) ? 1 : 0;
        }
      }
    }
    assertThat(believed).isZero();
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void noBitOfAConsistencyProofMayChange(int to) {
    MerkleTree tree = tree(to);
    Digest newer = tree.root();
    int believed = 0;
    for (int from = 1; from < to; from++) {
      ConsistencyProof proof = tree.consistency(from, to);
      Digest older = tree.root(from);
      for (int bit = from % stride(to); bit < 256; bit += stride(to)) {
        believed += proof.proves(flipped(older, bit), newer) ? 1 : 0;
        believed += proof.proves(older, flipped(newer, bit)) ? 1 : 0;
        for (int which = 0; which < proof.hashes().size(); which++) {
          List<Digest> mutated = flipped(proof.hashes(), which, bit);
          believed += new ConsistencyProof(from, to, mutated).proves(older, newer) ? 1 : 0;
        }
      }
    }
    assertThat(believed).isZero();
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void proofsHaveOneTextEach(int size) throws MalformedEncoding {
    MerkleTree tree = tree(size);
    for (int i = 0; i < size; i++) {
      InclusionProof inclusion = tree.inclusion(i, size);
      assertThat(InclusionProof.parse(inclusion.toText())).isEqualTo(inclusion);
      ConsistencyProof consistency = tree.consistency(i, size);
      assertThat(ConsistencyProof.parse(consistency.toText())).isEqualTo(consistency);
    }
  }

  @Test
  void refusesProofTextOfAnyOtherSpelling() {
    String good = tree(5).inclusion(3, 5).toText();
    List<String> bad =
        List.of(
            "",
            "\n",
            good.substring(0, good.length() - 1),
            good + "\n",
            " " + good,
            good.replace("index 3", "index 03"),
            good.replace("index 3", "index +3"),
            good.replace("index 3", "index -3"),
            good.replace("index 3", "index 5"),
            good.replace("index 3", "index  3"),
            good.replace("size 5", "size 9223372036854775808"),
            good.replace("=\n", "\n"),
            good.replace("\n", "\r\n"),
            good.replace("=\n", "=AA==\n"));
    for (String text : bad) {
      assertThatThrownBy(() -> InclusionProof.parse(text)).isInstanceOf(MalformedEncoding.class);
    }
  }

  @Test
  void refusesIndicesOutsideTheTree() {
    MerkleTree tree = tree(5);
    assertThatThrownBy(() -> tree.inclusion(5, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tree.inclusion(0, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tree.consistency(4, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tree.root(6)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
