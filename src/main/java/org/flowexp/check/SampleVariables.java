package org.flowexp.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Readings;
import org.flowexp.units.Dimension;

/**
 * The names with a fixed meaning wherever samples are at hand (LANGUAGE §2); they cannot be hidden.
 */
final class SampleVariables {
  private record Variable(Extent extent, String explanation) {}

  private static final Map<String, Variable> VARIABLES = new LinkedHashMap<>();

  static {
    VARIABLES.put("x", new Variable(Extent.VECTOR, "`x` is the configuration"));
    VARIABLES.put("z", new Variable(Extent.VECTOR, "`z` is the latent, G^-1(x)"));
    VARIABLES.put("u", new Variable(Extent.BATCH, "`u` is the reduced energy"));
    VARIABLES.put("log_p", new Variable(Extent.BATCH, "`log_p` is -u"));
    VARIABLES.put("log_q", new Variable(Extent.BATCH, "`log_q` is the flow's log density"));
    VARIABLES.put("log_w", new Variable(Extent.BATCH, "`log_w` is log_p - log_q"));
    VARIABLES.put("n", new Variable(Extent.SCALAR, "`n` is the size of the batch"));
    VARIABLES.put(
        "beta", new Variable(Extent.SCALAR, "`beta` is the factor on the reduced energy"));
    VARIABLES.put(
        Readings.RUNNING_LOG_Z,
        new Variable(Extent.SCALAR, "`running_log_z` is log Z as the batches before had it"));
  }

  private SampleVariables() {}

  static Set<String> names() {
    return VARIABLES.keySet();
  }

  static String explanation(String name) {
    return Optional.ofNullable(VARIABLES.get(name)).map(Variable::explanation).orElse("");
  }

  static Optional<Formula> find(String name) {
    return Optional.ofNullable(VARIABLES.get(name))
        .map(v -> new Formula.Variable(name, FormulaType.number(v.extent(), Dimension.NONE)));
  }
}
