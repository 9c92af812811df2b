package org.flowexp.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowexp.catalog.ParameterType;
import org.flowexp.data.Configurations;
import org.flowexp.data.NpzReader;
import org.flowexp.data.Samples;
import org.flowexp.data.UnreadableTrajectory;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.model.Canonical;
import org.flowexp.model.DataSource;
import org.flowexp.model.SystemModel;
import org.flowexp.source.Span;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.Expression;

/**
 * {@code load("x.npz", system = …)}, and of {@code .dcd} and {@code .xtc}: the file is read and
 * judged while the experiment is checked; its hash takes its place in keys.
 */
final class LoadCalls {
  private final Elaboration elaboration;
  private final Scope scope;

  LoadCalls(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
  }

  Value call(Expression.Call node) {
    Optional<Argument> path = Optional.empty();
    Optional<Argument> system = Optional.empty();
    for (Argument argument : node.arguments()) {
      if (argument.name().isEmpty() && path.isEmpty()) {
        path = Optional.of(argument);
      } else if (argument.name().isPresent()
          && argument.name().get().text().equals("system")
          && system.isEmpty()) {
        system = Optional.of(argument);
      } else if (argument.name().isPresent()) {
        return elaboration.wrong(
            TypeErrors.unknownArgument(
                "load",
                argument.name().get().text(),
                argument.name().get().span(),
                Set.of("system")));
      } else {
        return elaboration.wrong(TypeErrors.argumentCount("load", "one path", 2, argument.span()));
      }
    }
    if (path.isEmpty()) {
      return elaboration.wrong(TypeErrors.argumentCount("load", "one path", 0, node.span()));
    }
    Span span = path.get().value().span();
    Optional<String> text =
        coerced(path.get(), new ParameterType.Text(), "the path").map(String.class::cast);
    if (system.isEmpty()) {
      return text.map(t -> load(t, Optional.empty(), span)).orElse(Value.Poison.POISON);
    }
    Optional<SystemModel> target =
        coerced(system.get(), ParameterType.Declared.SYSTEM, "system").map(SystemModel.class::cast);
    return text.isPresent() && target.isPresent()
        ? load(text.get(), target, span)
        : Value.Poison.POISON;
  }

  private Optional<Object> coerced(Argument argument, ParameterType type, String name) {
    return new Coercion(elaboration)
        .coerce(elaboration.evaluate(argument.value(), scope), type, name, argument.value().span());
  }

  private Value load(String path, Optional<SystemModel> system, Span span) {
    Optional<Path> file = resolved(path);
    if (file.isEmpty() || !Files.isRegularFile(file.get())) {
      return elaboration.wrong(LoadErrors.noFile(path, file.orElse(Path.of("")), span));
    }
    Optional<Diagnostic> unsuited =
        Configurations.isTrajectory(file.get())
            ? Optional.empty()
            : withoutConfigurations(path, file.get(), span);
    if (unsuited.isPresent()) {
      return elaboration.wrong(unsuited.get());
    }
    try {
      Samples samples = Configurations.read(file.get());
      String hash = Canonical.sha256(Files.readAllBytes(file.get()));
      return data(
          path,
          new DataSource.Loaded(file.get().toString(), hash, samples.dim()),
          samples,
          system,
          span);
    } catch (UnreadableTrajectory problem) {
      return elaboration.wrong(LoadErrors.unreadable(path, problem, span));
    } catch (IOException problem) {
      return elaboration.wrong(LoadErrors.wrongForm(path, problem.getMessage(), span));
    }
  }

  private static Optional<Diagnostic> withoutConfigurations(String path, Path file, Span span) {
    try {
      List<String> arrays = NpzReader.arrays(file);
      return arrays.contains(Configurations.ARRAY)
          ? Optional.empty()
          : Optional.of(LoadErrors.noArray(path, arrays, span));
    } catch (IOException notZip) {
      return Optional.of(LoadErrors.notNpz(path, span));
    }
  }

  private Value data(
      String path,
      DataSource.Loaded source,
      Samples samples,
      Optional<SystemModel> system,
      Span span) {
    double[] values = samples.values();
    long bad = 0;
    int first = -1;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        bad++;
        first = first < 0 ? i / samples.dim() : first;
      }
    }
    if (bad > 0) {
      return elaboration.wrong(LoadErrors.notFinite(path, bad, first, span));
    }
    Optional<Diagnostic> misfit = system.flatMap(s -> misfit(path, samples, s, span));
    if (misfit.isPresent()) {
      return elaboration.wrong(misfit.get());
    }
    return new Value.Data(source, system, Optional.of((long) samples.count()), seed(source));
  }

  private static Optional<Diagnostic> misfit(
      String path, Samples samples, SystemModel system, Span span) {
    int width = system.width();
    boolean fits = width == samples.dim();
    if (!(system instanceof SystemModel.Molecular molecule) || samples.dim() % 3 != 0) {
      return fits
          ? Optional.empty()
          : Optional.of(
              CompositionErrors.dataOfOtherSystem(
                  "`x` of `" + path + "`", samples.dim(), width, span));
    }
    return fits
        ? StretchedBond.of(molecule.compound().topology(), samples)
            .map(bond -> LoadErrors.otherBonds(path, system.name(), bond, span))
        : Optional.of(
            LoadErrors.otherAtoms(path, samples.dim() / 3, system.name(), width / 3, span));
  }

  /** Random choices among samples of a file hang on the file: two files are cut independently. */
  private static long seed(DataSource.Loaded source) {
    return Long.parseLong(source.sha256().substring(0, 15), 16);
  }

  private Optional<Path> resolved(String path) {
    try {
      return Optional.of(
          scope.file().document().file().folder().resolve(path).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
