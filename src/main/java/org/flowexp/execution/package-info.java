/** Runs the stages of a sweep's arms in this process: data, training, evaluation. */
package org.flowexp.execution;
