package org.flowexp.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.catalog.Definition;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.model.DataSource;
import org.flowexp.model.Source;
import org.flowexp.model.SystemModel;
import org.flowexp.molecule.AtomSet;
import org.flowexp.molecule.Compound;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Name;

/** What an expression of the language evaluates to while a file is checked. */
sealed interface Value {

  /** With its article, as it stands in a message. */
  String phrase();

  /**
   * Stands for what could not be evaluated; whoever meets it stays silent, since the cause has been
   * reported.
   */
  record Poison() implements Value {
    static final Poison POISON = new Poison();

    @Override
    public String phrase() {
      return "a mistake";
    }
  }

  /**
   * A number or a truth value, known or not.
   *
   * @param size of a vector, where it is known
   */
  record Numeric(Formula formula, OptionalInt size) implements Value {
    Numeric(Formula formula) {
      this(formula, OptionalInt.empty());
    }

    @Override
    public String phrase() {
      if (formula.type().isTruth()) {
        return formula.type().extent() == Extent.BATCH ? "a condition on samples" : "a truth value";
      }
      return switch (formula.type().extent()) {
        case SCALAR ->
            formula.type().dimension().isNone() ? "a number" : formula.type().dimension().phrase();
        case BATCH -> "a number for each sample";
        case VECTOR -> "a vector for each sample";
      };
    }
  }

  record Text(String text) implements Value {
    @Override
    public String phrase() {
      return "a text";
    }
  }

  /** A word that a field may take, such as {@code tanh} of {@code activation}. */
  record Choice(String word) implements Value {
    @Override
    public String phrase() {
      return "the word `" + word + "`";
    }
  }

  /** Elements with their places. */
  record ListOf(List<Placed> elements) implements Value {
    @Override
    public String phrase() {
      return "a list";
    }
  }

  record Placed(Value value, Span span) {}

  /** {@code a..b} or {@code a -> b}. */
  record Pair(Placed from, Placed to, String sign) implements Value {
    @Override
    public String phrase() {
      return "`a " + sign + " b`";
    }
  }

  /** A word with its checked arguments. */
  record Part(org.flowexp.catalog.Part part) implements Value {
    @Override
    public String phrase() {
      return part.definition().category().phrase();
    }
  }

  /** A word of the vocabulary by itself, for example before its parentheses. */
  record Word(Definition<?> definition) implements Value {
    @Override
    public String phrase() {
      return "the word `" + definition.name() + "`";
    }
  }

  record Builtin(String name) implements Value {
    @Override
    public String phrase() {
      return "the function `" + name + "`";
    }
  }

  record Function(String name, List<Name> formals, Declaration.Function declaration, Scope scope)
      implements Value {
    @Override
    public String phrase() {
      return "a function";
    }
  }

  record Mask(CoordinateMask mask) implements Value {
    @Override
    public String phrase() {
      return "a coordinate mask";
    }
  }

  /** A finished run, or a checkpoint. */
  record Initial(String reference, boolean isRun) implements Value {
    @Override
    public String phrase() {
      return "a run";
    }
  }

  /** A molecule's atoms and what is known of them. */
  record Molecule(Compound compound) implements Value {
    @Override
    public String phrase() {
      return "a topology";
    }
  }

  record ForceField(String name) implements Value {
    @Override
    public String phrase() {
      return "a force field";
    }
  }

  /** One atom of a molecule, or some. */
  record Atoms(AtomSet set) implements Value {
    @Override
    public String phrase() {
      int count = set.places().size();
      return count == 1 ? "an atom" : count + " atoms";
    }
  }

  /** Layers in order, latent first, after a base if there is one. */
  record Flow(Optional<Layer> base, List<Layer> layers) implements Value {
    public Flow {
      layers = List.copyOf(layers);
    }

    @Override
    public String phrase() {
      return base.isPresent() ? "an architecture" : "layers";
    }
  }

  /**
   * A part in an architecture.
   *
   * @param span of the expression that put it there
   */
  record Layer(org.flowexp.catalog.Part part, Span span) {}

  record Target(SystemModel model, org.flowexp.catalog.Part part) implements Value {
    @Override
    public String phrase() {
      return Category.SYSTEM.phrase();
    }
  }

  /**
   * Samples from somewhere.
   *
   * @param system that they were made for, where it is known
   * @param count samples, where the number is known
   * @param seed of the sampler, for random choices among the samples
   */
  record Data(DataSource source, Optional<SystemModel> system, Optional<Long> count, long seed)
      implements Value {
    @Override
    public String phrase() {
      return "data";
    }
  }

  /** Data cut in two: {@code first} and {@code rest}. */
  record Halves(Data data, double share) implements Value {
    Data part(boolean first) {
      DataSource.Split split = new DataSource.Split(data.source(), share, first);
      return new Data(split, data.system(), data.count().map(split::count), data.seed());
    }

    @Override
    public String phrase() {
      return "data cut in two";
    }
  }

  record Loss(String name, List<Term> terms) implements Value {
    public Loss {
      terms = List.copyOf(terms);
    }

    @Override
    public String phrase() {
      return "a loss";
    }
  }

  /**
   * A formula of a loss, with its weight.
   *
   * @param declared where the formula stands
   */
  record Term(
      String name,
      org.flowexp.catalog.Part weight,
      Source source,
      Formula formula,
      Span declared) {}

  record LossFunction(Declaration.Loss declaration, Scope scope) implements Value {
    @Override
    public String phrase() {
      return "a loss with arguments";
    }
  }

  record Schedule(Declaration.Schedule declaration, Scope scope) implements Value {
    @Override
    public String phrase() {
      return "a schedule";
    }
  }

  /** Names of another file. */
  record Namespace(FileScope file) implements Value {
    @Override
    public String phrase() {
      return "the file \"" + file.document().file().name() + "\"";
    }
  }

  /** In a verdict: a metric of every arm, or with brackets of one. */
  record Metric(String name, MetricUses uses) implements Value {
    @Override
    public String phrase() {
      return "a metric";
    }
  }

  /** In a verdict: a metric that the experiment does not measure. */
  record Unmeasured(String name, String experiment, java.util.Set<String> measured)
      implements Value {
    @Override
    public String phrase() {
      return "a metric that is not measured";
    }
  }

  /** A declaration that is no value of an expression: an experiment, a sweep, a profile. */
  record Other(String kind) implements Value {
    @Override
    public String phrase() {
      return "the name of " + (kind.startsWith("e") ? "an " : "a ") + kind;
    }
  }
}
