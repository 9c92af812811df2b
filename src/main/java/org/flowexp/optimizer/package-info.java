/** Optimizers in the graph, and the ramps that steer them. */
package org.flowexp.optimizer;
