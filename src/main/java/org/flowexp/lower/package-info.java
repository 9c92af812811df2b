/** From a checked model to a graph with its endpoints. */
package org.flowexp.lower;
