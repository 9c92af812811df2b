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
import org.flowexp.model.MetricModel;
import org.tensorflow.Session;

/** The metrics of one program, on samples of the flow and on data. */
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

  /**
   * Prepares the metrics of the program's experiment.
   *
   * @param data what the metrics look at, by key
   * @param energies u of the data that {@link #energiesOf} names, by key
   */
  public Evaluation(Program program, Map<String, Samples> data, Map<String, double[]> energies) {
    this.program = program;
    this.metrics = program.experiment().metrics();
    this.samples = Math.toIntExact(program.experiment().evaluateOn());
    this.readings = readings(metrics);
    this.data = Map.copyOf(data);
    this.energies = Map.copyOf(energies);
  }

  /**
   * The metrics of the flow whose parameters the session holds.
   *
   * @param step of the run, which the samples depend on
   */
  public Map<String, Double> at(Session session, long seed, long step) {
    Interpreter interpreter = new Interpreter(drawn(session, seed, step));
    Map<String, Double> values = new LinkedHashMap<>();
    for (MetricModel metric : metrics) {
      values.put(metric.name(), interpreter.value(metric.formula()));
    }
    return values;
  }

  /** Evaluations of u each time. */
  public long energyEvaluations() {
    long onData =
        isCompleted()
            ? energiesOf(metrics).stream().mapToLong(key -> data.get(key).count()).sum()
            : 0;
    return onData + (readings.here().contains(ENERGY) ? samples : 0);
  }

  private boolean isCompleted() {
    return program.experiment().system().isCompleted();
  }

  private List<String> ofTheFlow() {
    return isCompleted() ? List.of("z", "log_q", "inversion_error", ENERGY) : OF_THE_FLOW;
  }

  /** The keys of the data whose energy these metrics read; a flow that places atoms changes it. */
  public static Set<String> energiesOf(List<MetricModel> metrics) {
    Set<String> keys = new TreeSet<>();
    readings(metrics)
        .on()
        .forEach(
            (key, reads) -> {
              if (reads.contains(ENERGY)) {
                keys.add(key);
              }
            });
    return keys;
  }

  private static Readings readings(List<MetricModel> metrics) {
    return Readings.of(metrics.stream().map(MetricModel::formula).toList());
  }

  private ArraySamples drawn(Session session, long seed, long step) {
    List<String> wanted = wanted(readings.here(), DRAWN);
    Map<String, double[]> values =
        program.samples().draw(session, seed, "evaluate/" + step, samples, wanted);
    Map<String, ArraySamples> beside = new TreeMap<>();
    for (var entry : readings.on().entrySet()) {
      beside.put(entry.getKey(), on(session, entry.getKey(), entry.getValue()));
    }
    int dim = program.experiment().system().width();
    return ArraySamples.of(samples, dim, values).beside(beside);
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
