package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.flowexp.check.Exploration;
import org.flowexp.lsp.Occurrence.Role;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Field;
import org.flowexp.syntax.Name;

/** Every name of a file that stands for something, in file order. */
final class Occurrences {
  private final List<Occurrence> all;

  private Occurrences(List<Occurrence> all) {
    this.all = List.copyOf(all);
  }

  static Occurrences of(Document document, Exploration exploration) {
    Collecting collecting = new Collecting(exploration);
    document.declarations().forEach(collecting::declaration);
    List<Occurrence> found = new ArrayList<>(collecting.found);
    found.sort(Comparator.comparingInt((Occurrence o) -> o.span().start()));
    return new Occurrences(found);
  }

  List<Occurrence> all() {
    return all;
  }

  /** The name that an offset touches. */
  Optional<Occurrence> at(int offset) {
    return all.stream()
        .filter(o -> o.span().start() <= offset && offset <= o.span().end())
        .max(Comparator.comparingInt((Occurrence o) -> o.span().start()));
  }

  /** Where a declared name stands. */
  List<Occurrence> of(Meant.Declared declared) {
    return all.stream()
        .filter(o -> o.meant() instanceof Meant.Declared other && declared.same(other))
        .toList();
  }

  /** A walk over the declarations. */
  private static final class Collecting {
    private final Exploration exploration;
    private final Names names;
    private final List<Occurrence> found = new ArrayList<>();

    Collecting(Exploration exploration) {
      this.exploration = exploration;
      this.names = Names.of(exploration);
    }

    private ExpressionNames in(Names scope) {
      return new ExpressionNames(scope, exploration, found);
    }

    void declaration(Declaration declaration) {
      if (declaration instanceof Declaration.Import wanted) {
        imported(wanted);
        return;
      }
      Declaration.Named named = (Declaration.Named) declaration;
      declares(Names.declared(named), named.name());
      if (named instanceof Declaration.Param param) {
        param.type().arguments().forEach(in(names)::visit);
        in(names).visit(param.value());
      } else if (named instanceof Declaration.Function function) {
        in(formals(function.formals())).visit(function.body());
      } else if (named instanceof Declaration.Loss loss) {
        in(formals(loss.formals())).visit(loss.body());
      } else if (named instanceof Declaration.Value value) {
        in(names).visit(value.value());
      } else if (named instanceof Declaration.Schedule schedule) {
        schedule(schedule);
      } else if (named instanceof Declaration.Experiment experiment) {
        experiment.parent().ifPresent(this::uses);
        in(names).fields(experiment.fields(), "experiment");
        experiment.checks().forEach(this::check);
      } else if (named instanceof Declaration.Sweep sweep) {
        uses(sweep.of());
        sweep.axes().forEach(this::axis);
        sweep.checks().forEach(this::check);
      } else if (named instanceof Declaration.Profile profile) {
        for (Field field : profile.fields()) {
          uses(field.name());
          in(names).visit(field.value());
        }
        profile.axes().forEach(this::axis);
      }
    }

    private void imported(Declaration.Import wanted) {
      Optional<Document> document = exploration.imported(wanted);
      if (document.isEmpty()) {
        return;
      }
      Meant.Text text = new Meant.Text(document.get().file());
      found.add(new Occurrence(wanted.pathSpan(), Role.FILE, text, false));
      wanted.as().ifPresent(as -> found.add(new Occurrence(as.span(), Role.FILE, text, true)));
      for (Name name : wanted.names()) {
        Names.declaredIn(document.get(), name.text()).ifPresent(f -> add(f, name.span(), false));
      }
    }

    private Names formals(List<Name> formals) {
      Names scope = names;
      for (Name formal : formals) {
        scope = scope.with(formal);
        Meant local = new Meant.Declared(formal.span(), Optional.empty());
        found.add(new Occurrence(formal.span(), Role.PARAM, local, true));
      }
      return scope;
    }

    private void schedule(Declaration.Schedule schedule) {
      schedule.parent().ifPresent(this::uses);
      for (Declaration.Phase phase : schedule.phases()) {
        in(names).fields(phase.block().fields(), "phase");
      }
    }

    private void axis(Declaration.Axis axis) {
      axis.sweep().ifPresent(this::uses);
      uses(axis.param());
      in(names).visit(axis.values());
    }

    private void check(Declaration.Check check) {
      in(names).visit(check.condition());
      if (check instanceof Declaration.Expectation expectation) {
        expectation.within().ifPresent(in(names)::visit);
      } else if (check instanceof Declaration.Claim claim) {
        in(names).visit(claim.confidence());
      }
    }

    private void uses(Name name) {
      names.inFile(name.text()).ifPresent(f -> add(f, name.span(), false));
    }

    private void declares(Names.Found what, Name name) {
      add(what, name.span(), true);
    }

    private void add(Names.Found what, Span span, boolean declares) {
      found.add(new Occurrence(span, what.role(), what.meant(), declares));
    }
  }
}
