package org.althing.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and bytes as C2SP tlog-tiles v0.1.0 has them. */
class TileTest {
  @ParameterizedTest
  @CsvSource({
    "tile/0/000, 0, 0, 256",
    "tile/3/067.p/1, 3, 67, 1",
    // The specification's own example of an index.
    "tile/0/x001/x234/067, 0, 1234067, 256",
    "tile/0/x001/x234/067.p/255, 0, 1234067, 255",
    "tile/entries/x001/000.p/9, -1, 1000, 9",
  })
  void aPathNamesOneTileAndATileOnePath(String path, int level, long index, int width) {
    assertThat(Tile.at(path)).contains(new Tile(level, index, width));
    assertThat(new Tile(level, index, width).path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/001/001",
        "tile/8/000",
        "tile/00/000",
        "tile/-1/000",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/x999/x999/x999/x999/999",
        "tile/0/x999/x999/x999/x999/x999/999",
        "tile/entries/../entries/000",
        "tile/data/000"
      })
  void nothingElseIsAPath(String path) {
    assertThat(Tile.at(path)).isEmpty();
  }

  @Test
  void aLogOfSeventyThousandHasTheTilesOfTheSpecificationsExample() {
    // tlog-tiles, Merkle Tree: 273 full level-0 tiles and one of width 112, one level-1 tile and
    // one of width 17, one level-2 tile of width 1.
    List<String> paths = Tile.of(70_000).stream().map(Tile::path).toList();
    assertThat(paths).hasSize(274 + 274 + 2 + 1);
    assertThat(paths)
        .contains(
            "tile/0/272",
            "tile/0/273.p/112",
            "tile/entries/273.p/112",
            "tile/1/000",
            "tile/1/001.p/17",
            "tile/2/000.p/1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 511, 512, 65_536, 70_000})
  void theTilesOfATreeHashUpToItsRoot(int size) {
    MerkleTree tree = new MerkleTree();
    for (int i = 0; i < size; i++) {
      tree.append(("entry " + i).getBytes(StandardCharsets.UTF_8));
    }
    for (Tile tile : Tile.of(size)) {
      assertThat(tree.tile(tile).isPresent()).isEqualTo(tile.level() != Tile.ENTRIES);
      if (tile.level() > 0) {
        assertThat(tree.tile(tile)).hasValue(above(tree, tile));
      }
    }
    assertThat(root(tree, size)).isEqualTo(tree.root());
  }

  /** A tile's hashes by the full tiles one level below. */
  private static byte[] above(MerkleTree tree, Tile tile) {
    ByteBuffer bytes = ByteBuffer.allocate(32 * tile.width());
    for (int i = 0; i < tile.width(); i++) {
      Tile below = new Tile(tile.level() - 1, tile.first() + i, Tile.FULL);
      bytes.put(fold(hashes(tree, below)).bytes());
    }
    return bytes.array();
  }

  /** The root by the rightmost tiles alone, as a client of the log works it out. */
  private static Digest root(MerkleTree tree, long size) {
    Optional<Digest> right = Optional.empty();
    int level = 0;
    for (long hashes = size; hashes > 0; hashes /= Tile.FULL) {
      int width = (int) (hashes % Tile.FULL);
      if (width > 0) {
        List<Digest> row =
            new ArrayList<>(hashes(tree, new Tile(level, hashes / Tile.FULL, width)));
        right.ifPresent(row::add);
        right = Optional.of(fold(row));
      }
      level++;
    }
    return right.orElseThrow();
  }

  private static List<Digest> hashes(MerkleTree tree, Tile tile) {
    byte[] bytes = tree.tile(tile).orElseThrow();
    List<Digest> hashes = new ArrayList<>();
    for (int i = 0; i < tile.width(); i++) {
      byte[] hash = new byte[32];
      ByteBuffer.wrap(bytes).get(32 * i, hash);
      hashes.add(Digest.ofBytes(hash));
    }
    return hashes;
  }

  /** RFC 6962 §2.1 over hashes of subtrees of one size, the last of which may be smaller. */
  private static Digest fold(List<Digest> row) {
    if (row.size() == 1) {
      return row.get(0);
    }
    int half = Integer.highestOneBit(row.size() - 1);
    return MerkleTree.nodeHash(fold(row.subList(0, half)), fold(row.subList(half, row.size())));
  }

  @Test
  void aTileThatIsNotThereYetIsNone() {
    MerkleTree tree = MerkleTreeTest.knownTree();
    assertThat(tree.tile(new Tile(0, 0, 8))).isPresent();
    assertThat(tree.tile(new Tile(0, 0, 3))).isPresent();
    assertThat(tree.tile(new Tile(0, 0, 9))).isEmpty();
    assertThat(tree.tile(new Tile(0, 1, 1))).isEmpty();
    assertThat(tree.tile(new Tile(1, 0, 1))).isEmpty();
    assertThat(tree.tile(new Tile(7, (1L << 40) - 1, 256))).isEmpty();
  }

  @Test
  void entriesComeBackFromTheirTile() throws MalformedEncoding {
    List<byte[]> entries =
        List.of(new byte[0], new byte[] {1}, new byte[Tile.LARGEST_ENTRY], new byte[300]);
    byte[] bundle = Tile.bundle(entries).orElseThrow();
    assertThat(new Tile(Tile.ENTRIES, 0, 4).entries(bundle)).containsExactlyElementsOf(entries);
    assertThat(Tile.bundle(List.of(new byte[Tile.LARGEST_ENTRY + 1]))).isEmpty();
  }

  @Test
  void aTileOfEntriesHasAsManyAsItSaysAndNothingBehind() {
    byte[] bundle = Tile.bundle(List.of(new byte[2], new byte[3])).orElseThrow();
    for (int width : new int[] {1, 3, 256}) {
      assertThatThrownBy(() -> new Tile(Tile.ENTRIES, 0, width).entries(bundle))
          .isInstanceOf(MalformedEncoding.class);
    }
    for (int end = 0; end < bundle.length; end++) {
      byte[] cut = java.util.Arrays.copyOf(bundle, end);
      assertThatThrownBy(() -> new Tile(Tile.ENTRIES, 0, 2).entries(cut))
          .isInstanceOf(MalformedEncoding.class);
    }
  }
}
