package org.flowexp.lower;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flowexp.expression.Readings;
import org.flowexp.model.Canonical;
import org.flowexp.model.DataSource;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.LossModel;
import org.flowexp.model.MetricModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.model.Source;
import org.flowexp.sampler.ParallelTempering;

/**
 * The evaluations of u that a run will count, known before it runs.
 *
 * @param data by samplers
 * @param training by the steps of the phases
 * @param evaluation by the metrics, on the way and at the end of each phase
 * @param isExact false if held-out data are a subset whose size is known only when it is drawn
 */
public record EnergyBudget(long data, long training, long evaluation, boolean isExact) {
  private static final String ENERGY = "u";

  /** Of a run, its shared stages included. */
  public static EnergyBudget of(ExperimentModel experiment) {
    long training = 0;
    for (PhaseModel phase : experiment.phases()) {
      training += Math.multiplyExact(phase.steps(), ofStep(phase));
    }
    Collection<DataSource> held = experiment.readForEnergy().values();
    long counted = held.stream().mapToLong(EnergyBudget::count).filter(n -> n >= 0).sum();
    return new EnergyBudget(
        drawn(experiment),
        training,
        evaluations(experiment)
            + counted * (experiment.system().isCompleted() ? times(experiment) : 1),
        held.stream().allMatch(source -> count(source) >= 0));
  }

  /** All of it. */
  public long total() {
    return data + training + evaluation;
  }

  private static long ofStep(PhaseModel phase) {
    long sources = 0;
    for (Source source : Source.values()) {
      List<LossModel.Term> terms =
          phase.loss().terms().stream().filter(term -> term.source() == source).toList();
      Readings readings = Readings.of(terms.stream().map(LossModel.Term::formula).toList());
      sources += readings.here().contains(ENERGY) ? 1 : 0;
    }
    return Math.multiplyExact(sources, phase.batch());
  }

  private static long evaluations(ExperimentModel experiment) {
    Readings readings =
        Readings.of(experiment.metrics().stream().map(MetricModel::formula).toList());
    if (!readings.here().contains(ENERGY)) {
      boolean drawn = experiment.figures().readings().here().contains(ENERGY);
      return drawn ? experiment.evaluateOn() : 0;
    }
    return Math.multiplyExact(times(experiment), experiment.evaluateOn());
  }

  private static long times(ExperimentModel experiment) {
    long every = experiment.evaluateEvery();
    long step = 0;
    long times = 0;
    for (PhaseModel phase : experiment.phases()) {
      long end = step + phase.steps();
      times += every == 0 || end == step ? 1 : (end - 1) / every - step / every + 1;
      step = end;
    }
    return times;
  }

  /** Rows of a data set; negative if it takes a draw to know. */
  private static long count(DataSource source) {
    if (source instanceof DataSource.Drawn drawn) {
      return drawn.count();
    }
    if (source instanceof DataSource.Taken taken) {
      return taken.count();
    }
    if (source instanceof DataSource.Dropped dropped) {
      long before = count(dropped.from());
      return before < 0 ? before : before - dropped.count();
    }
    if (source instanceof DataSource.Split split) {
      long all = count(split.from());
      return all < 0 ? all : split.count(all);
    }
    return source instanceof DataSource.Posed posed ? count(posed.from()) : -1;
  }

  private static long drawn(ExperimentModel experiment) {
    return draws(experiment).values().stream().mapToLong(EnergyBudget::ofDraw).sum();
  }

  /** What samplers draw for a run, each once. */
  static Map<String, DataSource.Drawn> draws(ExperimentModel experiment) {
    Map<String, DataSource.Drawn> draws = new TreeMap<>();
    experiment.phases().forEach(phase -> phase.data().ifPresent(data -> collect(data, draws)));
    experiment.measuredOn().values().forEach(data -> collect(data, draws));
    experiment.architecture().bakedIn().forEach(data -> collect(data, draws));
    return draws;
  }

  private static void collect(DataSource source, Map<String, DataSource.Drawn> draws) {
    if (source instanceof DataSource.Drawn drawn) {
      draws.put(Canonical.of(drawn), drawn);
    } else if (source instanceof DataSource.Taken taken) {
      collect(taken.from(), draws);
    } else if (source instanceof DataSource.Dropped dropped) {
      collect(dropped.from(), draws);
    } else if (source instanceof DataSource.Split split) {
      collect(split.from(), draws);
    } else if (source instanceof DataSource.Filtered filtered) {
      collect(filtered.from(), draws);
    } else if (source instanceof DataSource.Resampled resampled) {
      collect(resampled.from(), draws);
    } else if (source instanceof DataSource.Posed posed) {
      collect(posed.from(), draws);
    }
  }

  /** One at the start and one a move, for each walker, until each chain has given its share. */
  private static long ofDraw(DataSource.Drawn drawn) {
    ParallelTempering sampler = drawn.sampler().create(ParallelTempering.class);
    long walkers = (long) sampler.temperatures().size() * sampler.chains();
    long samples = (drawn.count() + sampler.chains() - 1) / sampler.chains();
    long steps = sampler.burnIn() + samples * sampler.thin();
    return Math.multiplyExact(walkers, 1 + steps * sampler.moves().size());
  }
}
