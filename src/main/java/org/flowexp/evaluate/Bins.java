package org.flowexp.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowexp.model.FigureModel;
import org.flowexp.run.Figure;

/** The bins of an axis, and where values fall. */
final class Bins {
  private static final double TAIL = 1e-3;
  private static final double MARGIN = 0.3;
  private static final int STEPS = 20;

  private final double size;
  private final Figure.Axis axis;

  private Bins(double size, Figure.Axis axis) {
    this.size = size;
    this.axis = axis;
  }

  /**
   * With the range of the axis, or else one around the samples: from their 0.1 to their 99.9
   * percentile and a part of that on both sides, ends rounded outward.
   *
   * @param values in internal units
   */
  static Bins of(FigureModel.Axis model, List<double[]> values) {
    double size = model.size();
    FigureModel.Range range =
        model
            .range()
            .map(given -> new FigureModel.Range(given.from() / size, given.to() / size))
            .orElseGet(() -> around(values, size));
    return new Bins(
        size,
        new Figure.Axis(
            model.name(),
            model.unit(),
            range.from(),
            range.to(),
            model.bins(),
            model.isPeriodic()));
  }

  private static FigureModel.Range around(List<double[]> values, double size) {
    double[] sorted =
        values.stream()
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .map(value -> value / size)
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return new FigureModel.Range(0, 1);
    }
    double low = sorted[(int) (TAIL * (sorted.length - 1))];
    double high = sorted[(int) Math.ceil((1 - TAIL) * (sorted.length - 1))];
    double width = high > low ? high - low : Math.max(1, Math.abs(high));
    double step = step(width / STEPS);
    double from = Math.floor((low - MARGIN * width) / step) * step;
    double to = Math.ceil((high + MARGIN * width) / step) * step;
    // What is never negative has no axis below 0.
    return new FigureModel.Range(sorted[0] >= 0 ? Math.max(0, from) : from, to);
  }

  /** 1, 2 or 5 times a power of ten, at least so much. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    return Arrays.stream(new double[] {1, 2, 5, 10})
        .map(factor -> factor * power)
        .filter(step -> step >= least)
        .findFirst()
        .orElse(10 * power);
  }

  Figure.Axis axis() {
    return axis;
  }

  /** The bin of a value in internal units; −1 below the axis, −2 above it, −3 for no number. */
  int of(double value) {
    if (!Double.isFinite(value)) {
      return Side.NONE.code;
    }
    double place = (value / size - axis.low()) / (axis.high() - axis.low());
    if (axis.isPeriodic()) {
      return Math.min(axis.bins() - 1, (int) ((place - Math.floor(place)) * axis.bins()));
    }
    if (place < 0) {
      return Side.BELOW.code;
    }
    return place > 1 ? Side.ABOVE.code : Math.min(axis.bins() - 1, (int) (place * axis.bins()));
  }

  /** Where a value falls that is in no bin. */
  enum Side {
    BELOW(-1, "below the axis"),
    ABOVE(-2, "above the axis"),
    NONE(-3, "no number");

    private final int code;
    private final String words;

    Side(int code, String words) {
      this.code = code;
      this.words = words;
    }

    String words() {
      return words;
    }

    static Optional<Side> of(int bin) {
      return Arrays.stream(values()).filter(side -> side.code == bin).findFirst();
    }
  }
}
