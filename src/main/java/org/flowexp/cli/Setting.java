package org.flowexp.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A setting of the tool; none of them belongs to an experiment. */
enum Setting {
  CACHE("cache", "FLOWEXP_CACHE", "a folder", ".*\\S.*"),
  TRACKING(
      "tracking",
      "MLFLOW_TRACKING_URI",
      "embedded, offline or an address",
      "embedded|offline|https?://[^\\s/].*"),
  DEVICE("device", "FLOWEXP_DEVICE", "cpu, gpu or gpu:1", "cpu|gpu(:\\d{1,3})?"),
  CHECKPOINT(
      "checkpoint",
      "FLOWEXP_CHECKPOINT",
      "seconds between the checkpoints of a training",
      "\\d{1,6}(\\.\\d{1,6})?"),
  XLA("xla", "FLOWEXP_XLA", "on or off", "on|off"),
  TF32("tf32", "FLOWEXP_TF32", "on or off", "on|off"),
  PRECISION("precision", "FLOWEXP_PRECISION", "float32 or float64", "float32|float64"),
  THREADS("threads", "FLOWEXP_THREADS", "a whole number; 0 for all cores", "\\d{1,4}"),
  MEMORY(
      "memory",
      "FLOWEXP_MEMORY",
      "auto, unchecked, or a size such as 16GB",
      "auto|unchecked|\\d{1,6}(kB|MB|GB)"),
  PYTHON("python", "FLOWEXP_PYTHON", "a Python 3.10 or newer", ".*\\S.*"),
  TOOLS(
      "tools",
      "FLOWEXP_TOOLS",
      "a folder for MLflow and the libraries of graphics cards",
      ".*\\S.*"),
  SLURM("slurm", "FLOWEXP_SLURM", "options for sbatch", "(--?[^\\s'\"]+(\\s+|$))*");

  private final String key;
  private final String variable;
  private final String expected;
  private final Pattern valid;

  Setting(String key, String variable, String expected, String valid) {
    this.key = key;
    this.variable = variable;
    this.expected = expected;
    this.valid = Pattern.compile(valid);
  }

  /** As files spell it. */
  String key() {
    return key;
  }

  /** Its environment variable. */
  String variable() {
    return variable;
  }

  String expected() {
    return expected;
  }

  boolean isValid(String text) {
    return valid.matcher(text).matches();
  }

  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }
}
