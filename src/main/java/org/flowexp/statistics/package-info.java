/** Estimators and tests on arrays of doubles; logarithms of weights throughout. */
package org.flowexp.statistics;
