/** Sampling of a reduced energy by Markov chains, batched in the graph. */
package org.flowexp.sampler;
