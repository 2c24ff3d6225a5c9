package org.althing.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.althing.encoding.MalformedEncoding;

/**
 * One file of a log that is read as files (C2SP tlog-tiles v0.1.0): up to 256 hashes of one level
 * of the tree, or up to 256 entries. A full tile never changes; a log's last one of each level is
 * partial and named with its width.
 *
 * @param level 0 to 7: the tile holds hashes of complete subtrees of 256^level entries; {@value
 *     #ENTRIES}: it holds the entries themselves
 * @param index which of the level's tiles, from 0
 * @param width how many hashes or entries it holds, 1 to {@value #FULL}
 */
public record Tile(int level, long index, int width) {
  public static final int ENTRIES = -1;
  public static final int FULL = 256;

  /** From here on an entry does not fit into a tile, which gives its length in two bytes. */
  public static final int LARGEST_ENTRY = (1 << 16) - 1;

  private static final int LEVELS = 8;
  private static final long MOST_TILES = 1L << 40;
  private static final int GROUP = 1000;
  private static final Pattern PATH =
      Pattern.compile(
          "tile/(entries|[0-7])/((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  public Tile {
    if (level < ENTRIES || level >= LEVELS) {
      throw new IllegalArgumentException("a tile's level is 0 to 7, or its entries");
    }
    if (index < 0 || index >= MOST_TILES || width < 1 || width > FULL) {
      throw new IllegalArgumentException("a tile has 1 to 256 hashes or entries");
    }
  }

  /** The tile that a path names, such as {@code tile/0/x001/067.p/12}; each has one spelling. */
  public static Optional<Tile> at(String path) {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int level = parts.group(1).equals("entries") ? ENTRIES : Integer.parseInt(parts.group(1));
    long index = Long.parseLong(parts.group(2).replaceAll("[x/]", ""));
    int width = parts.group(3) == null ? FULL : Integer.parseInt(parts.group(3));
    if (index >= MOST_TILES || width > FULL) {
      return Optional.empty();
    }
    return Optional.of(new Tile(level, index, width)).filter(tile -> tile.path().equals(path));
  }

  public String path() {
    StringBuilder digits = new StringBuilder("%03d".formatted(index % GROUP));
    for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
      digits.insert(0, "x%03d/".formatted(rest % GROUP));
    }
    return "tile/%s/%s%s"
        .formatted(
            level == ENTRIES ? "entries" : Integer.toString(level),
            digits,
            width == FULL ? "" : ".p/" + width);
  }

  /** The number of its first hash on its level, or of its first entry. */
  public long first() {
    return index * FULL;
  }

  /** Every tile that a log of {@code size} entries consists of: entries first, then level 0 up. */
  public static List<Tile> of(long size) {
    List<Tile> tiles = new ArrayList<>();
    add(tiles, ENTRIES, size);
    int level = 0;
    for (long hashes = size; hashes > 0; hashes /= FULL) {
      add(tiles, level++, hashes);
    }
    return tiles;
  }

  private static void add(List<Tile> tiles, int level, long count) {
    for (long index = 0; index < count / FULL; index++) {
      tiles.add(new Tile(level, index, FULL));
    }
    if (count % FULL > 0) {
      tiles.add(new Tile(level, count / FULL, (int) (count % FULL)));
    }
  }

  /**
   * The bytes of a tile of entries: each after its length in two bytes, the greater first.
   *
   * @return nothing where an entry has more than {@link #LARGEST_ENTRY} bytes
   */
  public static Optional<byte[]> bundle(List<byte[]> entries) {
    int length = 0;
    for (byte[] entry : entries) {
      if (entry.length > LARGEST_ENTRY) {
        return Optional.empty();
      }
      length += 2 + entry.length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    entries.forEach(entry -> bytes.putShort((short) entry.length).put(entry));
    return Optional.of(bytes.array());
  }

  /** The entries of this tile's bytes. */
  public List<byte[]> entries(byte[] bundle) throws MalformedEncoding {
    ByteBuffer bytes = ByteBuffer.wrap(bundle);
    List<byte[]> entries = new ArrayList<>();
    while (entries.size() < width) {
      int length =
          bytes.remaining() < 2 ? Integer.MAX_VALUE : Short.toUnsignedInt(bytes.getShort());
      if (length > bytes.remaining()) {
        throw new MalformedEncoding(
            "%s ends within entry %d".formatted(path(), first() + entries.size()));
      }
      byte[] entry = new byte[length];
      bytes.get(entry);
      entries.add(entry);
    }
    if (bytes.hasRemaining()) {
      throw new MalformedEncoding(path() + " goes on after its last entry");
    }
    return entries;
  }
}
