package org.flowexp.stage;

import java.util.Optional;
import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;
import org.flowexp.model.Canonical;
import org.flowexp.run.Divergence;

/** What a phase gave: its parameters, those on the way, and what it logged. */
public final class PhaseRecord {
  static final Stage.Form<PhaseRecord> FORM = new Form();

  private final double[] parameters;
  private final Snapshots snapshots;
  private final Series series;
  private final long step;
  private final long energyEvaluations;
  private final Optional<Divergence> divergence;

  /** Takes all of it; the snapshots and the series are not changed any more. */
  public PhaseRecord(
      double[] parameters,
      Snapshots snapshots,
      Series series,
      long step,
      long energyEvaluations,
      Optional<Divergence> divergence) {
    this.parameters = parameters.clone();
    this.snapshots = snapshots;
    this.series = series;
    this.step = step;
    this.energyEvaluations = energyEvaluations;
    this.divergence = divergence;
  }

  /** The last good ones. A copy. */
  public double[] parameters() {
    return parameters.clone();
  }

  /** Parameters on the way. */
  public Snapshots snapshots() {
    return snapshots;
  }

  /** What each step logged. */
  public Series series() {
    return series;
  }

  /** Where the axis of steps stands. */
  public long step() {
    return step;
  }

  /** Evaluations of u by the steps of this phase. */
  public long energyEvaluations() {
    return energyEvaluations;
  }

  /** There if the phase stopped before its end. */
  public Optional<Divergence> divergence() {
    return divergence;
  }

  /** SHA-256 of the parameters, as big-endian 64-bit numbers. */
  public String checksum() {
    return checksum(parameters);
  }

  /** SHA-256 of parameters, as big-endian 64-bit numbers. */
  public static String checksum(double[] parameters) {
    var bytes = java.nio.ByteBuffer.allocate(Math.multiplyExact(parameters.length, Double.BYTES));
    bytes.asDoubleBuffer().put(parameters);
    return Canonical.sha256(bytes.array());
  }

  private static final class Form implements Stage.Form<PhaseRecord> {
    @Override
    public Archive write(PhaseRecord phase) {
      return new Archive.Builder()
          .doubles("parameters", phase.parameters)
          .all("snapshots/", phase.snapshots.archive())
          .all("series/", phase.series.archive())
          .longs("step", phase.step)
          .longs("energy_evaluations", phase.energyEvaluations)
          .build();
    }

    @Override
    public PhaseRecord read(Archive archive) throws Refusal {
      double[] parameters = archive.doubles("parameters");
      return new PhaseRecord(
          parameters,
          Snapshots.of(archive.part("snapshots/"), parameters.length),
          Series.of(archive.part("series/")),
          archive.number("step"),
          archive.number("energy_evaluations"),
          Optional.empty());
    }

    /** One that diverged is not finished: run again, it goes on from its last checkpoint. */
    @Override
    public boolean isKept(PhaseRecord phase) {
      return phase.divergence.isEmpty();
    }
  }
}
