package org.flowexp.testing;

import java.util.List;
import java.util.Optional;
import org.flowexp.check.Checker;
import org.flowexp.check.Choices;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.model.LossModel;
import org.flowexp.model.Suite;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;

/** Texts of the language, checked. */
public final class Texts {
  private Texts() {}

  /** The model, and the codes and messages of what is wrong, warnings left out. */
  public record Checked(Optional<Suite> suite, List<String> errors) {}

  /** Checks a text without its first line. */
  public static Checked check(String body) {
    Diagnostics diagnostics = new Diagnostics();
    var document =
        Parser.parse(new SourceFile("text.flowexp", "flowexp 1\n\n" + body), diagnostics);
    Optional<Suite> suite = Checker.check(document, Choices.none(), diagnostics);
    return new Checked(
        suite,
        diagnostics.inFileOrder().stream()
            .map(d -> d.code() + " " + d.message())
            .filter(text -> !text.startsWith("FX06"))
            .toList());
  }

  /** A loss of the library, as it is shipped. */
  public static LossModel standardLoss(String name, String call) {
    Checked checked =
        check(
            """
            import "std/losses" { %s }
            system gauss = analytic { dim = 1, energy = s[0]^2 / 2, log_z = 1/2 * log(2 * pi) }
            sampler pt = parallel_tempering {
              system = gauss, ladder = geometric(1 -> 2, rungs = 2), moves = [random_walk { step = 1 }]
            }
            schedule train {
              phase one {
                data = pt.draw(10 samples), minimize = %s, steps = 1 steps, batch = 2 samples
                optimizer = adam { lr = 1e-3 }
              }
            }
            metric ess = effective_sample_size(log_w)
            experiment e {
              system = gauss, architecture = normal(1) >> reverse(), schedule = train, metrics = [ess]
            }
            """
                .formatted(name, call));
    if (!checked.errors().isEmpty()) {
      throw new IllegalArgumentException(checked.errors().toString());
    }
    return checked
        .suite()
        .orElseThrow()
        .sweeps()
        .get(0)
        .arms()
        .get(0)
        .experiment()
        .phases()
        .get(0)
        .loss();
  }
}
