/** Atoms, topologies, force-field parameters and the files they come from. */
package org.flowexp.molecule;
