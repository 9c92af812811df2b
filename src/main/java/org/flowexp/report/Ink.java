package org.flowexp.report;

import java.awt.Color;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Colours of figures that the page decides: a figure is drawn in stand-ins, which become variables
 * of its style sheet, so that one drawing serves light and dark.
 */
final class Ink {
  static final Color TEXT = new Color(1, 2, 3);
  static final Color GRID = new Color(4, 5, 6);
  static final int SERIES = 8;

  private static final int RED = 7;
  private static final Pattern WRITTEN = Pattern.compile("rgb\\((\\d+), ?(\\d+), ?(\\d+)\\)");

  private Ink() {}

  /** Of the series of this number; they repeat after eight. */
  static Color series(int number) {
    return new Color(RED, RED, number % SERIES);
  }

  /** With variables for the stand-ins. */
  static String variables(String svg) {
    Matcher matcher = WRITTEN.matcher(svg);
    return matcher.replaceAll(
        found -> {
          Color color =
              new Color(
                  Integer.parseInt(found.group(1)),
                  Integer.parseInt(found.group(2)),
                  Integer.parseInt(found.group(3)));
          if (color.equals(TEXT)) {
            return "var(--ink)";
          }
          if (color.equals(GRID)) {
            return "var(--grid)";
          }
          return color.getRed() == RED && color.getGreen() == RED
              ? "var(--series-" + color.getBlue() + ")"
              : found.group();
        });
  }
}
