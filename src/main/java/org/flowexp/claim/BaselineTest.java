package org.flowexp.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.claim.Baselines.Figures;
import org.flowexp.claim.Baselines.Found;
import org.flowexp.model.Band;
import org.flowexp.model.Canonical;
import org.flowexp.model.SweepModel;
import org.flowexp.statistics.Moments;
import org.flowexp.statistics.Spread;

/** Whether the mean over the seeds that were run is near the recorded mean (LANGUAGE §1.10). */
record BaselineTest(SweepModel sweep, Optional<Baselines> baselines, Band band) {
  private static final double ROUNDING = 1e-9;

  Verdict decide(String title, List<Question> questions) {
    List<String> held = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Question question : questions) {
      ArmRuns arm = question.judged();
      String metric = question.asked().uses().get(0).metric();
      Found found =
          baselines
              .map(all -> all.find(sweep.name(), arm.values(), hash(sweep, arm), metric, fewest()))
              .orElseGet(() -> new Found(List.of(), "no baseline is recorded"));
      if (found.figures().isEmpty()) {
        open.add(metric + arm.suffix() + ": " + found.reason());
        continue;
      }
      Figures figures = found.figures().get(0);
      double[] values = arm.metric(metric);
      (isWithin(values, figures) ? held : failed).add(text(metric, arm, values, figures));
    }
    if (!failed.isEmpty()) {
      return new Verdict(title, Outcome.FAILED, shown(failed));
    }
    if (!open.isEmpty()) {
      boolean same = open.stream().map(s -> s.replaceAll("^[^:]*: ", "")).distinct().count() == 1;
      String why = same ? open.get(0).replaceAll("^[^:]*: ", "") : shown(open);
      String measured = questions.get(0).measured();
      return new Verdict(title, Outcome.UNDECIDED, why + "; " + measured);
    }
    return new Verdict(title, Outcome.HELD, shown(held));
  }

  private static String shown(List<String> texts) {
    int most = Math.min(3, texts.size());
    String rest = texts.size() > most ? "; and " + (texts.size() - most) + " more" : "";
    return String.join("; ", texts.subList(0, most)) + rest;
  }

  private int fewest() {
    return band instanceof Band.Prediction ? Band.Prediction.FEWEST_SEEDS : Baselines.FEWEST_SEEDS;
  }

  private boolean isWithin(double[] values, Figures figures) {
    double distance = Math.abs(Moments.mean(values) - figures.mean());
    return distance <= allowed(values.length, figures) + ROUNDING * Math.abs(figures.mean());
  }

  private double allowed(int seeds, Figures figures) {
    return band instanceof Band.Prediction prediction
        ? figures.prediction().halfWidth(seeds, prediction.level())
        : ((Band.Deviations) band).count() * figures.sd();
  }

  private String text(String metric, ArmRuns arm, double[] values, Figures figures) {
    double mean = Moments.mean(values);
    return metric
        + arm.suffix()
        + " = "
        + Spread.figure(mean)
        + arm.overSeeds()
        + ", recorded "
        + new Spread(figures.mean(), figures.sd()).text()
        + " over "
        + figures.n()
        + away(mean, values.length, figures);
  }

  /** Nothing, if the seeds recorded do not differ. */
  private String away(double mean, int seeds, Figures figures) {
    double deviations = (mean - figures.mean()) / figures.sd();
    if (!Double.isFinite(deviations)) {
      return "";
    }
    return ": "
        + Spread.figure(deviations)
        + " sd away, allowed "
        + Spread.figure(allowed(seeds, figures) / figures.sd())
        + (band instanceof Band.Prediction prediction
            ? " (prediction interval of " + Spread.figure(100 * prediction.level()) + " %)"
            : "");
  }

  /** The hash of an arm without its seed; several, if the seed reaches more than the draws. */
  static String hash(SweepModel sweep, ArmRuns arm) {
    return sweep.arms().stream()
        .filter(run -> ArmRuns.values(sweep, run.values()).equals(arm.values()))
        .map(run -> Canonical.sha256(Canonical.withoutSeed(run.experiment())))
        .findFirst()
        .orElseThrow();
  }

  /** Recorded figures of the arms of a sweep whose runs all finished. */
  static Map<String, Figures> figures(ArmRuns arm, List<String> metrics) {
    Map<String, Figures> figures = new java.util.TreeMap<>();
    for (String metric : metrics) {
      if (arm.obstacle("", metric).isEmpty()) {
        double[] values = arm.metric(metric);
        Map<String, Double> seeds = new java.util.TreeMap<>();
        for (int i = 0; i < values.length; i++) {
          seeds.put(arm.seeds().get(i), values[i]);
        }
        Spread spread = Spread.of(values);
        figures.put(metric, new Figures(spread.mean(), spread.deviation(), values.length, seeds));
      }
    }
    return figures;
  }
}
