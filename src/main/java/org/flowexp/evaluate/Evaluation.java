package org.flowexp.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.flowexp.data.Samples;
import org.flowexp.expression.Interpreter;
import org.flowexp.expression.Readings;
import org.flowexp.lower.Program;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.FiguresModel;
import org.flowexp.model.MetricModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.run.Figure;
import org.tensorflow.Session;

/**
 * The metrics and the figures of one program, on samples of the flow and on data. Both see the same
 * samples of a step: what was drawn for the one is not drawn for the other.
 */
public final class Evaluation {
  private static final List<String> DRAWN = List.of("x", "z", "log_q", "u", "inversion_error");
  private static final List<String> OF_THE_FLOW = List.of("z", "log_q", "inversion_error");
  private static final String ENERGY = "u";

  private final Program program;
  private final List<MetricModel> metrics;
  private final int samples;
  private final Readings readings;
  private final Map<String, Samples> data;
  private final Map<String, double[]> energies;
  private Map<String, double[]> drawn = Map.of();
  private final long lastStep;
  private long drawnAt = -1;

  /**
   * Prepares the metrics of the program's experiment.
   *
   * @param data what the metrics look at, by key
   * @param energies u of the data of which it is read, by key
   */
  public Evaluation(Program program, Map<String, Samples> data, Map<String, double[]> energies) {
    this.program = program;
    this.metrics = program.experiment().metrics();
    this.samples = Math.toIntExact(program.experiment().evaluateOn());
    this.readings = readings(metrics);
    this.lastStep = program.experiment().phases().stream().mapToLong(PhaseModel::steps).sum();
    this.data = Map.copyOf(data);
    this.energies = Map.copyOf(energies);
  }

  /**
   * The metrics of the flow whose parameters the session holds.
   *
   * @param step of the run, which the samples depend on
   */
  public Map<String, Double> at(Session session, long seed, long step) {
    Interpreter interpreter = new Interpreter(samples(session, seed, step, readings));
    Map<String, Double> values = new LinkedHashMap<>();
    for (MetricModel metric : metrics) {
      values.put(metric.name(), interpreter.value(metric.formula()));
    }
    return values;
  }

  /** The figures of the flow whose parameters the session holds, on the samples of the metrics. */
  public List<Figure> figures(Session session, long seed, long step) {
    FiguresModel figures = program.experiment().figures();
    ArraySamples flow = samples(session, seed, step, figures.readings());
    drawn = Map.of();
    drawnAt = -1;
    return new Marginals(figures, flow, figures.referenceKey().map(flow::on)).all();
  }

  /** Evaluations of u for the figures that the metrics have not made already. */
  public static long energyEvaluationsOfFigures(ExperimentModel experiment) {
    boolean more =
        experiment.figures().readings().here().contains(ENERGY)
            && !readings(experiment.metrics()).here().contains(ENERGY);
    return more ? experiment.evaluateOn() : 0;
  }

  /** Evaluations of u each time. */
  public long energyEvaluations() {
    return (isCompleted() ? energiesOnData() : 0)
        + (readings.here().contains(ENERGY) ? samples : 0);
  }

  private boolean isCompleted() {
    return program.experiment().system().isCompleted();
  }

  private List<String> ofTheFlow() {
    return isCompleted() ? List.of("z", "log_q", "inversion_error", ENERGY) : OF_THE_FLOW;
  }

  /** Of the data whose energy the metrics read; a flow that places atoms changes it. */
  private long energiesOnData() {
    return readings.on().entrySet().stream()
        .filter(on -> on.getValue().contains(ENERGY))
        .mapToLong(on -> data.get(on.getKey()).count())
        .sum();
  }

  private static Readings readings(List<MetricModel> metrics) {
    return Readings.of(metrics.stream().map(MetricModel::formula).toList());
  }

  private ArraySamples samples(Session session, long seed, long step, Readings reads) {
    Map<String, double[]> values = drawn(session, seed, step, wanted(reads.here(), DRAWN));
    Map<String, ArraySamples> beside = new TreeMap<>();
    for (var entry : reads.on().entrySet()) {
      beside.put(entry.getKey(), on(session, entry.getKey(), entry.getValue()));
    }
    int dim = program.experiment().system().width();
    return ArraySamples.of(samples, dim, values).beside(beside);
  }

  /** Keeps what is drawn at the end, for the figures. */
  private Map<String, double[]> drawn(Session session, long seed, long step, List<String> wanted) {
    Map<String, double[]> known = step == drawnAt ? drawn : Map.of();
    List<String> missing = wanted.stream().filter(name -> !known.containsKey(name)).toList();
    Map<String, double[]> values = new LinkedHashMap<>(known);
    values.putAll(program.samples().draw(session, seed, "evaluate/" + step, samples, missing));
    if (!program.experiment().figures().isEmpty() && step == lastStep) {
      drawn = Map.copyOf(values);
      drawnAt = step;
    }
    return values;
  }

  private ArraySamples on(Session session, String key, Set<String> reads) {
    Samples rows = data.get(key);
    double[] x = rows.values();
    Map<String, double[]> values = program.density().at(session, x, wanted(reads, ofTheFlow()));
    values.put("x", x);
    if (reads.contains(ENERGY) && !isCompleted()) {
      values.put(ENERGY, energies.get(key));
    }
    return ArraySamples.of(rows.count(), rows.dim(), values);
  }

  private static List<String> wanted(Set<String> reads, List<String> available) {
    Set<String> wanted = new TreeSet<>(reads);
    wanted.retainAll(available);
    return List.copyOf(wanted);
  }
}
