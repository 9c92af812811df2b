/** Invertible maps with tractable Jacobians: latent → configuration forward, always. */
package org.flowexp.flow;
