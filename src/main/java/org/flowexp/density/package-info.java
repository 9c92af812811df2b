/** Densities that can be sampled and evaluated: bases, and their image under a flow. */
package org.flowexp.density;
