package org.althing.audit;

import java.util.List;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * The state of a log, as the text of a signed note (C2SP tlog-checkpoint v1.0.0) without extension
 * lines: they would be signed but seen by no monitor.
 *
 * @param origin the log's name, such as {@code coordinator.example/althing}; a key name too
 * @param size how many entries the tree has
 * @param root RFC 6962 root of those entries
 */
public record Checkpoint(String origin, long size, Digest root) {
  public Checkpoint {
    if (!StrictText.isKeyName(origin) || origin.length() > 255) {
      throw new IllegalArgumentException(
          "a log's origin is 1 to 255 characters without spaces or plus signs");
    }
    if (size < 0 || (size == 0 && !root.equals(MerkleTree.emptyRoot()))) {
      throw new IllegalArgumentException("size and root of a checkpoint contradict each other");
    }
  }

  /** What is known of a log that was never seen: that it began with nothing. */
  public static Checkpoint empty(String origin) {
    return new Checkpoint(origin, 0, MerkleTree.emptyRoot());
  }

  public static Checkpoint of(String origin, MerkleTree tree) {
    return new Checkpoint(origin, tree.size(), tree.root());
  }

  /** Origin, size and base64 root, each on a line that ends with a line feed. */
  public String toText() {
    return origin + "\n" + size + "\n" + StrictText.base64(root.bytes()) + "\n";
  }

  public static Checkpoint parse(String text) throws MalformedEncoding {
    List<String> lines = StrictText.lines(text, 3);
    if (lines.size() != 3) {
      throw new MalformedEncoding("a checkpoint has three lines, got " + lines.size());
    }
    try {
      return new Checkpoint(
          lines.get(0), StrictText.number(lines.get(1)), StrictText.digest(lines.get(2)));
    } catch (IllegalArgumentException e) {
      throw new MalformedEncoding(String.valueOf(e.getMessage()));
    }
  }
}
