package org.althing.federation;

import java.util.regex.Pattern;

/**
 * The name of an organisation's node in a roster: 1 to 63 lower-case letters, digits and inner
 * hyphens, a letter first.
 */
public record NodeId(String value) implements Comparable<NodeId> {
  private static final Pattern FORM = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

  public NodeId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a node id is 1 to 63 lower-case letters, digits and inner hyphens, a letter first");
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
