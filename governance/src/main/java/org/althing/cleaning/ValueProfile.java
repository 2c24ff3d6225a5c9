package org.althing.cleaning;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.althing.table.Domain;

/**
 * The valid values of one column of an organisation's own rows, exactly and without noise, for its
 * own staff: it holds values of rows and must never leave the node.
 *
 * @param different how many different values came, of texts told apart by 64 bits of their
 *     HMAC-SHA256; nothing where there are more than are kept
 * @param order of numbers and days, as a column's numbers are; nothing of other columns or where
 *     there are no values
 */
public record ValueProfile(OptionalLong different, Optional<Order> order) {
  /** Of the quantiles, ascending. */
  public static final List<Integer> PERCENTS = List.of(1, 25, 50, 75, 99);

  /**
   * Numbers in their order.
   *
   * @param quantiles for each of {@link #PERCENTS} the least value at or below which so many per
   *     cent lie; empty where more different values came than are kept
   */
  public record Order(double least, List<Double> quantiles, double greatest) {
    public Order {
      quantiles = List.copyOf(quantiles);
    }
  }

  /** Takes values one by one. Not safe for concurrent use. */
  static final class Tally {
    private static final byte[] KEY = new byte[16];

    private final boolean ordered;
    private final ValueCounts counts;
    private final UnitHash hash = new UnitHash(KEY);
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    /**
     * Of no value.
     *
     * @param most different values that are kept
     */
    Tally(Domain domain, int most) {
      this.ordered = domain instanceof Domain.Numbers || domain instanceof Domain.Dates;
      this.counts = new ValueCounts(most);
    }

    /** Takes the value that a cleaner has just read as valid from a field that there is. */
    void see(ColumnCleaner cleaner, TextRows rows, int row, int field, Domain domain) {
      if (ordered) {
        see(cleaner.number());
      } else if (domain instanceof Domain.Categories) {
        counts.add(cleaner.cell());
      } else {
        hash.begin("text/v1");
        int start = rows.start(row, field);
        hash.add(rows.bytes(), start, rows.end(row, field));
        counts.add(hash.finish());
      }
    }

    void see(double value) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      counts.add(place(value));
    }

    ValueProfile told() {
      boolean whole = counts.isWhole();
      OptionalLong different = whole ? OptionalLong.of(counts.size()) : OptionalLong.empty();
      if (!ordered || least > greatest) {
        return new ValueProfile(different, Optional.empty());
      }
      int[] percents = PERCENTS.stream().mapToInt(Integer::intValue).toArray();
      List<Double> quantiles =
          whole
              ? Arrays.stream(counts.quantiles(percents)).mapToObj(Tally::value).toList()
              : List.of();
      return new ValueProfile(different, Optional.of(new Order(least, quantiles, greatest)));
    }

    /** A whole number for each number, in their order. */
    private static long place(double value) {
      return turned(Double.doubleToLongBits(value + 0.0));
    }

    private static double value(long place) {
      return Double.longBitsToDouble(turned(place));
    }

    /** The bits of negative numbers descend; turning them twice gives them back. */
    private static long turned(long bits) {
      return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }
  }
}
