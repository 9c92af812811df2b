/** What is left of a molecule's law when its hydrogens sit at the minimum of their energy. */
package org.flowexp.marginal;
