package org.flowexp.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flowexp.lower.FlowExport;
import org.flowexp.lower.Lowering;
import org.flowexp.lower.Program;
import org.flowexp.lower.SampleEndpoint;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.SystemModel;
import org.flowexp.run.StopRequest;
import org.flowexp.stage.StageStore;

/** A flow with the parameters of a finished run, to draw from. */
public final class TrainedFlow implements AutoCloseable {
  /** The most rows of one chunk. */
  public static final int CHUNK = SampleEndpoint.CHUNK;

  private static final String PURPOSE = "sample";

  private final Opened opened;

  private TrainedFlow(Opened opened) {
    this.opened = opened;
  }

  /**
   * Opens a graph and a session; the caller closes both.
   *
   * @param store where the data are that layers learn from; they are made again if they are gone
   * @throws IllegalArgumentException if the parameters are not as many as the architecture has
   */
  public static TrainedFlow open(
      ExperimentModel experiment, double[] parameters, RunSettings settings, StageStore store) {
    DataStages data = new DataStages(store, settings, new StopRequest());
    Program program =
        Lowering.lower(
            experiment, settings.precision(), source -> data.of(source).value().samples());
    if (program.layout().size() != parameters.length) {
      program.close();
      throw new IllegalArgumentException(
          parameters.length + " parameters, not " + program.layout().size());
    }
    Opened opened =
        new Opened(program, settings.session(settings.threads()).open(program.builder().graph()));
    program.parameters().assign(opened.session(), parameters);
    return new TrainedFlow(opened);
  }

  /**
   * Writes a flow and its target as a SavedModel.
   *
   * @throws IllegalArgumentException if the parameters are not as many as the architecture has
   */
  public static void export(
      Path folder,
      ExperimentModel experiment,
      double[] parameters,
      RunSettings settings,
      StageStore store)
      throws IOException {
    DataStages data = new DataStages(store, settings, new StopRequest());
    FlowExport.write(
        folder,
        experiment,
        settings.precision(),
        source -> data.of(source).value().samples(),
        parameters);
  }

  /** Numbers of a configuration. */
  public int dim() {
    return system().width();
  }

  /** The shape of n configurations: [n, dim], or of a molecule [n, atoms, 3]. */
  public long[] shape(long n) {
    return isMolecule() ? new long[] {n, dim() / 3L, 3} : new long[] {n, dim()};
  }

  /** What the flow is trained for. */
  public SystemModel system() {
    return opened.program().experiment().system();
  }

  /** Whether {@code energy} is another than u. */
  public boolean isMolecule() {
    return system() instanceof SystemModel.Molecular;
  }

  /**
   * A chunk of draws, a pure function of the parameters, the seed, its number and its rows.
   *
   * @param rows at most {@link #CHUNK}
   * @param wanted some of {@code x} (rows of dim numbers), {@code log_q}, {@code u} in kT, of a
   *     molecule {@code energy} in kJ/mol
   */
  public Map<String, double[]> chunk(long seed, long number, int rows, List<String> wanted) {
    return opened.program().samples().chunk(opened.session(), seed, PURPOSE, number, rows, wanted);
  }

  @Override
  public void close() {
    opened.close();
  }
}
