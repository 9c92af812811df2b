/** The loop over the steps of a phase. */
package org.flowexp.train;
