/** Data sets of configurations, and the batches drawn from them. */
package org.flowexp.data;
