package org.flowexp.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the experiment of a run was written, in full: checked again, it gives the same model.
 *
 * @param file as the user named it
 * @param folder where its imports and data are, absolute
 * @param text of the file
 * @param settings {@code name=value}, as given with {@code --set}
 */
public record RunSource(
    String file,
    String folder,
    String text,
    List<String> settings,
    Optional<String> profile,
    Optional<String> experiment) {
  private static final String SUFFIX = ".flowexp";

  /** Copies the settings. */
  public RunSource {
    settings = List.copyOf(settings);
  }

  /** {@code well} for {@code experiments/well.flowexp}. */
  public String stem() {
    String name = Path.of(file).getFileName().toString();
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }
}
