package org.flowexp.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flowexp.catalog.Category;
import org.flowexp.expression.Formula;
import org.flowexp.molecule.Topology;
import org.flowexp.units.Units;

/** A value in words: what it is, its unit, and the value itself where it is known. */
final class Meaning {
  private Meaning() {}

  static List<String> of(Value value) {
    List<String> lines = new ArrayList<>();
    if (value instanceof Value.Poison) {
      return lines;
    }
    lines.add(value.phrase());
    if (value instanceof Value.Numeric number) {
      lines.addAll(numeric(number.formula()));
    } else if (value instanceof Value.Target system) {
      lines.add("dim = " + system.model().dim());
      system.model().logZ().ifPresent(z -> lines.add("log_z = " + shown(z)));
    } else if (value instanceof Value.Molecule molecule) {
      Topology topology = molecule.compound().topology();
      lines.add(topology.name() + ", " + topology.size() + " atoms");
    } else if (value instanceof Value.Atoms atoms) {
      lines.add(
          atoms.set().places().stream()
              .map(place -> atoms.set().topology().atoms().get(place).name())
              .collect(Collectors.joining(", ")));
    } else if (value instanceof Value.Data data) {
      data.count().ifPresent(count -> lines.add(count + " samples"));
    } else if (value instanceof Value.Mask mask) {
      lines.add("`" + mask.mask().canonical() + "`");
    } else if (value instanceof Value.Loss loss) {
      lines.add(loss.terms().stream().map(Meaning::term).collect(Collectors.joining(", ")));
    } else if (value instanceof Value.Flow flow) {
      lines.add(flow(flow));
    }
    return lines;
  }

  private static List<String> numeric(Formula formula) {
    Optional<String> unit = Units.suggestion(formula.type().dimension());
    if (formula instanceof Formula.Number number) {
      return List.of("= " + shown(number.value()) + unit.map(symbol -> " " + symbol).orElse(""));
    }
    if (formula instanceof Formula.Truth truth) {
      return List.of("= " + truth.value());
    }
    return unit.map(symbol -> List.of("in " + symbol)).orElse(List.of());
  }

  /** Ten digits: a conversion of units leaves traces in the last ones. */
  private static String shown(double value) {
    return Double.isFinite(value)
        ? Coercion.shown(new BigDecimal(value).round(new MathContext(10)).doubleValue())
        : Coercion.shown(value);
  }

  private static String term(Value.Term term) {
    return "`" + term.name() + "` on " + term.source().word();
  }

  private static String flow(Value.Flow flow) {
    String layers =
        flow.layers().size()
            + (flow.layers().size() == 1 ? " layer: " : " layers: ")
            + flow.layers().stream()
                .map(layer -> layer.part().name())
                .distinct()
                .collect(Collectors.joining(", "));
    return flow.base().map(base -> "`" + base.part().name() + "`, then " + layers).orElse(layers);
  }

  static List<String> members(Value value) {
    if (value instanceof Value.Target system) {
      return Members.ofSystem(system.model());
    }
    if (value instanceof Value.Molecule molecule) {
      return Members.ofTopology(molecule.compound().topology());
    }
    if (value instanceof Value.Data) {
      return List.of("take", "drop", "where", "resample");
    }
    if (value instanceof Value.Part layer
        && layer.part().definition().category() == Category.LAYER) {
      return Members.ofPart(layer.part().joint());
    }
    boolean sampler =
        value instanceof Value.Part part && part.part().definition().category() == Category.SAMPLER;
    return sampler ? List.of("draw") : List.of();
  }
}
