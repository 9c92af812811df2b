package org.flowexp.claim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.flowexp.model.Band;
import org.flowexp.statistics.PredictionInterval;

/**
 * Recorded results, and the conditions under which new ones are compared with them.
 *
 * @param entries of one experiment file
 * @param precision of the new runs
 * @param device of the new runs, {@code cpu} or {@code gpu}
 */
public record Baselines(List<Entry> entries, String precision, String device) {
  /** From so many seeds on, a baseline is one. */
  public static final int FEWEST_SEEDS = 3;

  /** From so many on, its spread is known well enough for a prediction interval. */
  public static final int RECOMMENDED_SEEDS = Band.Prediction.FEWEST_SEEDS;

  public Baselines {
    entries = List.copyOf(entries);
  }

  /**
   * What was measured of one arm.
   *
   * @param arm the value on each axis but the seeds
   * @param profile empty for none
   * @param hash of the arm without its seed
   * @param date in UTC, ISO 8601
   */
  public record Entry(
      String sweep,
      List<String> arm,
      String profile,
      String precision,
      String device,
      String hash,
      String date,
      Map<String, Figures> metrics) {
    public Entry {
      arm = List.copyOf(arm);
      metrics = Map.copyOf(metrics);
    }

    /**
     * Whether {@code other} is a new record of the same: of the same profile, or of the same
     * experiment with as many seeds under another one.
     */
    public boolean isReplacedBy(Entry other) {
      return sweep.equals(other.sweep)
          && arm.equals(other.arm)
          && precision.equals(other.precision)
          && device.equals(other.device)
          && (profile.equals(other.profile)
              || (hash.equals(other.hash) && seeds() <= other.seeds()));
    }

    private int seeds() {
      return metrics.values().stream().mapToInt(Figures::n).max().orElse(0);
    }
  }

  /**
   * A metric over seeds.
   *
   * @param sd over n − 1
   * @param seeds the value of each seed
   */
  public record Figures(double mean, double sd, int n, Map<String, Double> seeds) {
    public Figures {
      seeds = Map.copyOf(seeds);
    }

    /** For the mean over further seeds. */
    public PredictionInterval prediction() {
      return new PredictionInterval(mean, sd, n);
    }
  }

  /** Either figures, or why there are none. */
  record Found(List<Figures> figures, String reason) {}

  /**
   * @param fewest seeds that must be recorded
   */
  Found find(String sweep, List<String> arm, String hash, String metric, int fewest) {
    List<Entry> ofArm = new ArrayList<>(entries);
    ofArm.removeIf(e -> !e.sweep().equals(sweep) || !e.arm().equals(arm));
    if (ofArm.isEmpty()) {
      return missing("no baseline is recorded; `baseline FILE` records one");
    }
    List<Entry> here =
        ofArm.stream()
            .filter(e -> e.precision().equals(precision) && e.device().equals(device))
            .toList();
    if (here.isEmpty()) {
      TreeSet<String> others = new TreeSet<>();
      ofArm.forEach(e -> others.add(e.precision() + " on " + e.device()));
      return missing(
          "the baseline is of "
              + String.join(", ", others)
              + ", the runs are of "
              + precision
              + " on "
              + device);
    }
    List<Entry> same =
        here.stream()
            .filter(e -> e.hash().equals(hash))
            .sorted(Comparator.comparingInt(Entry::seeds).reversed())
            .toList();
    if (same.isEmpty()) {
      return missing(
          "the baseline is of another experiment (hash "
              + here.get(0).hash().substring(0, 12)
              + ", the runs have "
              + hash.substring(0, 12)
              + "): what it states has changed since");
    }
    Figures figures = same.get(0).metrics().get(metric);
    if (figures == null) {
      return missing("the baseline has no " + metric);
    }
    if (figures.n() < fewest) {
      return missing("the baseline has " + figures.n() + " seeds, it needs " + fewest);
    }
    return new Found(List.of(figures), "");
  }

  private static Found missing(String reason) {
    return new Found(List.of(), reason);
  }
}
