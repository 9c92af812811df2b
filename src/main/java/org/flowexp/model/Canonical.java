package org.flowexp.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.Pace;
import org.flowexp.catalog.Part;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaText;
import org.flowexp.molecule.Atom;
import org.flowexp.molecule.AtomSet;
import org.flowexp.molecule.Compound;

/**
 * The same text for what gives the same results: values in full, defaults included, without the
 * names of declarations and without tracking. The SHA-256 of it identifies an experiment or a
 * stage.
 */
public final class Canonical {
  private Canonical() {}

  /** A whole run: everything that its results depend on but the precision. */
  public static String of(ExperimentModel experiment) {
    return throughPhase(experiment, experiment.phases().size() - 1) + measured(experiment);
  }

  /** A whole run but for its seed: the same for all runs of an arm. */
  public static String withoutSeed(ExperimentModel experiment) {
    String seed = "\nseed " + experiment.seed() + "\n";
    String all = of(experiment);
    int at = all.indexOf(seed);
    return all.substring(0, at) + all.substring(at + seed.length() - 1);
  }

  /** The run up to the end of a phase, from 0, without what is measured on the way. */
  public static String throughPhase(ExperimentModel experiment, int last) {
    return "system "
        + of(experiment.system())
        + "\narchitecture "
        + of(experiment.architecture())
        + "\nseed "
        + experiment.seed()
        + experiment.initial().map(initial -> "\ninitial " + initial.parameters()).orElse("")
        + "\n"
        + experiment.phases().subList(0, last + 1).stream()
            .map(phase -> "phase " + of(phase) + "\n")
            .collect(Collectors.joining());
  }

  /** What is measured, how often, and on how many samples; without the names of the metrics. */
  public static String measured(ExperimentModel experiment) {
    return experiment.metrics().stream()
            .map(metric -> "metric " + of(metric) + "\n")
            .sorted()
            .collect(Collectors.joining())
        + "evaluate every "
        + experiment.evaluateEvery()
        + " on "
        + experiment.evaluateOn()
        + "\n";
  }

  /** A target. */
  public static String of(SystemModel system) {
    if (system instanceof SystemModel.Molecular molecule) {
      return word(
          molecule.isCompleted() ? "molecule with placed hydrogens" : "molecule",
          Map.of(
              "compound", of(molecule.compound()),
              "temperature", number(molecule.temperature()),
              "clamp", optional(molecule.clamp().map(Canonical::of)),
              "pose", optional(molecule.pose().map(Canonical::of))));
    }
    SystemModel.Analytic analytic = (SystemModel.Analytic) system;
    return word(
        "analytic",
        Map.of(
            "dim", Integer.toString(analytic.dim()),
            "energy", FormulaText.of(analytic.energy()),
            "log_z", optional(analytic.logZ().map(z -> number(z))),
            "rotation", optional(analytic.rotation().map(matrix -> matrix.canonical()))));
  }

  /** What results depend on of a molecule, whatever its atoms and files are called. */
  public static String of(Compound compound) {
    List<Double> masses = compound.topology().atoms().stream().map(Atom::mass).toList();
    return sha256(
        List.of(
                masses,
                compound.topology().bonds(),
                compound.forceField(),
                compound.tree(),
                compound.reference())
            .toString());
  }

  /** A flow. */
  public static String of(ArchitectureModel architecture) {
    return of(architecture.base())
        + architecture.layers().stream()
            .map(layer -> " >> " + of(layer))
            .collect(Collectors.joining());
  }

  /** A phase. */
  public static String of(PhaseModel phase) {
    return word(
        "phase",
        Map.of(
            "batch", Long.toString(phase.batch()),
            "beta", of(phase.beta()),
            "data", optional(phase.data().map(Canonical::of)),
            "minimize", of(phase.loss()),
            "optimizer", of(phase.optimizer()),
            "steps", Long.toString(phase.steps())));
  }

  /** A loss, its terms in order. */
  public static String of(LossModel loss) {
    return loss.terms().stream()
        .map(
            term ->
                of(term.weight())
                    + " * "
                    + term.source().word()
                    + " "
                    + FormulaText.of(term.formula()))
        .collect(Collectors.joining(" + "));
  }

  /** A metric and the data it reads. */
  public static String of(MetricModel metric) {
    return FormulaText.of(metric.formula()) + " with " + record(metric.data());
  }

  /**
   * What is counted for the figures, in order: part of the key of their stage, and of no run's
   * hash.
   */
  public static String of(FiguresModel figures) {
    return figures.figures().stream().map(Canonical::of).collect(Collectors.joining("\n"))
        + "\nreference "
        + optional(figures.reference().map(Canonical::of))
        + "\nkT "
        + number(figures.thermalEnergy());
  }

  private static String of(FigureModel figure) {
    if (figure instanceof FigureModel.Estimates table) {
      return table.rows().stream()
          .map(row -> row.metric().name() + " = " + of(row.metric()))
          .collect(Collectors.joining(", ", "estimates{", "}"));
    }
    FigureModel.Distribution distribution = (FigureModel.Distribution) figure;
    return word(
        distribution.isFreeEnergy() ? "free_energy" : "density",
        Map.of(
            "title", distribution.title(),
            "axes", distribution.axes().toString(),
            "mark", optional(distribution.mark().map(mark -> number(mark))),
            "points",
                distribution.points().stream()
                    .map(point -> point.stream().map(FormulaText::of).toList().toString())
                    .toList()
                    .toString()));
  }

  private static String record(Map<String, DataSource> data) {
    return data.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + " = " + of(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** A data set. */
  public static String of(DataSource source) {
    if (source instanceof DataSource.Drawn drawn) {
      return of(drawn.sampler()) + " on " + of(drawn.system()) + " draw " + drawn.count();
    }
    if (source instanceof DataSource.Taken taken) {
      return of(taken.from()) + " take " + taken.count();
    }
    if (source instanceof DataSource.Dropped dropped) {
      return of(dropped.from()) + " drop " + dropped.count();
    }
    if (source instanceof DataSource.Split split) {
      return of(split.from())
          + " split "
          + number(split.share())
          + (split.first() ? " first" : " rest");
    }
    if (source instanceof DataSource.Filtered filtered) {
      return of(filtered.from()) + " where " + FormulaText.of(filtered.condition());
    }
    if (source instanceof DataSource.Resampled resampled) {
      return of(resampled.from())
          + " resample "
          + FormulaText.of(resampled.condition())
          + " to "
          + number(resampled.share())
          + " seed "
          + resampled.seed();
    }
    if (source instanceof DataSource.Posed posed) {
      return of(posed.from())
          + " posed "
          + optional(posed.system().pose().map(Canonical::of))
          + " at "
          + number(posed.system().temperature())
          + " seed "
          + posed.seed();
    }
    DataSource.Loaded loaded = (DataSource.Loaded) source;
    return "load " + loaded.sha256();
  }

  /** A word with its arguments, defaults included. */
  public static String of(Part part) {
    return word(
        part.name(),
        part.arguments().values().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> value(entry.getValue()))));
  }

  /** SHA-256 of a text in UTF-8, 64 hexadecimal digits. */
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** SHA-256 of bytes, for example of a file, 64 hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String value(Object value) {
    if (value instanceof Part part) {
      return of(part);
    }
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof CoordinateMask mask) {
      return mask.canonical();
    }
    if (value instanceof Interval interval) {
      return number(interval.from()) + ".." + number(interval.to());
    }
    if (value instanceof Pace pace) {
      return number(pace.value()) + (pace.isTime() ? " ps" : "");
    }
    if (value instanceof Formula formula) {
      return FormulaText.of(formula);
    }
    if (value instanceof SystemModel system) {
      return of(system);
    }
    if (value instanceof DataSource source) {
      return of(source);
    }
    if (value instanceof Compound compound) {
      return of(compound);
    }
    if (value instanceof AtomSet atoms) {
      return atoms.places().toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Canonical::value).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
      return value.toString();
    }
    throw new IllegalArgumentException("no canonical form of a " + value.getClass());
  }

  private static String word(String name, Map<String, String> arguments) {
    return arguments.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getKey))
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", ", name + "{", "}"));
  }

  private static String number(double value) {
    return Double.toString(value);
  }

  private static String optional(Optional<String> text) {
    return text.orElse("none");
  }
}
