/** The seam to TensorFlow: precision, graph building, parameters, gradients and sessions. */
package org.flowexp.tensor;
