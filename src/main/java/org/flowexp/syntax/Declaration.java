package org.flowexp.syntax;

import java.util.List;
import java.util.Optional;
import org.flowexp.source.Span;

/** A declaration as written. */
public sealed interface Declaration {
  Span span();

  /** {@code import "path"}, {@code as name} or {@code { names }}. */
  record Import(String path, Span pathSpan, Optional<Name> as, List<Name> names, Span span)
      implements Declaration {
    public Import {
      names = List.copyOf(names);
    }
  }

  /** A declaration that introduces a name into the file. */
  sealed interface Named extends Declaration {
    Name name();

    /** The word it begins with. */
    String kind();
  }

  record Param(Name name, TypeSyntax type, Expression value, Span span) implements Named {
    @Override
    public String kind() {
      return "param";
    }
  }

  record Function(Name name, List<Name> formals, Expression body, Span span) implements Named {
    public Function {
      formals = List.copyOf(formals);
    }

    @Override
    public String kind() {
      return "fn";
    }
  }

  /** {@code on} is empty for a composition of losses. */
  record Loss(Name name, List<Name> formals, Optional<Name> on, Expression body, Span span)
      implements Named {
    public Loss {
      formals = List.copyOf(formals);
    }

    @Override
    public String kind() {
      return "loss";
    }
  }

  /** {@code let system observable mask sampler data architecture metric}. */
  record Value(Name kindWord, Name name, Expression value, Span span) implements Named {
    @Override
    public String kind() {
      return kindWord.text();
    }
  }

  record Schedule(Name name, Optional<Name> parent, List<Phase> phases, Span span)
      implements Named {
    public Schedule {
      phases = List.copyOf(phases);
    }

    @Override
    public String kind() {
      return "schedule";
    }
  }

  record Phase(Name name, Optional<Span> dataFree, Block block, Span span) {}

  record Experiment(
      Name name, Optional<Name> parent, List<Field> fields, List<Check> checks, Span span)
      implements Named {
    public Experiment {
      fields = List.copyOf(fields);
      checks = List.copyOf(checks);
    }

    @Override
    public String kind() {
      return "experiment";
    }
  }

  record Sweep(Name name, Name of, List<Axis> axes, List<Check> checks, Span span)
      implements Named {
    public Sweep {
      axes = List.copyOf(axes);
      checks = List.copyOf(checks);
    }

    @Override
    public String kind() {
      return "sweep";
    }
  }

  record Profile(Name name, List<Field> fields, List<Axis> axes, Span span) implements Named {
    public Profile {
      fields = List.copyOf(fields);
      axes = List.copyOf(axes);
    }

    @Override
    public String kind() {
      return "profile";
    }
  }

  /**
   * {@code param in values}, in a profile with the sweep before it: {@code sweep.param in values}.
   */
  record Axis(Optional<Name> sweep, Name param, Expression values, Span span) {}

  /** {@code expect "…" : condition} or {@code claim "…" : condition with confidence c}. */
  sealed interface Check {
    String title();

    Span titleSpan();

    Expression condition();

    Span span();
  }

  /**
   * With {@code within}: the value, the number of standard deviations around the recorded baseline.
   */
  record Expectation(
      String title, Span titleSpan, Expression condition, Optional<Expression> within, Span span)
      implements Check {}

  record Claim(String title, Span titleSpan, Expression condition, Expression confidence, Span span)
      implements Check {}
}
