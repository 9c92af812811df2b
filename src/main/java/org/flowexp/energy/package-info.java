/** Energies as graph fragments. */
package org.flowexp.energy;
