package org.flowexp.lower;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowexp.expression.Readings;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.LossModel;
import org.flowexp.model.MetricModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.tensor.Slice;

/**
 * The memory that one run takes at most, known before it runs, for an analytic system on a
 * processor.
 *
 * <p>A training step holds, for each row of each batch, the numbers that the gradient needs again:
 * 2.2 for each unit of a hidden layer (its activation and the derivative of that, what comes back),
 * 3.2 for each output of a conditioner and 1.5 for each coordinate in each layer. With h hidden
 * units, p outputs, L layers of d coordinates, w bytes a number, P parameters, S sources of the
 * loss and B rows in a batch:
 *
 * <pre>  bytes = S B w (2.2 h + 3.2 p + 1.5 L d) + 6 w P + 16 MB</pre>
 *
 * <p>The constants are of TensorFlow 2.18 on Linux, from the peaks of trainings of couplings
 * (RealNVP and splines of 8 bins, 12 and 24 coordinates, widths 32 to 128); between 0.95 and 1.2 of
 * what was measured. An evaluation frees what it has used, and takes as much for 10,000 rows of its
 * widest layer. The Java heap holds samples as 64-bit numbers.
 *
 * @param phase the one that takes most
 * @param batch its rows, of all sources
 * @param bytesPerRow of a batch
 * @param fixed bytes, whatever the batch
 * @param samples bytes of an evaluation's samples, on the Java heap
 * @param data bytes of what samplers draw, on the Java heap; runs share it
 */
public record MemoryEstimate(
    String phase, long batch, double bytesPerRow, long fixed, long samples, long data) {
  private static final double OF_HIDDEN = 2.2;
  private static final double OF_OUTPUT = 3.2;
  private static final double OF_COORDINATE = 1.5;
  private static final double OF_EVALUATION = 4;
  private static final int COPIES_OF_PARAMETERS = 6;
  private static final long OF_SESSION = 16L << 20;

  /** Of a layer of a conditioner; its length is that of what the layer gives. */
  private static final String BIAS = "/bias";

  private static final Set<String> VECTORS = Set.of("x", "z");

  /**
   * Of a run.
   *
   * @param width bytes of a number: 4 or 8
   */
  public static MemoryEstimate of(ExperimentModel experiment, int width) {
    List<Slice> slices = FlowLayout.of(experiment.architecture()).slices();
    Map<String, Long> outputs = new LinkedHashMap<>();
    long units = 0;
    long parameters = 0;
    for (Slice slice : slices) {
      parameters += slice.size();
      int bias = slice.name().lastIndexOf(BIAS);
      if (bias >= 0) {
        units += slice.size();
        outputs.put(slice.name().substring(0, bias), (long) slice.size());
      }
    }
    long given = outputs.values().stream().mapToLong(Long::longValue).sum();
    long coordinates =
        (long) experiment.architecture().dim() * experiment.architecture().layers().size();
    double numbers = OF_HIDDEN * (units - given) + OF_OUTPUT * given + OF_COORDINATE * coordinates;
    double perRow = width * Math.max(numbers, OF_EVALUATION * experiment.architecture().dim());
    long widest =
        slices.stream().flatMap(s -> s.lengths().stream()).mapToLong(n -> n).max().orElse(1);
    long evaluation = (long) (OF_EVALUATION * width * widest * Rows.CHUNK);
    PhaseModel largest =
        experiment.phases().stream().max(Comparator.comparingLong(MemoryEstimate::rows)).get();
    return new MemoryEstimate(
        largest.name(),
        rows(largest),
        perRow,
        (long) COPIES_OF_PARAMETERS * width * parameters + OF_SESSION + evaluation,
        samples(experiment),
        data(experiment));
  }

  private static long rows(PhaseModel phase) {
    long sources = phase.loss().terms().stream().map(LossModel.Term::source).distinct().count();
    return Math.multiplyExact(sources, phase.batch());
  }

  /** The values that the metrics read, and as many again as they compute with. */
  private static long samples(ExperimentModel experiment) {
    Readings readings =
        Readings.of(experiment.metrics().stream().map(MetricModel::formula).toList());
    long vectors = readings.here().stream().filter(VECTORS::contains).count();
    long columns = vectors * experiment.system().dim() + 2L * readings.here().size();
    return Math.multiplyExact(experiment.evaluateOn(), columns * Double.BYTES);
  }

  /** Positions, as they are drawn and as they are kept. */
  private static long data(ExperimentModel experiment) {
    long numbers = 0;
    for (var drawn : EnergyBudget.draws(experiment).values()) {
      numbers += Math.multiplyExact(drawn.count(), 2L * experiment.system().dim());
    }
    return numbers * Double.BYTES;
  }

  /** Bytes beside the Java heap. */
  public long bytes() {
    return fixed + Math.round(batch * bytesPerRow);
  }

  /** The most rows in a batch that so many bytes have room for; 0 if not even one. */
  public long fitting(long bytes) {
    return Math.max(0, (long) ((bytes - fixed) / bytesPerRow));
  }
}
