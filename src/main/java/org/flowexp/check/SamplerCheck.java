package org.flowexp.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.Joint;
import org.flowexp.catalog.Part;
import org.flowexp.model.SystemModel;
import org.flowexp.source.Span;
import org.flowexp.vocabulary.Vocabulary;

/** Whether a sampler's chains and moves suit the coordinates of its system. */
final class SamplerCheck {
  private final Elaboration elaboration;

  SamplerCheck(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  Value of(Part sampler, Span span) {
    SystemModel system = (SystemModel) sampler.arguments().values().get("system");
    CoordinateKinds kinds = CoordinateKinds.linear(system.dim());
    if (system instanceof SystemModel.Molecular molecule) {
      if (molecule.isCompleted()) {
        return elaboration.wrong(
            MoleculeErrors.cannotWalk(
                sampler.name(),
                system.name(),
                "its hydrogens are where a flow puts them; draw from the molecule whose hydrogens"
                    + " are `sampled`",
                span));
      }
      Joint joint = internal(molecule).joint();
      Optional<CoordinateKinds> walked = joint.latent();
      if (walked.isEmpty()) {
        return elaboration.wrong(
            MoleculeErrors.cannotWalk(
                sampler.name(), system.name(), joint.objection(kinds).orElse(""), span));
      }
      kinds = walked.get();
    }
    for (Object move : (List<?>) sampler.arguments().values().get("moves")) {
      Optional<String> why = ((Part) move).joint().objection(kinds);
      if (why.isPresent()) {
        return elaboration.wrong(
            MoleculeErrors.cannotWalk(((Part) move).name(), system.name(), why.get(), span));
      }
    }
    return new Value.Part(sampler);
  }

  /** The coordinates over which chains of a molecule walk. */
  private static Part internal(SystemModel.Molecular molecule) {
    return new Part(
        Vocabulary.find("internal_coordinates").orElseThrow(),
        new Arguments(Map.of("topology", molecule.compound())));
  }
}
