/** Vectors and angles of many configurations at once, as graph fragments. */
package org.flowexp.geometry;
