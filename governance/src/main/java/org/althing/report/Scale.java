package org.althing.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A straight axis: values from {@code low} to {@code high} on pixels {@code from} to {@code to}.
 */
record Scale(double low, double high, double from, double to) {
  Scale {
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException("an axis runs from a value to a greater one");
    }
  }

  /** An axis that holds {@code low} and {@code high} and ends on round numbers. */
  static Scale around(double low, double high, double from, double to) {
    double top = high > low ? high : low + 1;
    double step = step(low, top);
    return new Scale(Math.floor(low / step) * step, Math.ceil(top / step) * step, from, to);
  }

  double at(double value) {
    double clamped = Math.max(low, Math.min(high, value));
    return from + (clamped - low) / (high - low) * (to - from);
  }

  String pixel(double value) {
    return Decimal.pixels(at(value));
  }

  List<Double> ticks() {
    double step = step(low, high);
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step - 1e-9);
    for (long k = first; k * step <= high + step * 1e-9; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  /** The fewest digits behind the point that tell the ticks apart. */
  int tickDigits() {
    double step = step(low, high);
    int digits = 0;
    while (digits < 12 && Math.abs(step - Math.rint(step)) > 1e-6) {
      step *= 10;
      digits++;
    }
    return digits;
  }

  /** 1, 2 or 5 times a power of ten, so that 4 to 9 steps span the axis. */
  private static double step(double low, double high) {
    double rough = (high - low) / 5;
    double unit = 1;
    while (unit > rough) {
      unit /= 10;
    }
    while (unit * 10 <= rough) {
      unit *= 10;
    }
    double factor = rough / unit;
    return factor < 1.5 ? unit : factor < 3.5 ? 2 * unit : factor < 7.5 ? 5 * unit : 10 * unit;
  }
}
