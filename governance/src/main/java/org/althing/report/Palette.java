package org.althing.report;

/**
 * The colours of reports. Text keeps a contrast of 4.5:1 and marks 3:1 against their ground (WCAG
 * 2.2, 1.4.3 and 1.4.11); a colour never says what a word or a number beside it does not.
 */
final class Palette {
  static final String PAPER = "#ffffff";
  static final String INK = "#1d2329";
  static final String FAINT_INK = "#56606b";
  static final String RULE = "#d5dae0";
  static final String GRID = "#e6e9ed";
  static final String BLUE = "#2563a8";
  static final String ORANGE = "#b3541e";
  static final String BAND = "#d3e2f3";
  static final String GREEN = "#1c7a43";
  static final String RED = "#b3261e";
  static final String AMBER = "#8a5a00";

  private static final int[] COOLEST = {0xf4, 0xf7, 0xfb};
  private static final int[] HOTTEST = {0x1c, 0x4e, 0x8a};

  private Palette() {}

  /** The ground of a heat cell: pale at 0, dark blue at 1. */
  static String heat(double share) {
    double level = Math.max(0, Math.min(1, share));
    StringBuilder colour = new StringBuilder("#");
    for (int i = 0; i < 3; i++) {
      colour.append(Decimal.hex((int) Math.rint(COOLEST[i] + (HOTTEST[i] - COOLEST[i]) * level)));
    }
    return colour.toString();
  }

  /** Black or white, whichever stands out more on {@code ground}: never below 4.58:1. */
  static String inkOn(String ground) {
    return contrast("#000000", ground) >= contrast("#ffffff", ground) ? "#000000" : "#ffffff";
  }

  /** WCAG contrast ratio, 1 to 21. */
  static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : StrictMath.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
