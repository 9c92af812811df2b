package org.flowexp.model;

import java.nio.file.Path;

/**
 * The parameters that an experiment starts from, in place of random ones.
 *
 * @param parameters the SHA-256 of the numbers, which alone are part of the experiment's hash
 * @param file that holds them
 */
public record InitialModel(String parameters, Path file) {}
