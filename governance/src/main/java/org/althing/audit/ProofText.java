package org.althing.audit;

import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * The text of a proof: two numbers with their names, then hashes, a line each, every line ended.
 */
record ProofText(String first, String second) {
  static final int MOST_HASHES = 63;

  interface Maker<P> {
    P of(long first, long second, List<Digest> hashes);
  }

  String write(long firstValue, long secondValue, List<Digest> hashes) {
    StringBuilder text = new StringBuilder();
    text.append(first).append(' ').append(firstValue).append('\n');
    text.append(second).append(' ').append(secondValue).append('\n');
    for (Digest hash : hashes) {
      text.append(StrictText.base64(hash.bytes())).append('\n');
    }
    return text.toString();
  }

  <P> P parse(String text, Maker<P> maker) throws MalformedEncoding {
    List<String> lines = StrictText.lines(text, MOST_HASHES + 2);
    if (lines.size() < 2) {
      throw new MalformedEncoding("a proof has at least two lines, " + first + " and " + second);
    }
    List<Digest> hashes = new ArrayList<>();
    for (String line : lines.subList(2, lines.size())) {
      hashes.add(StrictText.digest(line));
    }
    try {
      return maker.of(numberAfter(first, lines.get(0)), numberAfter(second, lines.get(1)), hashes);
    } catch (IllegalArgumentException e) {
      throw new MalformedEncoding(String.valueOf(e.getMessage()));
    }
  }

  private static long numberAfter(String name, String line) throws MalformedEncoding {
    if (!line.startsWith(name + " ")) {
      throw new MalformedEncoding("expected a line '" + name + " <number>' in a proof");
    }
    return StrictText.number(line.substring(name.length() + 1));
  }
}
