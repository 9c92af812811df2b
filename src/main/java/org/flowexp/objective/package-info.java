/** Loss terms as graph nodes, one batch a source. */
package org.flowexp.objective;
