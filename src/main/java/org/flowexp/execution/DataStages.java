package org.flowexp.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.flowexp.data.Configurations;
import org.flowexp.data.Samples;
import org.flowexp.evaluate.ArraySamples;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Interpreter;
import org.flowexp.lower.Sampling;
import org.flowexp.model.Canonical;
import org.flowexp.model.DataSource;
import org.flowexp.run.StopRequest;
import org.flowexp.stage.Kept;
import org.flowexp.stage.SampledData;
import org.flowexp.stage.Stage;
import org.flowexp.stage.StageKeys;
import org.flowexp.stage.StageStore;

/** Makes data sets, each once. */
final class DataStages {
  private final StageStore store;
  private final RunSettings settings;
  private final StopRequest stop;

  DataStages(StageStore store, RunSettings settings, StopRequest stop) {
    this.store = store;
    this.settings = settings;
    this.stop = stop;
  }

  Kept<SampledData> of(DataSource source) {
    Stage<SampledData> stage = new StageKeys(settings.arithmetic()).data(source);
    return store.get(stage, () -> make(source, stage.key()));
  }

  private SampledData make(DataSource source, String key) {
    if (source instanceof DataSource.Drawn drawn) {
      return draw(drawn, key);
    }
    if (source instanceof DataSource.Taken taken) {
      SampledData from = of(taken.from()).value();
      if (taken.count() > from.samples().count()) {
        throw new NotEnoughSamples(taken, from.samples().count());
      }
      return from.with(from.samples().take(Math.toIntExact(taken.count())));
    }
    if (source instanceof DataSource.Dropped dropped) {
      SampledData from = of(dropped.from()).value();
      if (dropped.count() >= from.samples().count()) {
        throw new NotEnoughSamples(dropped, from.samples().count());
      }
      return from.with(from.samples().drop(Math.toIntExact(dropped.count())));
    }
    if (source instanceof DataSource.Split split) {
      SampledData from = of(split.from()).value();
      int cut = Math.toIntExact(Math.round(split.share() * from.samples().count()));
      return from.with(split.first() ? from.samples().take(cut) : from.samples().drop(cut));
    }
    if (source instanceof DataSource.Filtered filtered) {
      SampledData from = of(filtered.from()).value();
      return from.with(from.samples().where(marks(from.samples(), filtered.condition())));
    }
    if (source instanceof DataSource.Resampled resampled) {
      SampledData from = of(resampled.from()).value();
      boolean[] marks = marks(from.samples(), resampled.condition());
      return from.with(from.samples().resample(marks, resampled.share(), resampled.seed()));
    }
    if (source instanceof DataSource.Posed posed) {
      SampledData from = of(posed.from()).value();
      double[] x = Sampling.posed(posed.system(), from.samples().values(), posed.seed());
      return from.with(Samples.of(x, from.samples().dim(), from.samples().source()));
    }
    return load((DataSource.Loaded) source);
  }

  private SampledData draw(DataSource.Drawn drawn, String key) {
    Sampling sampling =
        Sampling.draw(
            drawn, settings.precision(), settings.session(settings.threads()), step -> stop.obey());
    return new SampledData(
        Samples.of(sampling.positions(), drawn.system().width(), drawn.sampler().name()),
        Map.of(key, sampling.energyEvaluations()));
  }

  /** An observable is a function of x alone. */
  static boolean[] marks(Samples samples, Formula condition) {
    var set = ArraySamples.of(samples.count(), samples.dim(), Map.of("x", samples.values()));
    double[] truth = new Interpreter(set).values(condition);
    boolean[] marks = new boolean[samples.count()];
    for (int row = 0; row < marks.length; row++) {
      marks[row] = truth[truth.length == 1 ? 0 : row] != 0;
    }
    return marks;
  }

  private static SampledData load(DataSource.Loaded loaded) {
    Path file = Path.of(loaded.path());
    try {
      if (!Canonical.sha256(Files.readAllBytes(file)).equals(loaded.sha256())) {
        throw new IllegalStateException(file + " has changed since it was checked");
      }
      return new SampledData(Configurations.read(file), Map.of());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
