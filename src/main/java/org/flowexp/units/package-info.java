/**
 * Physical dimensions, units and constants. Internal units are nm, ps, kJ/mol, K, rad, u (g/mol)
 * and the elementary charge.
 */
package org.flowexp.units;
