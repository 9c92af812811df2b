package org.flowexp.expression;

import java.util.List;
import java.util.Optional;
import org.flowexp.units.Dimension;

/**
 * A typed, resolved expression: energies, losses, observables, sample masks, metrics and verdicts.
 * Names, functions and units are gone; what is left is arithmetic on variables of one context. Made
 * by the checker only, which guarantees that the types fit.
 */
public sealed interface Formula {
  FormulaType type();

  /** A number in internal units. */
  @SuppressWarnings("JavaLangClash") // a number of a formula
  record Number(double value, Dimension dimension) implements Formula {
    @Override
    public FormulaType type() {
      return FormulaType.number(Extent.SCALAR, dimension);
    }
  }

  record Truth(boolean value) implements Formula {
    @Override
    public FormulaType type() {
      return FormulaType.truth(Extent.SCALAR);
    }
  }

  /**
   * A value of the context: {@code x z s} (vectors), {@code u log_p log_q log_w} (per sample),
   * {@code n beta} (scalars), or in a verdict a metric over the seeds.
   */
  record Variable(String name, FormulaType type) implements Formula {}

  /**
   * {@code vector[index]}; the index is a whole number or an affine formula of the running index.
   */
  record Element(Formula vector, Formula index, Dimension dimension) implements Formula {
    @Override
    public FormulaType type() {
      return FormulaType.number(Extent.BATCH, dimension);
    }
  }

  /**
   * A distance or an angle between atoms of each sample.
   *
   * @param positions the vector {@code x}, three numbers for each atom, nm
   * @param places of the atoms, from 0
   * @param count of all atoms
   */
  record Measured(Measure measure, Formula positions, List<Integer> places, int count)
      implements Formula {
    public Measured {
      places = List.copyOf(places);
    }

    @Override
    public FormulaType type() {
      return FormulaType.number(Extent.BATCH, measure.dimension());
    }
  }

  /** R v for each sample, v in columns: the coordinates of an analytic system, s = R x. */
  record Rotated(Matrix matrix, Formula vector) implements Formula {
    @Override
    public FormulaType type() {
      return vector.type();
    }
  }

  /** The running index of a {@link SumOver}, a whole number. */
  record RunningIndex(String name) implements Formula {
    @Override
    public FormulaType type() {
      return FormulaType.number(Extent.SCALAR, Dimension.NONE);
    }
  }

  record Apply(Operation operation, List<Formula> operands, FormulaType type) implements Formula {
    public Apply {
      operands = List.copyOf(operands);
    }
  }

  /** {@code sum(body for index in from..to)}, both ends included; the body may be per sample. */
  record SumOver(RunningIndex index, long from, long to, Formula body) implements Formula {
    @Override
    public FormulaType type() {
      return body.type();
    }
  }

  /** Over the batch, or over the samples where the condition holds (0 if there are none). */
  record Reduce(Reduction reduction, Formula body, Optional<Formula> where, Dimension dimension)
      implements Formula {
    @Override
    public FormulaType type() {
      return FormulaType.number(Extent.SCALAR, dimension);
    }
  }

  /** Over the batch: e^b / Σ e^b. */
  record Softmax(Formula body) implements Formula {
    @Override
    public FormulaType type() {
      return FormulaType.number(Extent.BATCH, Dimension.NONE);
    }
  }

  /**
   * How the modes of the samples compare with their weights. A sample's mode is its label; the
   * reference is the weight of its mode, one value per sample, or the labels of other samples
   * ({@link On}), whose shares are the weights. NaN if the weights are none: see {@link
   * ModeWeights}.
   *
   * @param above the weight that a mode has to exceed to be counted
   */
  record Modes(ModeMeasure measure, double above, Formula label, Formula reference)
      implements Formula {
    @Override
    public FormulaType type() {
      return FormulaType.number(Extent.SCALAR, Dimension.NONE);
    }
  }

  /** An estimate from one value per sample for each operand. */
  record Estimate(Estimator estimator, List<Formula> operands) implements Formula {
    public Estimate {
      operands = List.copyOf(operands);
    }

    @Override
    public FormulaType type() {
      return FormulaType.number(Extent.SCALAR, Dimension.NONE);
    }
  }

  /** Of a number that is estimated from samples, by {@link Jackknife}. */
  record StandardError(Formula body) implements Formula {
    @Override
    public FormulaType type() {
      return body.type();
    }
  }

  /** The value, without its gradient. */
  record Stop(Formula body) implements Formula {
    @Override
    public FormulaType type() {
      return body.type();
    }
  }

  /** The body in the context of other samples, named by the key of their data. */
  record On(String data, Formula body) implements Formula {
    @Override
    public FormulaType type() {
      return body.type();
    }
  }
}
