package org.flowexp.model;

import java.util.Optional;
import org.flowexp.catalog.Part;

/**
 * One stretch of training.
 *
 * @param dataFree proved: no term of the loss reaches data
 * @param data there if a term is on data
 * @param beta a ramp: the factor on the reduced energy in the loss, log_p = -beta u
 */
public record PhaseModel(
    String name,
    boolean dataFree,
    Optional<DataSource> data,
    LossModel loss,
    Part beta,
    long steps,
    long batch,
    Part optimizer) {}
