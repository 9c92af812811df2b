/** Metrics of a flow as it is. */
package org.flowexp.evaluate;
