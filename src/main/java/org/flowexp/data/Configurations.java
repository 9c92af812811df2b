package org.flowexp.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Configurations from a file of one's own, of the kind that its ending says. */
public final class Configurations {
  /** Of NumPy's files: the array of configurations. */
  public static final String ARRAY = "x";

  private Configurations() {}

  /** Whether the file is a trajectory of atoms, not arrays of numbers. */
  public static boolean isTrajectory(Path file) {
    return is(file, ".dcd") || is(file, ".xtc");
  }

  private static boolean is(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /**
   * All configurations of a file: a DCD, an XTC, or the array {@code x} of an .npz; nm.
   *
   * @throws UnreadableTrajectory if a DCD or XTC is damaged, or of a kind that is not read
   * @throws IOException if there is no such array, or it is not of that form
   */
  public static Samples read(Path file) throws IOException {
    if (is(file, ".dcd")) {
      return DcdReader.read(file);
    }
    return is(file, ".xtc") ? XtcReader.read(file) : NpzReader.read(file, ARRAY);
  }
}
