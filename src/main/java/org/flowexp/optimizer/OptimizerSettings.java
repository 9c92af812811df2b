package org.flowexp.optimizer;

/**
 * What a phase's optimizer is made of.
 *
 * @param learningRate over the steps of the phase
 */
public record OptimizerSettings(Ramp learningRate, Adam.Settings adam) {}
