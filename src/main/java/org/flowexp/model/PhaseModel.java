package org.flowexp.model;

import java.util.Optional;
import org.flowexp.catalog.Part;

/**
 * One stretch of training.
 *
 * @param dataFree proved: no term of the loss reaches data
 * @param data there if a term is on data
 */
public record PhaseModel(
    String name,
    boolean dataFree,
    Optional<DataSource> data,
    LossModel loss,
    long steps,
    long batch,
    Part optimizer) {}
