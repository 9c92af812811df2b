package org.flowexp.stage;

import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;

/** {@code u}, one a sample. */
final class Energies implements Stage.Form<double[]> {
  @Override
  public Archive write(double[] energies) {
    return new Archive.Builder().doubles("u", energies).build();
  }

  @Override
  public double[] read(Archive archive) throws Refusal {
    return archive.doubles("u");
  }

  @Override
  public boolean isKept(double[] energies) {
    return true;
  }
}
