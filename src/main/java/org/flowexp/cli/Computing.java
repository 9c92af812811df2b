package org.flowexp.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.flowexp.execution.RunSettings;
import org.flowexp.stage.Arithmetic;
import org.flowexp.stage.FinishedRun;
import org.flowexp.tensor.Device;
import org.flowexp.tensor.Precision;

/** How the settings say to compute, and whether that can be done here. */
final class Computing {
  /** NVIDIA's libraries read it when they are loaded; 0 keeps them from TF32. */
  static final String TF32_OVERRIDE = "NVIDIA_TF32_OVERRIDE";

  private static final Path CARD = Path.of("/dev/nvidia0");

  private Computing() {}

  /**
   * In this process.
   *
   * @throws RunFailure if there is no such card, or it would compute in other numbers
   */
  static RunSettings here(Settings settings, Host host, boolean failFast) throws RunFailure {
    RunSettings how = elsewhere(settings, failFast);
    requireCard(how.device());
    if (how.device().isGpu()) {
      requireNumbers(settings.isOn(Setting.TF32), host);
    }
    return how;
  }

  /** In other processes, perhaps of other machines: whether they have it, they find. */
  static RunSettings elsewhere(Settings settings, boolean failFast) {
    int count = Integer.parseInt(settings.text(Setting.THREADS));
    int threads = count == 0 ? Runtime.getRuntime().availableProcessors() : count;
    Arithmetic arithmetic = settings.arithmetic();
    return new RunSettings(
        Precision.of(arithmetic.precision()), device(settings), threads, failFast, arithmetic);
  }

  /** For more of a finished run: on the device of the settings, with the stages of the run. */
  static RunSettings ofKept(FinishedRun run, Settings settings, Host host) throws RunFailure {
    RunSettings now = here(settings, host, false);
    return new RunSettings(
        Precision.of(run.precision()),
        now.device(),
        now.threads(),
        false,
        Arithmetic.of(run.arithmetic()));
  }

  /** For who has not said where to compute. */
  static Optional<String> note(Settings settings) {
    Settings.Value device = settings.value(Setting.DEVICE);
    if (!device.isDefault() || device(settings).isGpu()) {
      return Optional.empty();
    }
    return Optional.of(
        Files.exists(CARD)
            ? "computing on the CPU; there is a graphics card: `--device gpu`"
            : "computing on the CPU; `--device gpu` computes on a graphics card");
  }

  private static Device device(Settings settings) {
    return Device.parse(settings.text(Setting.DEVICE)).orElseThrow();
  }

  private static void requireCard(Device device) throws RunFailure {
    if (!device.isPresent()) {
      throw new RunFailure(
          "TensorFlow finds no graphics card for `--device "
              + device.word()
              + "`; `./run-experiment doctor` shows what is missing, `doctor --install-gpu`"
              + " fetches it, `--device cpu` does without");
    }
  }

  /** Only the environment that the process began with counts, and the launcher makes it. */
  static void requireNumbers(boolean tf32, Host host) throws RunFailure {
    boolean off = host.environment().getOrDefault(TF32_OVERRIDE, "").equals("0");
    if (off == tf32) {
      throw new RunFailure(
          tf32
              ? "`--tf32`, but the environment forbids it: " + TF32_OVERRIDE + "=0"
              : "the card would compute in TF32: start with `run-experiment`, which sets "
                  + TF32_OVERRIDE
                  + "=0, or ask for it with `--tf32`");
    }
  }
}
