package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.flowexp.data.DcdWriter;
import org.flowexp.data.NpzWriter;
import org.flowexp.data.NpzWriter.Width;
import org.flowexp.data.PdbWriter;
import org.flowexp.execution.TrainedFlow;
import org.flowexp.model.SystemModel;
import org.flowexp.molecule.Topology;

/** How draws are written, by the ending of the file. */
enum SampleFormat {
  /** NumPy's arrays. */
  NPZ(Long.MAX_VALUE),
  /** The Protein Data Bank's format. */
  PDB(Long.MAX_VALUE),
  /** CHARMM's trajectories. */
  DCD(Integer.MAX_VALUE);

  private final long most;

  SampleFormat(long most) {
    this.most = most;
  }

  static Optional<SampleFormat> of(String file) {
    return Arrays.stream(values())
        .filter(format -> file.endsWith("." + format.name().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** Whether a configuration is that of a molecule. */
  boolean isOfAtoms() {
    return this != NPZ;
  }

  /** The most configurations of a file. */
  long most() {
    return most;
  }

  /**
   * Creates the file.
   *
   * @param flow of a molecule, where {@link #isOfAtoms}
   * @param count configurations that will be written
   */
  SampleOutput open(Path file, TrainedFlow flow, Width width, long count) throws IOException {
    return switch (this) {
      case NPZ -> {
        NpzWriter npz = NpzWriter.to(file);
        npz.begin("x", width, flow.shape(count));
        yield new SampleOutput.Arrays(npz);
      }
      case PDB -> new SampleOutput.Positions(PdbWriter.to(file, topology(flow)));
      case DCD -> new SampleOutput.Positions(DcdWriter.to(file, topology(flow).size(), count));
    };
  }

  private static Topology topology(TrainedFlow flow) {
    return ((SystemModel.Molecular) flow.system()).compound().topology();
  }
}
